package dev.parley.netty;

import dev.parley.leg.Failure;
import dev.parley.protocol.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
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

/** Frames of 3.3 KB, masked and not; reading: 20 in one buffer, as a read in flood brings them. Times are a frame's. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FrameBenchmark {
    private static final int BATCH = 20;
    private static final byte[] NOTHING = {};

    /** Whether frames have masks. */
    @Param({"true", "false"})
    public boolean masked;

    private final Bytes message = Bytes.utf8(Wire.APPEND);
    private final Masks masks = new Masks();
    private final ByteBuf out = PooledByteBufAllocator.DEFAULT.directBuffer(1 << 17);
    private byte[] batch = {};
    private final Ear ear = new Ear();
    private FrameReader reader = new FrameReader(ear, true, 1 << 20);
    private FrameWriter writer = new FrameWriter(true);

    /** Makes the batch. */
    @Setup
    public void prepare() {
        batch = Wire.frames(Wire.APPEND, masked, BATCH);
        reader = new FrameReader(ear, masked, 1 << 20);
        writer = new FrameWriter(masked);
    }

    /** Frees the buffer. */
    @TearDown
    public void free() {
        out.release();
    }

    /** Includes a copy of the batch into a buffer of its own, which a socket's read makes otherwise. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int read() {
        reader.read(PooledByteBufAllocator.DEFAULT.directBuffer(batch.length).writeBytes(batch));
        return ear.told;
    }

    /** Into a buffer that is there already. */
    @Benchmark
    public ByteBuf write() {
        out.clear();
        writer.text(out, NOTHING, message, NOTHING);
        return out;
    }

    /** One mask; the parameter means nothing to it. */
    @Benchmark
    public int mask() {
        return masks.next();
    }

    /** Counts the bytes of messages. */
    private static final class Ear implements FrameReader.Handler {
        private int told;

        @Override
        public void text(Bytes text) {
            told += text.length();
        }

        @Override
        public void binary(Bytes message) {}

        @Override
        public void ping(Bytes payload) {}

        @Override
        public void pong() {}

        @Override
        public void close(int code, String reason) {}

        @Override
        public void fault(Failure failure, String text) {
            throw new IllegalStateException(text);
        }
    }
}
