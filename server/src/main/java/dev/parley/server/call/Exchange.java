package dev.parley.server.call;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One turn of the caller and what is answered to it. Filled in by the {@link Dialogue}; used on its thread. */
public final class Exchange {
    final StringBuilder said = new StringBuilder();
    final List<short[]> audio = new ArrayList<>();
    final List<FunctionCall> calls = new ArrayList<>();
    final List<FunctionCall> unanswered = new ArrayList<>();
    boolean committed;
    boolean responding;
    long asked;
    long firstAudio;
    long bargedIn;
    long voiceBegan;
    long lastAudio;

    @Nullable
    String heard;

    @Nullable
    String status;

    Playout.@Nullable Interrupted cut;

    /** What was heard of the caller; empty if nothing was understood, or is not known yet. */
    public String heard() {
        return heard == null ? "" : heard;
    }

    /** What was answered, in words. */
    public String said() {
        return said.toString().strip();
    }

    /** What was answered, as it sounds: samples at {@value Line#HERTZ} Hz. */
    public short[] audio() {
        int length = audio.stream().mapToInt(chunk -> chunk.length).sum();
        short[] whole = new short[length];
        int at = 0;
        for (short[] chunk : audio) {
            System.arraycopy(chunk, 0, whole, at, chunk.length);
            at += chunk.length;
        }
        return whole;
    }

    /** The functions that were to be called. */
    public List<FunctionCall> calls() {
        return Collections.unmodifiableList(calls);
    }

    /** From the end of what the caller said to the first sound of the answer, in ms; negative if there was none. */
    public long firstAudioMillis() {
        return firstAudio == 0 || asked == 0 ? -1 : (firstAudio - asked) / 1_000_000;
    }

    /** Whether the caller spoke over the answer. */
    public boolean interrupted() {
        return cut != null;
    }

    /** How much of the answer was heard until then, in ms. */
    public long heardMillis() {
        return cut == null ? -1 : cut.heardMillis();
    }

    /** From the caller's first sound over the answer to its silence, in ms; negative if there was no such thing. */
    public long silencedMillis() {
        return bargedIn == 0 || voiceBegan == 0 ? -1 : (bargedIn - voiceBegan) / 1_000_000;
    }

    /** For how long after its silence sound of the answer still arrived, in ms; 0: for no time. */
    public long audioAfterBargeInMillis() {
        return bargedIn == 0 ? 0 : Math.max(0, (lastAudio - bargedIn) / 1_000_000);
    }

    /** The {@code status} of the last response, such as {@code completed} or {@code cancelled}; empty while there is none. */
    public String status() {
        return status == null ? "" : status;
    }

    /** Whether the answer is complete, calls of functions included. */
    public boolean done() {
        return status != null && !responding && unanswered.isEmpty();
    }
}
