package dev.parley.testkit.gemini;

import java.io.IOException;

/** What a {@link FakeGeminiServer} answers; runs on the thread of its session. */
@FunctionalInterface
public interface GeminiScript {
    /**
     * Answers a turn of the user, by what it sends.
     *
     * @throws IOException if the client is gone
     */
    void answer(UserTurn turn, FakeGeminiSession session) throws IOException, InterruptedException;

    /** Answers nothing, and leaves that to the test, through the {@link FakeGeminiSession}. */
    static GeminiScript silent() {
        return (turn, session) -> {};
    }
}
