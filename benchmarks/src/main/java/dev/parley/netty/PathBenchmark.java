package dev.parley.netty;

import dev.parley.dialect.PlainDialect;
import dev.parley.leg.CloseReason;
import dev.parley.leg.Leg;
import dev.parley.leg.LegListener;
import dev.parley.protocol.Event;
import dev.parley.transport.Admission.Wrapping;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One event from a provider's leg to a client's and the other way, in memory: read, unmask, scan, envelope, mask, write,
 * without a session between the legs and without sockets. Times are an event's.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PathBenchmark {
    /** The largest batch. */
    private static final int EVENTS = 20;

    /** Events that one read brings: 1 when paced, many in flood. */
    @Param({"1", "20"})
    public int batch;

    private final EmbeddedChannel client = new EmbeddedChannel();
    private final EmbeddedChannel provider = new EmbeddedChannel();
    private byte[] deltas = {};
    private byte[] appends = {};

    /** Puts a leg on each channel, and each at the other's ear. */
    @Setup
    public void connect() {
        deltas = Wire.frames(Wire.DELTA, false, batch);
        appends = Wire.frames(Wire.APPEND, true, batch);
        SocketLeg clientLeg = leg(SocketLeg.Peer.CLIENT, client, Wrapping.ENVELOPE);
        SocketLeg providerLeg = leg(SocketLeg.Peer.PROVIDER, provider, Wrapping.PLAIN);
        clientLeg.begin(new Passage(providerLeg));
        providerLeg.begin(new Passage(clientLeg));
    }

    private static SocketLeg leg(SocketLeg.Peer peer, EmbeddedChannel channel, Wrapping wrapping) {
        SocketLeg leg = new SocketLeg(
                peer,
                channel,
                new NettyLane(channel.eventLoop(), Transport.NIO),
                new PlainDialect(),
                wrapping,
                1 << 20,
                Duration.ofHours(1),
                Duration.ZERO,
                null);
        channel.pipeline().addLast(leg);
        return leg;
    }

    /** Ends both. */
    @TearDown
    public void disconnect() {
        client.finishAndReleaseAll();
        provider.finishAndReleaseAll();
    }

    /** {@code response.output_audio.delta} to the client, in its envelope. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public int toClient() {
        return pass(provider, deltas, client);
    }

    /** {@code input_audio_buffer.append} to the provider, masked anew. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public int toProvider() {
        return pass(client, appends, provider);
    }

    private int pass(EmbeddedChannel from, byte[] frames, EmbeddedChannel to) {
        int bytes = 0;
        for (int events = 0; events < EVENTS; events += batch) {
            from.writeInbound(
                    PooledByteBufAllocator.DEFAULT.directBuffer(frames.length).writeBytes(frames));
            for (ByteBuf out = to.readOutbound(); out != null; out = to.readOutbound()) {
                bytes += out.readableBytes();
                out.release();
            }
        }
        return bytes;
    }

    /** Passes on what one leg tells to the other. */
    private record Passage(Leg to) implements LegListener {
        @Override
        public void opened(Leg leg) {}

        @Override
        public void event(Leg leg, Event event) {
            to.send(event);
        }

        @Override
        public void batchEnd(Leg leg) {
            to.flush();
        }

        @Override
        public void writable(Leg leg, boolean now) {}

        @Override
        public void closed(Leg leg, CloseReason why) {}
    }
}
