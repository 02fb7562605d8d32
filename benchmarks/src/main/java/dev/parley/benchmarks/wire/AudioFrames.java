package dev.parley.benchmarks.wire;

import java.nio.ByteBuffer;
import java.util.Random;

/** The frames of a script, made beforehand: sending one is a copy and sixteen digits. Belongs to one thread. */
public final class AudioFrames {
    private final ByteBuffer[] frames = new ByteBuffer[AudioScript.fillings()];
    private final int[] masks = new int[frames.length];
    private final int tagAt;
    private final int tagPhase;
    private final int length;

    /** Frames of a script; a client's are masked. */
    public AudioFrames(AudioScript script, boolean masked) {
        Random random = new Random(script.length());
        int header = Frames.headerLength(script.length(), masked);
        length = header + script.length();
        tagAt = header + script.tagAt();
        tagPhase = script.tagAt();
        for (int i = 0; i < frames.length; i++) {
            masks[i] = masked ? random.nextInt() | 1 : 0;
            ByteBuffer frame = ByteBuffer.allocateDirect(length);
            Frames.putHeader(frame, Frames.TEXT, script.length(), masked, masks[i]);
            Frames.putMasked(frame, script.text(i), masks[i]);
            frames[i] = frame.flip();
        }
    }

    /** Bytes of each frame. */
    public int length() {
        return length;
    }

    /** Puts the frame of one event; the buffer has {@link #length} bytes of room. */
    public void put(ByteBuffer to, int session, int number) {
        int filling = AudioScript.filling(session, number);
        int start = to.position();
        to.put(start, frames[filling], 0, length);
        AudioScript.putTag(to, start + tagAt, session, number, masks[filling], tagPhase);
        to.position(start + length);
    }
}
