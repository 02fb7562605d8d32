package dev.parley.testkit.gemini;

import dev.parley.gemini.live.GeminiLeg;
import dev.parley.gemini.setup.Endpoint;
import dev.parley.gemini.setup.GeminiModel;
import dev.parley.gemini.setup.ModelTable;
import dev.parley.gemini.setup.Voices;
import dev.parley.leg.CloseReason;
import dev.parley.leg.Failure;
import dev.parley.leg.Leg;
import dev.parley.leg.LegListener;
import dev.parley.protocol.Bytes;
import dev.parley.protocol.ControlEvent;
import dev.parley.protocol.Event;
import dev.parley.protocol.EventScanner;
import dev.parley.protocol.EventType;
import dev.parley.protocol.Json;
import dev.parley.provider.Start;
import dev.parley.testkit.MemoryLeg;
import dev.parley.testkit.VirtualLane;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A leg to Gemini Live in virtual time, between a client that is a list of events and connections that are in memory. */
final class LiveLeg implements LegListener {
    private static final EventType MESSAGE = EventType.of("gemini");

    final VirtualLane lane = new VirtualLane(7);
    final List<MemoryLeg> connections = new ArrayList<>();
    final List<ObjectNode> events = new ArrayList<>();
    final GeminiLeg leg;
    private final EventScanner scanner = new EventScanner();
    boolean opened;

    @Nullable
    CloseReason closed;

    LiveLeg(String model) {
        this(ModelTable.find(model, ModelTable.STANDARD, Endpoint.DEVELOPER), Start.FRESH);
    }

    LiveLeg(GeminiModel model, Start start) {
        leg = new GeminiLeg(this::dial, model, Voices.STANDARD, start, lane, this);
        lane.execute(leg::begin);
        lane.run();
    }

    /** A leg whose first connection is open and set up. */
    static LiveLeg ready(String model) {
        LiveLeg live = new LiveLeg(model);
        live.connection().open();
        live.pass(Duration.ofSeconds(1));
        live.gemini("{'setupComplete':{}}");
        return live;
    }

    private Leg dial(LegListener listener) {
        MemoryLeg made = new MemoryLeg(lane, Duration.ofMillis(10)).link(listener);
        connections.add(made);
        return made;
    }

    MemoryLeg connection() {
        return connections.getLast();
    }

    LiveLeg open() {
        connection().open();
        lane.run();
        return this;
    }

    LiveLeg pass(Duration time) {
        lane.advance(time);
        return this;
    }

    /** The client sends an event; single quotes stand for double ones. */
    LiveLeg client(String json) {
        byte[] bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        lane.execute(() -> {
            leg.send(scanner.scan(Bytes.lend(bytes, 0, bytes.length)));
            leg.flush();
        });
        lane.run();
        return this;
    }

    LiveLeg audio(int ms) {
        return client("{'type':'input_audio_buffer.append','audio':'"
                + Base64.getEncoder().encodeToString(new byte[32 * ms]) + "'}");
    }

    /** Gemini sends a message on the newest connection. */
    LiveLeg gemini(String json) {
        return gemini(connection(), json);
    }

    LiveLeg gemini(MemoryLeg on, String json) {
        on.arrive(ControlEvent.of(MESSAGE, Bytes.utf8(json.replace('\'', '"'))));
        lane.run();
        return this;
    }

    LiveLeg sound(String base64) {
        return gemini(
                "{'serverContent':{'modelTurn':{'parts':[{'inlineData':{'mimeType':'audio/pcm;rate=24000','data':'"
                        + base64 + "'}}]}}}");
    }

    /** A connection ends. */
    LiveLeg end(int code, String text) {
        connection().end(new CloseReason(Failure.PROVIDER_CLOSED, code, text));
        lane.run();
        return this;
    }

    /** What a connection was sent. */
    List<JsonNode> sent(int connection) {
        return connections.get(connection).sent().stream()
                .map(event -> (JsonNode) ((ControlEvent) event).json())
                .toList();
    }

    List<JsonNode> sent() {
        return sent(connections.size() - 1);
    }

    /** The single names of what was sent: {@code setup}, {@code realtimeInput.audio}, {@code clientContent}. */
    List<String> kinds() {
        return sent().stream()
                .map(message -> {
                    String name = message.propertyNames().iterator().next();
                    return name.equals("realtimeInput")
                            ? name + "."
                                    + message.path(name)
                                            .propertyNames()
                                            .iterator()
                                            .next()
                            : name;
                })
                .toList();
    }

    /** The types of the events that the client got since the last time. */
    List<String> types() {
        List<String> types =
                events.stream().map(event -> event.path("type").asString("")).toList();
        seen.addAll(events);
        events.clear();
        return types;
    }

    final List<ObjectNode> seen = new ArrayList<>();

    /** The last event of a type. */
    ObjectNode last(String type) {
        List<ObjectNode> all = new ArrayList<>(seen);
        all.addAll(events);
        return all.reversed().stream()
                .filter(event -> event.path("type").asString("").equals(type))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + type));
    }

    /** How the leg has ended. */
    Failure failure() {
        if (closed == null) {
            throw new AssertionError("the leg has not ended");
        }
        return closed.failure();
    }

    @Override
    public void opened(Leg told) {
        opened = true;
    }

    @Override
    public void event(Leg told, Event event) {
        events.add(Json.parse(event.wire()));
    }

    @Override
    public void batchEnd(Leg told) {}

    @Override
    public void writable(Leg told, boolean now) {}

    @Override
    public void closed(Leg told, CloseReason why) {
        closed = why;
    }
}
