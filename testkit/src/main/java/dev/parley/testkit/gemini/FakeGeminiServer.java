package dev.parley.testkit.gemini;

import dev.parley.testkit.FakeConnection;
import dev.parley.testkit.FakeRealtimeServer;
import dev.parley.testkit.Script;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/**
 * A server of Gemini Live for tests, on loopback: the Developer API's and Vertex AI's paths, strict about everything that
 * the real one is strict about, with a {@link GeminiScript} for what the model says.
 */
public final class FakeGeminiServer implements AutoCloseable {
    /** The keys that are taken for good have this in them. */
    private static final String GOOD = "good";

    private final FakeRealtimeServer server;
    private final GeminiManners manners;
    private final GeminiScript script;
    private final Resumptions resumptions = new Resumptions();
    private final Queue<Script> fates = new ConcurrentLinkedQueue<>();
    private final List<FakeGeminiSession> sessions = new CopyOnWriteArrayList<>();
    private final BlockingQueue<FakeGeminiSession> arrived = new LinkedBlockingQueue<>();

    private FakeGeminiServer(GeminiScript script, GeminiManners manners) {
        this.script = script;
        this.manners = manners;
        this.server = FakeRealtimeServer.start(this::serve);
    }

    /** A server that is listening on a free port, and behaves as the real one. */
    public static FakeGeminiServer start(GeminiScript script) {
        return start(script, GeminiManners.REAL);
    }

    /** As {@link #start(GeminiScript)}, with other manners. */
    public static FakeGeminiServer start(GeminiScript script, GeminiManners manners) {
        return new FakeGeminiServer(script, manners);
    }

    /** A server that plays what was recorded of another one; see {@link RecordedGemini}. */
    public static FakeGeminiServer replay(List<? extends JsonNode> recorded) {
        return start(new RecordedGemini(recorded));
    }

    /** A key that the server takes. */
    public static String key() {
        return "a-" + GOOD + "-key";
    }

    /** The base URL to give to Parley as {@code GOOGLE_GEMINI_BASE_URL}. */
    public String baseUrl() {
        URI http = URI.create(server.baseUrl());
        return "ws://" + http.getAuthority();
    }

    /** What happens to the next connection that has no fate yet, instead of a session, such as {@code Script.refuse(429)}. */
    public FakeGeminiServer fate(Script script) {
        fates.add(script);
        return this;
    }

    /** No handle that was issued is known any more. */
    public void forgetHandles() {
        resumptions.forget();
    }

    /** Every session so far, in the order in which they came; those that ended, too. */
    public List<FakeGeminiSession> sessions() {
        return List.copyOf(sessions);
    }

    /** Every connection so far, those that became no session included. */
    public List<FakeConnection> connections() {
        return server.connections();
    }

    /** How many connections are open. */
    public long open() {
        return server.open();
    }

    /**
     * The next session that has not been taken yet.
     *
     * @throws AssertionError if none comes within 10 s
     */
    public FakeGeminiSession next() {
        try {
            Duration patience = Duration.ofSeconds(10);
            FakeGeminiSession session = arrived.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (session == null) {
                throw new AssertionError("no session came within " + patience);
            }
            return session;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private void serve(FakeConnection connection) throws IOException, InterruptedException {
        Script fate = fates.poll();
        if (fate != null) {
            fate.run(connection);
            return;
        }
        connection.request();
        if (!connection.target().matches("/ws/google\\.[a-z.]+\\.v1(alpha|beta|beta1)?\\.[A-Za-z]+[./][A-Za-z]+.*")
                || !connection.target().contains("BidiGenerateContent")) {
            connection.refuse(404);
            return;
        }
        FakeGeminiSession session = new FakeGeminiSession(connection, manners, script, resumptions);
        connection.accept();
        if (!authorized(connection)) {
            connection.close(1007, "API key not valid. Please pass a valid API key.");
            return;
        }
        sessions.add(session);
        arrived.add(session);
        session.run();
    }

    private static boolean authorized(FakeConnection connection) {
        String authorization = connection.headers().getOrDefault("authorization", "");
        return connection.headers().getOrDefault("x-goog-api-key", "").contains(GOOD)
                || connection.target().matches(".*[?&](key|access_token)=[^&]*" + GOOD + ".*")
                || authorization.matches("(Bearer|Token) .*" + GOOD + ".*");
    }

    @Override
    public void close() {
        server.close();
    }
}
