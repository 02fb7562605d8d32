package dev.parley.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.session.CloseReason;
import dev.parley.session.Failure;
import dev.parley.transport.Admission.Wrapping;
import dev.parley.transport.PlainDialect;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A client's socket, without a socket. */
class SocketLegTest {
    private static EmbeddedChannel channel(SocketLeg.Peer peer) {
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.freezeTime();
        channel.pipeline()
                .addLast(new SocketLeg(
                        peer,
                        channel,
                        new NettyLane(channel.eventLoop()),
                        new PlainDialect(),
                        Wrapping.PLAIN,
                        1_000,
                        Duration.ofSeconds(30),
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
        try (NettyServer server = new NettyServer("127.0.0.1", 0, Optional.empty())) {
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
}
