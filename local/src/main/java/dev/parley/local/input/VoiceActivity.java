package dev.parley.local.input;

/**
 * Finds where turns begin and end in a run of 20 ms frames. Speech begins after 80 ms of it with few gaps, so that a
 * click is no turn; it ends after a run of frames that are clearly less than speech.
 */
final class VoiceActivity {
    /** What a frame changed. */
    enum Change {
        NONE,
        STARTED,
        STOPPED
    }

    static final int FRAME_MS = 20;
    /** The frames of speech that begin a turn. */
    private static final int BEGIN = 4;
    /** How far below the threshold a frame of a turn counts as silence. */
    private static final float GAP = 0.15f;

    private final float threshold;
    private final int silenceFrames;
    private int voiced;
    private int silent;
    private int sinceFirst;
    private boolean speaking;

    VoiceActivity(double threshold, int silenceMs) {
        this.threshold = (float) threshold;
        this.silenceFrames = Math.max(1, Math.ceilDiv(silenceMs, FRAME_MS));
    }

    /** Whether a turn has begun and not ended. */
    boolean speaking() {
        return speaking;
    }

    /** At {@link Change#STARTED}: the frames from the first one of speech until now. */
    int framesSinceFirst() {
        return sinceFirst;
    }

    /** The silence in the turn so far, in ms. */
    int silentMs() {
        return silent * FRAME_MS;
    }

    Change step(float probability) {
        return speaking ? within(probability) : before(probability);
    }

    private Change before(float probability) {
        boolean speech = probability >= threshold;
        sinceFirst = voiced == 0 ? 0 : sinceFirst;
        voiced = speech ? voiced + 1 : Math.max(0, voiced - 1);
        sinceFirst += voiced > 0 || speech ? 1 : 0;
        if (voiced < BEGIN) {
            return Change.NONE;
        }
        speaking = true;
        silent = 0;
        return Change.STARTED;
    }

    private Change within(float probability) {
        silent = probability < Math.max(0.01f, threshold - GAP) ? silent + 1 : 0;
        if (silent < silenceFrames) {
            return Change.NONE;
        }
        reset();
        return Change.STOPPED;
    }

    /** Forgets what it heard. */
    void reset() {
        voiced = 0;
        silent = 0;
        sinceFirst = 0;
        speaking = false;
    }
}
