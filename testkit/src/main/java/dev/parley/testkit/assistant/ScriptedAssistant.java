package dev.parley.testkit.assistant;

import dev.parley.testkit.FakeConnection;
import dev.parley.testkit.Script;
import java.io.IOException;

/**
 * A provider that converses in OpenAI Realtime GA: takes typed and spoken turns, calls functions, is interrupted, and
 * refuses what is wrong, with the events of the real one in their order. What it hears and says is written beforehand, so
 * that it needs neither models nor time; it shares no code with Parley's embedded provider.
 */
public final class ScriptedAssistant implements Script {
    private final Part part;

    /**
     * What an assistant hears and says.
     *
     * @param heard what each spoken turn is understood as
     * @param answer what it says to everything
     * @param endless a question whose answer goes on until it is interrupted
     * @param arguments with which it calls functions: those of the session whose names have a word, at least three
     *     letters long, of what was asked; their results are then read out
     */
    public record Part(String heard, String answer, String endless, String arguments) {}

    /** An assistant that knows its part. */
    public ScriptedAssistant(Part part) {
        this.part = part;
    }

    /** The sound of each word: 200 ms of a quiet tone, 16-bit little-endian mono PCM at 24,000 Hz. */
    public static byte[] word() {
        return Answer.tone();
    }

    @Override
    public void run(FakeConnection connection) throws IOException, InterruptedException {
        connection.accept();
        new Dialogue(part, new Outlet(connection)).run(connection);
    }
}
