package dev.parley.local.input;

import dev.parley.audio.Resampler;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The input audio buffer: what the client wrote and nobody has committed, in frames of 20 ms, and how much it wrote in
 * all. 16-bit little-endian samples at 24,000 Hz.
 */
public final class InputAudio {
    public static final int BYTES_PER_MS = 48;
    private static final int FRAME_BYTES = VoiceActivity.FRAME_MS * BYTES_PER_MS;
    private static final int FRAME_16K = VoiceActivity.FRAME_MS * 16;

    /** The most that waits for a commit, in ms. */
    public static final int MOST_MS = 300_000;

    private final Resampler resampler = new Resampler(24_000, 16_000);
    private final Deque<Frame> frames = new ArrayDeque<>();
    private final short[] samples = new short[FRAME_BYTES / 2];
    private byte[] begun = new byte[FRAME_BYTES];
    private int begunBytes;
    private long writtenFrames;

    /** 20 ms, as it came and at 16,000 Hz. */
    public static final class Frame {
        private final byte[] pcm;
        private final short[] pcm16k;

        private Frame(byte[] pcm, short[] pcm16k) {
            this.pcm = pcm;
            this.pcm16k = pcm16k;
        }

        /** The samples at 16,000 Hz. */
        public short[] pcm16k() {
            return pcm16k;
        }
    }

    /** Takes whole frames as they are cut. */
    public interface FrameSink {
        void frame(Frame frame);
    }

    /** Cuts what was written into frames; each is kept in this buffer before the sink gets it. */
    public void append(byte[] pcm, int from, int length, FrameSink sink) {
        int at = from;
        while (at < from + length) {
            int taken = Math.min(FRAME_BYTES - begunBytes, from + length - at);
            System.arraycopy(pcm, at, begun, begunBytes, taken);
            begunBytes += taken;
            at += taken;
            if (begunBytes == FRAME_BYTES) {
                sink.frame(cut());
            }
        }
    }

    private Frame cut() {
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) ((begun[2 * i] & 0xff) | (begun[2 * i + 1] << 8));
        }
        short[] resampled = new short[FRAME_16K];
        resampler.process(samples, 0, samples.length, resampled, 0);
        Frame frame = new Frame(begun, resampled);
        begun = new byte[FRAME_BYTES];
        begunBytes = 0;
        writtenFrames++;
        frames.add(frame);
        return frame;
    }

    /** Keeps the latest of the buffer only. */
    void keepLast(int count) {
        while (frames.size() > count) {
            frames.removeFirst();
        }
    }

    Iterable<Frame> frames() {
        return frames;
    }

    int frameCount() {
        return frames.size();
    }

    /** What is in the buffer, in ms. */
    int bufferedMs() {
        return frames.size() * VoiceActivity.FRAME_MS + begunBytes / BYTES_PER_MS;
    }

    /** All that was written in this session up to the last whole frame, in ms. */
    long writtenMs() {
        return writtenFrames * VoiceActivity.FRAME_MS;
    }

    /** Empties the buffer and gives what was in it. */
    byte[] take() {
        byte[] all = new byte[frames.size() * FRAME_BYTES + begunBytes];
        int at = 0;
        for (Frame frame : frames) {
            System.arraycopy(frame.pcm, 0, all, at, FRAME_BYTES);
            at += FRAME_BYTES;
        }
        System.arraycopy(begun, 0, all, at, begunBytes);
        clear();
        return all;
    }

    void clear() {
        frames.clear();
        begunBytes = 0;
    }
}
