package dev.parley.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.dialect.PlainDialect;
import dev.parley.lane.Lane;
import dev.parley.leg.CloseReason;
import dev.parley.leg.Failure;
import dev.parley.leg.Leg;
import dev.parley.leg.LegListener;
import dev.parley.protocol.Bytes;
import dev.parley.protocol.Event;
import dev.parley.protocol.EventScanner;
import dev.parley.transport.Admission.Wrapping;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A client's socket, without a socket. */
class SocketLegTest implements LegListener, Lane {
    /** What waits on the lane that this test is. */
    private final List<Runnable> tasks = new ArrayList<>();

    private final List<Runnable> timers = new ArrayList<>();
    private long clock;

    private @Nullable CloseReason ended;

    private static EmbeddedChannel channel(SocketLeg.Peer peer) {
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.freezeTime();
        return channel(peer, channel, new NettyLane(channel.eventLoop(), Transport.NIO));
    }

    private static EmbeddedChannel channel(SocketLeg.Peer peer, EmbeddedChannel channel, Lane lane) {
        channel.pipeline()
                .addLast(new SocketLeg(
                        peer,
                        channel,
                        lane,
                        new PlainDialect(),
                        Wrapping.PLAIN,
                        1_000,
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(60),
                        null));
        return channel;
    }

    private static ByteBuf frame(int opcode, int... payload) {
        ByteBuf frame = Unpooled.buffer().writeByte(0x80 | opcode).writeByte(0x80 | payload.length);
        frame.writeInt(0);
        for (int one : payload) {
            frame.writeByte(one);
        }
        return frame;
    }

    private static String sent(EmbeddedChannel channel) {
        StringBuilder all = new StringBuilder();
        for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            all.append(ByteBufUtil.hexDump(out));
            out.release();
        }
        return all.toString();
    }

    @Test
    void answersOnlyTheLastPingOfAClientThatDoesNotRead() {
        EmbeddedChannel channel = channel(SocketLeg.Peer.CLIENT);
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
        for (int i = 0; i < 100; i++) {
            channel.writeInbound(frame(9, i));
        }
        assertThat(sent(channel)).isEmpty();
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, true);
        channel.runPendingTasks();
        assertThat(sent(channel)).isEqualTo("8a0163");
        channel.writeInbound(frame(9, 7), frame(9, 8));
        assertThat(sent(channel)).isEqualTo("8a01078a0108");
        channel.finishAndReleaseAll();
    }

    @Test
    void readsOnForAWhileAfterAFaultSoThatTheCloseIsNotLostInAReset() {
        EmbeddedChannel channel = channel(SocketLeg.Peer.CLIENT);
        channel.writeInbound(frame(3));
        assertThat(sent(channel)).endsWith(closeFrame(1002));
        assertThat(channel.isOpen()).isTrue();
        channel.advanceTimeBy(1, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.isOpen()).isFalse();
        channel.finishAndReleaseAll();
    }

    @Test
    void aClientThatIsSilentIsToldSoInCaseItHasOnlyStoppedReading() {
        EmbeddedChannel channel = new EmbeddedChannel();
        clock = 1;
        SocketLeg leg = channel(SocketLeg.Peer.CLIENT, channel, this).pipeline().get(SocketLeg.class);
        leg.begin(this);
        clock += TimeUnit.SECONDS.toNanos(31);
        timers.getFirst().run();
        assertThat(ended).isNotNull().extracting(CloseReason::failure).isEqualTo(Failure.CLIENT_LOST);
        String all = sent(channel);
        assertThat(all).contains(ByteBufUtil.hexDump("client_lost".getBytes(StandardCharsets.US_ASCII)));
        assertThat(all).contains("03e9");
        channel.finishAndReleaseAll();
    }

    @Test
    void aClientThatDoesNotReadWhatIsBeforeThePingIsNotTakenForLost() {
        EmbeddedChannel channel = new EmbeddedChannel();
        clock = 1;
        SocketLeg leg = channel(SocketLeg.Peer.CLIENT, channel, this).pipeline().get(SocketLeg.class);
        leg.begin(this);
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
        clock += TimeUnit.SECONDS.toNanos(31);
        timers.getFirst().run();
        assertThat(ended).isNull();
        assertThat(channel.isOpen()).isTrue();
        channel.finishAndReleaseAll();
    }

    @Test
    void aClientThatWasSlowHasTimeToReadThePingsBeforeItIsTakenForLost() {
        EmbeddedChannel channel = new EmbeddedChannel();
        clock = 1;
        SocketLeg leg = channel(SocketLeg.Peer.CLIENT, channel, this).pipeline().get(SocketLeg.class);
        leg.begin(this);
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
        clock += TimeUnit.SECONDS.toNanos(31);
        timers.getLast().run();
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, true);
        clock += TimeUnit.SECONDS.toNanos(8);
        timers.getLast().run();
        assertThat(ended).isNull();
        clock += TimeUnit.SECONDS.toNanos(23);
        timers.getLast().run();
        assertThat(ended).isNotNull().extracting(CloseReason::failure).isEqualTo(Failure.CLIENT_LOST);
        channel.finishAndReleaseAll();
    }

    @Test
    void aClientAtFaultThatHasNotReadAllIsGivenTheTimeOfOneThatIsSlow() {
        boolean[] stopped = {true};
        EmbeddedChannel channel = new EmbeddedChannel() {
            @Override
            protected void doWrite(ChannelOutboundBuffer left) throws Exception {
                if (!stopped[0]) {
                    super.doWrite(left);
                }
            }
        };
        channel.freezeTime();
        channel(SocketLeg.Peer.CLIENT, channel, new NettyLane(channel.eventLoop(), Transport.NIO));
        channel.writeInbound(frame(3));
        channel.advanceTimeBy(59, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.isOpen()).isTrue();
        stopped[0] = false;
        channel.flush();
        assertThat(sent(channel)).endsWith(closeFrame(1002));
        channel.advanceTimeBy(501, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.isOpen()).isFalse();
        channel.finishAndReleaseAll();
    }

    @Test
    void aClientAtFaultThatNeverReadsIsCutOff() {
        EmbeddedChannel channel = new EmbeddedChannel() {
            @Override
            protected void doWrite(ChannelOutboundBuffer left) {
                // Nothing is taken.
            }
        };
        channel.freezeTime();
        channel(SocketLeg.Peer.CLIENT, channel, new NettyLane(channel.eventLoop(), Transport.NIO));
        channel.writeInbound(frame(3));
        channel.advanceTimeBy(61, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.isOpen()).isFalse();
        channel.finishAndReleaseAll();
    }

    @Test
    void aLongEventLeavesNoLongBufferForTheNext() {
        EmbeddedChannel channel = channel(SocketLeg.Peer.CLIENT);
        SocketLeg leg = channel.pipeline().get(SocketLeg.class);
        leg.send(new EventScanner().scan(Bytes.utf8("{\"type\":\"" + "a".repeat(4 << 20) + "\"}")));
        leg.flush();
        leg.send(new EventScanner().scan(Bytes.utf8("{\"type\":\"a\"}")));
        leg.flush();
        ByteBuf large = channel.readOutbound();
        ByteBuf little = channel.readOutbound();
        assertThat(large.readableBytes()).isGreaterThan(4 << 20);
        assertThat(little.capacity()).isLessThan(256 << 10);
        large.release();
        little.release();
        channel.finishAndReleaseAll();
    }

    private static String closeFrame(int code) {
        CloseReason why = CloseReason.of(Failure.PROTOCOL_ERROR, "a frame has the unknown opcode 3");
        ByteBuf out = Unpooled.buffer();
        new FrameWriter(false).close(out, code, why.text());
        return ByteBufUtil.hexDump(out);
    }

    @Test
    void aHandshakeThatTricklesIsCutOff() {
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.freezeTime();
        try (NettyServer server = new NettyServer("127.0.0.1", 0, Optional.empty(), Map.of())) {
            server.accept(channel);
            for (String part : new String[] {"GET /x HTTP/1.1\r\n", "a: b\r\n", "c: d\r\n"}) {
                channel.writeInbound(Unpooled.copiedBuffer(part, java.nio.charset.StandardCharsets.US_ASCII));
                channel.advanceTimeBy(11, TimeUnit.SECONDS);
                channel.runScheduledPendingTasks();
            }
            assertThat(channel.isOpen()).isFalse();
        }
        channel.finishAndReleaseAll();
    }

    @Test
    void readsNoMoreRequestsWhileTheirAnswersAreNotRead() {
        EmbeddedChannel channel = new EmbeddedChannel();
        try (NettyServer server = new NettyServer("127.0.0.1", 0, Optional.empty(), Map.of())) {
            server.accept(channel);
            channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
            channel.runPendingTasks();
            assertThat(channel.config().isAutoRead()).isFalse();
            channel.unsafe().outboundBuffer().setUserDefinedWritability(1, true);
            channel.runPendingTasks();
            assertThat(channel.config().isAutoRead()).isTrue();
        }
        channel.finishAndReleaseAll();
    }

    @Test
    void tellsOfAFailedWriteOnlyWhenTheSessionsCallHasReturned() {
        EmbeddedChannel channel = channel(SocketLeg.Peer.CLIENT, new EmbeddedChannel(), this);
        channel.pipeline().addFirst(new ChannelOutboundHandlerAdapter() {
            @Override
            public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
                ReferenceCountUtil.release(message);
                promise.setFailure(new IOException("on purpose"));
            }

            @Override
            public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
                // Later: this channel would tell at once that it is closed.
            }
        });
        SocketLeg leg = channel.pipeline().get(SocketLeg.class);
        leg.begin(this);
        leg.send(new EventScanner().scan(Bytes.utf8("{\"type\":\"a\"}")));
        leg.flush();
        assertThat(ended).isNull();
        tasks.forEach(Runnable::run);
        assertThat(ended).isNotNull().extracting(CloseReason::failure).isEqualTo(Failure.CLIENT_LOST);
        channel.pipeline().removeFirst();
        channel.finishAndReleaseAll();
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public boolean inLane() {
        return true;
    }

    @Override
    public long nanoTime() {
        return clock;
    }

    @Override
    public long epochMillis() {
        return 0;
    }

    @Override
    public RandomGenerator random() {
        return RandomGenerator.getDefault();
    }

    @Override
    public Runnable schedule(Runnable task, Duration delay) {
        timers.add(task);
        return () -> {};
    }

    @Override
    public void opened(Leg leg) {}

    @Override
    public void event(Leg leg, Event event) {}

    @Override
    public void batchEnd(Leg leg) {}

    @Override
    public void writable(Leg leg, boolean now) {}

    @Override
    public void closed(Leg leg, CloseReason why) {
        ended = why;
    }
}
