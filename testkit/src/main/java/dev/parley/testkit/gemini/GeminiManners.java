package dev.parley.testkit.gemini;

import java.io.IOException;

/**
 * How a {@link FakeGeminiServer} behaves beside what its script says.
 *
 * @param binary whether messages go out in binary frames, as the real server's do, or as text
 * @param hears whether the end of the user's speech is heard, or left to the test
 * @param resumable whether handles are issued where they are asked for
 * @param beforeSetup what happens between a setup and the answer to it
 */
public record GeminiManners(boolean binary, boolean hears, boolean resumable, Moment beforeSetup) {
    /** As the real one. */
    public static final GeminiManners REAL = new GeminiManners(true, true, true, session -> {});

    /** Something that happens on a session's own thread. */
    @FunctionalInterface
    public interface Moment {
        void run(FakeGeminiSession session) throws IOException, InterruptedException;
    }

    /** The same, in text frames. */
    public GeminiManners text() {
        return new GeminiManners(false, hears, resumable, beforeSetup);
    }

    /** The same, without ears for the end of speech. */
    public GeminiManners deaf() {
        return new GeminiManners(binary, false, resumable, beforeSetup);
    }

    /** The same, without handles. */
    public GeminiManners forgetful() {
        return new GeminiManners(binary, hears, false, beforeSetup);
    }

    /** The same, with something before the answer to a setup. */
    public GeminiManners beforeSetup(Moment moment) {
        return new GeminiManners(binary, hears, resumable, moment);
    }
}
