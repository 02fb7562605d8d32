package dev.parley.testkit.gemini;

import dev.parley.protocol.Json;
import dev.parley.testkit.FakeConnection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One connection to a {@link FakeGeminiServer}, seen from the model's end. What the client sends is held against the
 * protocol's rules, and a breach closes the connection as the real server would. Safe for use by all threads.
 */
public final class FakeGeminiSession {
    private static final Duration LONGEST = Duration.ofHours(1);
    /** In bytes, which of these reasons are the characters. RFC 6455, 5.5. */
    private static final int LONGEST_REASON = 123;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final FakeConnection connection;
    private final GeminiManners manners;
    private final GeminiScript script;
    private final Resumptions resumptions;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<ObjectNode> received = new CopyOnWriteArrayList<>();
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private final BlockingQueue<UserTurn> turns = new LinkedBlockingQueue<>();
    private final CountDownLatch ready = new CountDownLatch(1);
    private final MessageRules rules;
    private final boolean vertex;
    private UserInput input = new UserInput(500);
    private boolean generating;
    private boolean seeding;
    private final List<JsonNode> responses = new ArrayList<>();
    private volatile List<JsonNode> history = List.of();
    private volatile @Nullable FakeGeminiSession resumed;
    private volatile String refusal = "";

    FakeGeminiSession(FakeConnection connection, GeminiManners manners, GeminiScript script, Resumptions resumptions) {
        this.connection = connection;
        this.manners = manners;
        this.script = script;
        this.resumptions = resumptions;
        this.vertex = connection.target().contains("aiplatform");
        this.rules = new MessageRules(vertex);
    }

    // ---- What the client did
    // -----------------------------------------------------------------------------------------

    /** The connection, for its handshake and for everything that no server does. */
    public FakeConnection connection() {
        return connection;
    }

    /** All messages of the client so far, in order. */
    public List<ObjectNode> received() {
        return List.copyOf(received);
    }

    /** The messages of one kind, such as {@code realtimeInput}: what is in them. */
    public List<JsonNode> received(String kind) {
        return received.stream()
                .filter(message -> message.has(kind))
                .map(message -> message.path(kind))
                .toList();
    }

    /** The setup; waits for it. */
    public JsonNode setup() throws InterruptedException {
        if (!ready.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("no setup came within " + PATIENCE);
        }
        return received.getFirst().path("setup");
    }

    /** The next turn of the user; waits for it. */
    public UserTurn turn() throws InterruptedException {
        UserTurn turn = turns.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        if (turn == null) {
            throw new AssertionError("the user's turn did not come within " + PATIENCE + "; " + received.size()
                    + " messages came" + (refusal.isEmpty() ? "" : ", and a refusal went out: " + refusal));
        }
        return turn;
    }

    /** How many turns of the user have not been asked for by {@link #turn()}. */
    public int turnsWaiting() {
        return turns.size();
    }

    /** What the server does not refuse, though no client should do it. */
    public List<String> faults() {
        return List.copyOf(faults);
    }

    void fault(String what) {
        faults.add(what);
    }

    /** The reason with which the server closed because of a breach; empty: there was none. */
    public String refusal() {
        return refusal;
    }

    /** The contents of the conversation, those of resumed connections included. */
    public List<JsonNode> history() {
        return history;
    }

    /** The connection whose session this one goes on with, if any. */
    public Optional<FakeGeminiSession> resumed() {
        return Optional.ofNullable(resumed);
    }

    // ---- What the server does
    // ----------------------------------------------------------------------------------------

    /** Sends a message. What it tells, such as calls and ends of turns, the session keeps in mind. */
    public void send(ModelMessage message) throws IOException {
        send(message.json());
    }

    /** As {@link #send(ModelMessage)}, with one from elsewhere. */
    public void send(ObjectNode message) throws IOException {
        lock.lock();
        try {
            notice(message);
            raw(message.toString());
            if (message.path("serverContent").path("turnComplete").asBoolean(false)) {
                handle();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Sends any text, whatever it is. */
    public void raw(String text) throws IOException {
        connection.frame(manners.binary() ? 2 : 1, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Closes the connection; of the reason goes out what a close frame has room for. */
    public void close(int code, String reason) throws IOException {
        connection.close(code, reason.substring(0, Math.min(reason.length(), LONGEST_REASON)));
    }

    /** Whether the user's speech, or what the model says of it, is wanted in words. */
    public boolean transcribes(boolean input) throws InterruptedException {
        return setup().has(input ? "inputAudioTranscription" : "outputAudioTranscription");
    }

    private void notice(ObjectNode message) {
        JsonNode content = message.path("serverContent");
        for (JsonNode call : message.path("toolCall").path("functionCalls")) {
            String id = call.path("id").asString("");
            // Without an id a call is known by its name.
            rules.called(
                    id.isEmpty() ? call.path("name").asString("") : id,
                    call.path("name").asString(""));
        }
        for (JsonNode id : message.path("toolCallCancellation").path("ids")) {
            rules.cancelled(id.asString(""));
        }
        if (content.has("modelTurn") || content.has("outputTranscription") || message.has("toolCall")) {
            generating = true;
            rules.answered();
        }
        if (content.path("turnComplete").asBoolean(false)) {
            generating = false;
        }
    }

    private void handle() throws IOException {
        if (received.getFirst().path("setup").has("sessionResumption") && manners.resumable()) {
            ModelMessage update = new ModelMessage();
            ObjectNode handle =
                    Json.object().put("newHandle", resumptions.issue(this)).put("resumable", true);
            if (received.getFirst().at("/setup/sessionResumption/transparent").asBoolean(false)) {
                handle.put("lastConsumedClientMessageIndex", Integer.toString(received.size()));
            }
            raw(update.with("sessionResumptionUpdate", handle).json().toString());
        }
    }

    // ---- The session
    // -------------------------------------------------------------------------------------------------

    void run() throws IOException, InterruptedException {
        while (true) {
            Optional<String> text = connection.next(LONGEST);
            if (text.isEmpty()) {
                return;
            }
            try {
                Optional<UserTurn> turn = take(text.get());
                if (turn.isPresent()) {
                    turns.add(turn.get());
                    script.answer(turn.get(), this);
                }
            } catch (Violation e) {
                refusal = e.reason();
                close(e.code(), e.reason());
                return;
            }
        }
    }

    private Optional<UserTurn> take(String text) throws Violation, IOException, InterruptedException {
        ObjectNode message;
        try {
            message = Json.parse(text.getBytes(StandardCharsets.UTF_8));
        } catch (Json.JsonSyntaxException e) {
            throw Violation.invalid("Invalid JSON payload received.");
        }
        lock.lock();
        try {
            received.add(message);
            String kind = rules.check(message);
            JsonNode value = message.path(kind);
            return switch (kind) {
                case "setup" -> begin(value);
                case "clientContent" -> content(value);
                case "realtimeInput" -> realtime(value);
                case "toolResponse" -> results(value);
                default -> Optional.empty();
            };
        } finally {
            lock.unlock();
        }
    }

    private Optional<UserTurn> begin(JsonNode setup) throws Violation, IOException, InterruptedException {
        JsonNode handle = setup.path("sessionResumption").path("handle");
        if (handle.isString()) {
            FakeGeminiSession before = resumptions.find(handle.asString()).orElseThrow(SetupRules::invalidArgument);
            resumed = before;
            history = before.history;
            before.rules.openCalls().forEach(id -> rules.called(id, before.callName(id)));
            if (before.generating || !history.isEmpty()) {
                rules.answered();
            }
        }
        input = new UserInput(setup.at("/realtimeInputConfig/automaticActivityDetection/silenceDurationMs")
                .asInt(500));
        seeding = setup.at("/historyConfig/initialHistoryInClientContent").asBoolean(false);
        manners.beforeSetup().run(this);
        ObjectNode complete = Json.object();
        ObjectNode inside = complete.putObject("setupComplete");
        if (vertex) {
            inside.put("sessionId", "session-" + System.identityHashCode(this));
        }
        raw(complete.toString());
        handle();
        ready.countDown();
        return Optional.empty();
    }

    private String callName(String id) {
        return rules.name(id);
    }

    private Optional<UserTurn> content(JsonNode content) throws IOException {
        if (resumed != null && content.path("turns").size() > 1) {
            faults.add("a history was sent again to a session that was resumed");
        }
        interrupt();
        String text = "";
        for (JsonNode turn : content.path("turns")) {
            remember(turn);
            text = turn.path("parts").path(0).path("text").asString(text);
        }
        if (!content.path("turnComplete").asBoolean(false)) {
            return Optional.empty();
        }
        if (seeding) {
            seeding = false;
            return Optional.empty();
        }
        return Optional.of(new UserTurn.Text(text, false));
    }

    private void remember(JsonNode turn) {
        List<JsonNode> longer = new ArrayList<>(history);
        longer.add(turn);
        history = List.copyOf(longer);
    }

    private Optional<UserTurn> realtime(JsonNode value) throws Violation, IOException {
        if (value.has("text")) {
            interrupt();
            ObjectNode turn = Json.object().put("role", "user");
            turn.putArray("parts").addObject().put("text", value.path("text").asString());
            remember(turn);
            return Optional.of(new UserTurn.Text(value.path("text").asString(), true));
        }
        if (value.has("audio")) {
            return audio(value.path("audio"));
        }
        if (value.has("activityStart")) {
            input.clear();
            interrupt();
        }
        boolean ends = value.has("activityEnd") || (value.has("audioStreamEnd") && input.speaking());
        return ends && manners.hears() ? Optional.of(input.end()) : Optional.empty();
    }

    private Optional<UserTurn> audio(JsonNode audio) throws Violation, IOException {
        if (!rules.openCalls().isEmpty() && rules.model().audioCancelsCalls()) {
            faults.add("audio came while a function call was open, which cancels the call");
        }
        if (rules.manual()) {
            if (rules.inActivity()) {
                input.keep(audio);
            } else {
                faults.add("audio came outside of an activity, and is lost");
            }
            return Optional.empty();
        }
        if (!manners.hears()) {
            return Optional.empty();
        }
        return input.hear(audio, this::speechBegins);
    }

    private void speechBegins() throws IOException {
        JsonNode setup = received.getFirst().path("setup");
        String handling = setup.at("/realtimeInputConfig/activityHandling").asString("");
        if (!handling.equals("NO_INTERRUPTION")) {
            interrupt();
        }
    }

    private Optional<UserTurn> results(JsonNode value) {
        value.path("functionResponses").forEach(responses::add);
        if (!rules.openCalls().isEmpty()) {
            return Optional.empty();
        }
        UserTurn turn = new UserTurn.Results(responses);
        responses.clear();
        return Optional.of(turn);
    }

    /** The user has cut the model off, as far as it is still at it. */
    private void interrupt() throws IOException {
        if (!generating) {
            return;
        }
        String[] calls = rules.openCalls().toArray(String[]::new);
        if (calls.length > 0) {
            send(new ModelMessage().cancelCalls(calls));
        }
        send(new ModelMessage().interrupted());
        send(new ModelMessage().turnComplete());
    }
}
