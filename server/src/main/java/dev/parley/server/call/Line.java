package dev.parley.server.call;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The caller's way to the gateway: sends a frame every 20 ms, silence included, as a microphone does. */
public final class Line implements AutoCloseable {
    /** Sample rate on the line, in Hz. */
    public static final int HERTZ = 24_000;

    /** Samples in a frame of 20 ms. */
    public static final int FRAME = HERTZ / 50;

    /** Below this mean level there is no speech, however quiet the rest is. */
    private static final double QUIET = 60;

    /** Silence after which speech counts as a new beginning. */
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(400);

    private final FrameSource source;
    private final Consumer<byte[]> send;
    private final Tape tape;
    private final Thread thread;
    private double loudest;
    private volatile long lastVoice;
    private volatile long voiceBegan;
    private volatile boolean open = true;

    /** A line from a source. It runs from now on. */
    public Line(FrameSource source, Consumer<byte[]> send, Tape tape) {
        this.source = source;
        this.send = send;
        this.tape = tape;
        this.thread = Thread.ofPlatform().daemon().name("parley-line").start(this::run);
    }

    /** When the last frame with speech in it was sent, by {@link System#nanoTime}; 0: none was. */
    public long lastVoice() {
        return lastVoice;
    }

    /** When the caller last began to speak after a pause; 0: never did. */
    public long voiceBegan() {
        return voiceBegan;
    }

    private void run() {
        short[] frame = new short[FRAME];
        try {
            while (open) {
                source.next(frame);
                send.accept(bytes(frame, FRAME));
                tape.caller(frame);
                double level = level(frame);
                loudest = Math.max(loudest, level);
                // Speech ends where its level falls below a twentieth (26 dB) of its loudest.
                if (level > Math.max(QUIET, loudest / 20)) {
                    voice(System.nanoTime());
                }
            }
        } catch (InterruptedException e) {
            // The line is closed.
            Thread.currentThread().interrupt();
        }
    }

    private void voice(long now) {
        if (lastVoice == 0 || now - lastVoice > PAUSE) {
            voiceBegan = now;
        }
        lastVoice = now;
    }

    private static double level(short[] frame) {
        double sum = 0;
        for (short sample : frame) {
            sum += (double) sample * sample;
        }
        return Math.sqrt(sum / frame.length);
    }

    /** Samples as they go over the wire: 16-bit little-endian. */
    static byte[] bytes(short[] samples, int length) {
        byte[] bytes = new byte[2 * length];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().put(samples, 0, length);
        return bytes;
    }

    /** The samples in what came over the wire. */
    static short[] samples(byte[] bytes) {
        ShortBuffer buffer =
                ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
        short[] samples = new short[buffer.remaining()];
        buffer.get(samples);
        return samples;
    }

    @Override
    public void close() {
        open = false;
        thread.interrupt();
        source.close();
    }
}
