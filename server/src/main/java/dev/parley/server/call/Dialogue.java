package dev.parley.server.call;

import dev.parley.protocol.EventType;
import dev.parley.protocol.Json;
import dev.parley.server.CommandException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A conversation with a gateway as its caller sees it: tells the exchanges apart and measures them. Belongs to one
 * thread, which waits in {@link #await} for things to happen; nothing is noted while nobody waits.
 */
public final class Dialogue implements AutoCloseable {
    /** Errors that may come of two sides acting at the same moment. */
    private static final List<String> HARMLESS = List.of("response_cancel_not_active", "item_truncate_invalid_item_id");

    private static final Duration TICK = Duration.ofMillis(20);

    private final Connection connection;
    private final Display display;
    private final Function<FunctionCall, String> functions;
    private final List<Exchange> exchanges = new ArrayList<>();
    private final Map<String, Exchange> byItem = new HashMap<>();
    private final Map<String, Exchange> byResponse = new HashMap<>();
    private @Nullable Line line;
    private @Nullable String sessionState;

    /**
     * Connects to a gateway.
     *
     * @param key sent as a bearer token; null: none is sent
     * @param functions answers the model's calls of functions
     */
    public Dialogue(
            URI uri, @Nullable String key, Playout playout, Display display, Function<FunctionCall, String> functions) {
        this.display = display;
        this.functions = functions;
        this.connection = new Connection(uri, key, playout);
    }

    /** Opens the line for the caller's voice; it is closed with the dialogue. To be called once. */
    public void open(FrameSource source, Tape tape) {
        line = new Line(source, connection::sendAudio, tape);
    }

    /** Waits for the session and sets it up; fails if it is refused or does not come. */
    public void configure(ObjectNode session, Duration patience) throws InterruptedException {
        require(() -> sessionState != null, patience, "the gateway opened no session within ");
        sessionState = "";
        ObjectNode event = Json.object().put("type", EventType.SESSION_UPDATE.name());
        event.set("session", session);
        connection.send(event);
        require(
                () -> EventType.SESSION_UPDATED.name().equals(sessionState),
                patience,
                "the settings of the session were not confirmed within ");
    }

    private void require(BooleanSupplier until, Duration patience, String otherwise) throws InterruptedException {
        if (!await(until, patience)) {
            throw CommandException.failed(otherwise + patience.toSeconds() + " s");
        }
    }

    /** Says something in writing and asks for an answer. */
    public Exchange write(String text) {
        Exchange exchange = begin();
        exchange.heard = text;
        exchange.committed = true;
        ObjectNode event = Json.object().put("type", EventType.ITEM_CREATE.name());
        ObjectNode item = event.putObject("item").put("type", "message").put("role", "user");
        item.putArray("content").addObject().put("type", "input_text").put("text", text);
        connection.send(event);
        connection.send(Json.object().put("type", EventType.RESPONSE_CREATE.name()));
        exchange.asked = System.nanoTime();
        return exchange;
    }

    /** All exchanges so far, in order. */
    public List<Exchange> exchanges() {
        return List.copyOf(exchanges);
    }

    /** Notes what happens until something is so; answers whether it was so in time. */
    public boolean await(BooleanSupplier until, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!until.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            Arrival arrival = connection.next(TICK);
            if (arrival != null) {
                take(arrival);
            }
        }
        return true;
    }

    private void take(Arrival event) {
        switch (event.type()) {
            case "session.created", "session.updated" -> sessionState = event.type();
            case "input_audio_buffer.speech_started" -> speechStarted(event);
            case "input_audio_buffer.committed" -> committed(event);
            case "conversation.item.input_audio_transcription.completed" -> transcribed(event);
            case "conversation.item.input_audio_transcription.failed" ->
                find(byItem, event.text("item_id")).ifPresent(display::notUnderstood);
            case "response.created" -> responseCreated(event);
            case "response.output_item.added" ->
                find(byResponse, event.text("response_id"))
                        .ifPresent(exchange -> byItem.put(event.text("item", "id"), exchange));
            case "response.output_audio.delta" -> audio(event);
            case "response.output_audio_transcript.delta", "response.output_text.delta" -> words(event);
            case "response.done" -> responseDone(event);
            case "error" -> error(event);
            case Arrival.CLOSED ->
                throw CommandException.failed("the gateway closed the connection: "
                        + event.json().path("code").asInt() + " " + event.text("reason"));
            default -> {
                // Of no interest to a caller.
            }
        }
    }

    private void speechStarted(Arrival event) {
        if (event.cut() != null) {
            find(byItem, event.cut().itemId()).ifPresent(exchange -> {
                exchange.cut = event.cut();
                exchange.bargedIn = event.nanos();
                exchange.voiceBegan = line == null ? 0 : line.voiceBegan();
                display.interrupted(exchange);
            });
        }
        byItem.put(event.text("item_id"), begin());
        display.speechStarted();
    }

    private Exchange begin() {
        Exchange exchange = new Exchange();
        exchanges.add(exchange);
        return exchange;
    }

    private void committed(Arrival event) {
        Exchange exchange = byItem.computeIfAbsent(event.text("item_id"), any -> begin());
        exchange.committed = true;
        exchange.asked = line == null ? 0 : line.lastVoice();
    }

    private void transcribed(Arrival event) {
        find(byItem, event.text("item_id")).ifPresent(exchange -> {
            exchange.heard = event.text("transcript").strip();
            display.heard(exchange);
        });
    }

    private void responseCreated(Arrival event) {
        for (int i = exchanges.size() - 1; i >= 0; i--) {
            Exchange exchange = exchanges.get(i);
            if (exchange.committed) {
                exchange.responding = true;
                byResponse.put(event.text("response", "id"), exchange);
                return;
            }
        }
    }

    private void audio(Arrival event) {
        find(byItem, event.text("item_id")).ifPresent(exchange -> {
            exchange.audio.add(event.audio());
            exchange.lastAudio = event.nanos();
            if (exchange.firstAudio == 0) {
                exchange.firstAudio = event.nanos();
                display.firstAudio(exchange);
            }
        });
    }

    private void words(Arrival event) {
        find(byResponse, event.text("response_id")).ifPresent(exchange -> {
            exchange.said.append(event.text("delta"));
            display.saying(exchange, event.text("delta"));
        });
    }

    private void responseDone(Arrival event) {
        find(byResponse, event.text("response", "id")).ifPresent(exchange -> {
            exchange.status = event.text("response", "status");
            exchange.responding = false;
            for (JsonNode item : event.json().path("response").path("output")) {
                if (item.path("type").asString("").equals("function_call")) {
                    called(exchange, item);
                }
            }
            display.responseDone(exchange);
            answerCalls(exchange);
        });
    }

    private void called(Exchange exchange, JsonNode item) {
        FunctionCall call = new FunctionCall(
                item.path("call_id").asString(""),
                item.path("name").asString(""),
                item.path("arguments").asString("{}"));
        exchange.calls.add(call);
        exchange.unanswered.add(call);
        display.calling(exchange, call);
    }

    private void answerCalls(Exchange exchange) {
        if (exchange.unanswered.isEmpty()) {
            return;
        }
        for (FunctionCall call : exchange.unanswered) {
            ObjectNode event = Json.object().put("type", EventType.ITEM_CREATE.name());
            event.putObject("item")
                    .put("type", "function_call_output")
                    .put("call_id", call.callId())
                    .put("output", functions.apply(call));
            connection.send(event);
        }
        exchange.unanswered.clear();
        exchange.responding = true;
        connection.send(Json.object().put("type", EventType.RESPONSE_CREATE.name()));
    }

    private static void error(Arrival event) {
        String code = event.text("error", "code");
        // What was heard is known here to the millisecond, but the answer may have ended or shrunk in the meantime.
        boolean truncation = event.text("error", "param").equals("audio_end_ms");
        if (!truncation && !HARMLESS.contains(code)) {
            throw CommandException.failed("the gateway reports an error: " + event.text("error", "message") + " ("
                    + (code.isEmpty() ? event.text("error", "type") : code) + ")");
        }
    }

    private static Optional<Exchange> find(Map<String, Exchange> among, String id) {
        return Optional.ofNullable(among.get(id));
    }

    @Override
    public void close() {
        if (line != null) {
            line.close();
        }
        connection.close();
    }
}
