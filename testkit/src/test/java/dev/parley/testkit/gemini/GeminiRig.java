package dev.parley.testkit.gemini;

import dev.parley.gemini.live.GeminiLeg;
import dev.parley.gemini.setup.Endpoint;
import dev.parley.gemini.setup.ModelTable;
import dev.parley.gemini.setup.Voices;
import dev.parley.gemini.wire.GeminiDialect;
import dev.parley.leg.CloseReason;
import dev.parley.leg.Failure;
import dev.parley.leg.Leg;
import dev.parley.leg.LegListener;
import dev.parley.protocol.Bytes;
import dev.parley.protocol.Event;
import dev.parley.protocol.EventScanner;
import dev.parley.protocol.Json;
import dev.parley.provider.Start;
import dev.parley.testkit.EventOrder;
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

/**
 * The Gemini provider's leg in virtual time: the test is its session on one side, and Gemini on the other. Each message to
 * Gemini is held against {@link MessageRules}, each event to the client against {@link EventOrder}.
 */
final class GeminiRig implements LegListener {
    static final String NATIVE_25 = "gemini-2.5-flash-native-audio-preview-12-2025";
    static final String LIVE_31 = "gemini-3.1-flash-live-preview";
    static final String LIVE_38 = "gemini-3.8-live";

    final VirtualLane lane = new VirtualLane(1);
    final List<Line> lines = new ArrayList<>();
    final List<ObjectNode> events = new ArrayList<>();
    final EventOrder order = new EventOrder();
    private final GeminiLeg leg;
    private final EventScanner scanner = new EventScanner();
    private int seen;
    private @Nullable CloseReason closed;

    /** A connection to Gemini. */
    static final class Line {
        final MemoryLeg leg;
        private final MessageRules rules = new MessageRules(false);
        private final GeminiRig rig;
        private int checked;
        private boolean setUp;

        Line(MemoryLeg leg, GeminiRig rig) {
            this.leg = leg;
            this.rig = rig;
        }

        /** All messages that Gemini has got; every one of them is allowed. */
        List<ObjectNode> sent() {
            List<ObjectNode> all =
                    leg.sent().stream().map(event -> Json.parse(event.wire())).toList();
            if (checked == 0
                    && !all.isEmpty()
                    && all.getFirst().at("/setup/sessionResumption").has("handle")) {
                // It goes on with what the connection knew that was in use last.
                rig.lines.subList(0, rig.lines.indexOf(this)).reversed().stream()
                        .filter(line -> line.setUp)
                        .findFirst()
                        .map(line -> line.rules)
                        .ifPresent(before -> before.openCalls().forEach(id -> rules.called(id, before.name(id))));
            }
            for (; checked < all.size(); checked++) {
                try {
                    rules.check(all.get(checked));
                } catch (Violation e) {
                    throw new AssertionError(e.reason() + " for " + shape(all.get(checked)) + " behind "
                            + all.subList(0, checked).stream()
                                    .map(GeminiRig::shape)
                                    .toList());
                }
            }
            return all;
        }

        /** The messages of one kind: what is in them. */
        List<JsonNode> sent(String kind) {
            return sent().stream()
                    .filter(message -> message.has(kind))
                    .map(message -> message.path(kind))
                    .toList();
        }

        /** Gemini sends a message. */
        Line tell(ModelMessage message) {
            sent();
            for (JsonNode call : message.json().path("toolCall").path("functionCalls")) {
                rules.called(
                        call.path("id").asString(call.path("name").asString("")),
                        call.path("name").asString(""));
            }
            return raw(message.json().toString());
        }

        Line raw(String text) {
            setUp |= text.contains("setupComplete");
            new GeminiDialect().inbound(Bytes.of(text.getBytes(StandardCharsets.UTF_8)), leg::arrive);
            rig.lane.run();
            return this;
        }

        /** Answers the setup, with a handle. */
        Line ready(@Nullable String handle) {
            leg.open();
            rig.lane.advance(Duration.ofSeconds(2));
            sent();
            raw("{\"setupComplete\":{}}");
            return handle == null ? this : handle(handle);
        }

        Line handle(String handle) {
            ObjectNode update = Json.object().put("newHandle", handle).put("resumable", true);
            return tell(new ModelMessage().with("sessionResumptionUpdate", update));
        }

        /** Gemini closes. */
        void close(int code, String reason) {
            leg.end(new CloseReason(Failure.PROVIDER_CLOSED, code, reason));
            rig.lane.run();
        }
    }

    /** What a message is, without what it says. */
    private static String shape(JsonNode message) {
        String name = message.propertyNames().iterator().next();
        return name + message.path(name).propertyNames();
    }

    private GeminiRig(String model, Start start) {
        leg = new GeminiLeg(
                listener -> {
                    MemoryLeg line = new MemoryLeg(lane, Duration.ofMillis(10)).link(listener);
                    lines.add(new Line(line, this));
                    return line;
                },
                ModelTable.find(model, model, Endpoint.DEVELOPER),
                Voices.STANDARD,
                start,
                lane,
                this);
        lane.execute(leg::begin);
        lane.run();
    }

    /** A session whose first connection is open, not set up. */
    static GeminiRig opened(String model) {
        GeminiRig rig = new GeminiRig(model, new Start.Fresh());
        rig.line().leg.open();
        rig.lane.run();
        return rig;
    }

    /** A session that is set up, with a handle. */
    static GeminiRig ready(String model) {
        GeminiRig rig = new GeminiRig(model, new Start.Fresh());
        rig.line().leg.open();
        rig.lane.run();
        rig.client("{'type':'session.update','session':{'type':'realtime','audio':{'input':{'transcription':"
                + "{'model':'whisper-1'}}}}}");
        rig.line().ready("handle-1");
        if (rig.line().sent().isEmpty()) {
            rig.text("Hello").respond();
            rig.line().raw("{\"setupComplete\":{}}");
        }
        return rig;
    }

    /** The session closes the leg. */
    void close() {
        leg.close(CloseReason.of(Failure.NORMAL, ""));
        lane.run();
    }

    /** The newest connection. */
    Line line() {
        return lines.getLast();
    }

    GeminiRig client(String json) {
        leg.send(scanner.scan(Bytes.of(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)))
                .copy());
        leg.flush();
        lane.run();
        return this;
    }

    GeminiRig text(String text) {
        return client("{'type':'conversation.item.create','item':{'type':'message','role':'user','content':[{'type':"
                + "'input_text','text':'" + text + "'}]}}");
    }

    GeminiRig respond() {
        return client("{'type':'response.create'}");
    }

    /** Audio of the client's, in one event, as it comes from the session: at 16,000 Hz. */
    GeminiRig audio(int millis) {
        byte[] pcm = new byte[millis * 32];
        for (int i = 0; i < pcm.length / 2; i++) {
            int sample = (int) (5000 * Math.sin(2 * Math.PI * 300 * i / 16_000));
            pcm[2 * i] = (byte) sample;
            pcm[2 * i + 1] = (byte) (sample >> 8);
        }
        return client("{'type':'input_audio_buffer.append','audio':'"
                + Base64.getEncoder().encodeToString(pcm) + "'}");
    }

    GeminiRig result(JsonNode call, String output) {
        ObjectNode event = Json.object().put("type", "conversation.item.create");
        event.putObject("item")
                .put("type", "function_call_output")
                .put("call_id", call.path("call_id").asString(""))
                .put("output", output);
        leg.send(scanner.scan(Bytes.of(event.toString().getBytes(StandardCharsets.UTF_8)))
                .copy());
        lane.run();
        return this;
    }

    GeminiRig advance(long millis) {
        lane.advance(Duration.ofMillis(millis));
        return this;
    }

    /** The events of a type. */
    List<ObjectNode> all(String type) {
        return events.stream()
                .filter(event -> event.path("type").asString("").equals(type))
                .toList();
    }

    /** The only response that is done. */
    JsonNode done() {
        List<ObjectNode> done = all("response.done");
        if (done.size() != 1) {
            throw new AssertionError(done.size() + " responses are done; events: " + types(events));
        }
        return done.getFirst().path("response");
    }

    /** The types of the events since the last call. */
    List<String> fresh() {
        List<String> types = types(events.subList(seen, events.size()));
        seen = events.size();
        return types;
    }

    static List<String> types(List<ObjectNode> events) {
        return events.stream().map(event -> event.path("type").asString("")).toList();
    }

    /** The codes of the errors so far. */
    List<String> errors() {
        return all("error").stream()
                .map(event -> event.path("error").path("code").asString(""))
                .toList();
    }

    /** Why the session ended, or null. */
    @Nullable
    CloseReason closed() {
        return closed;
    }

    @Override
    public void opened(Leg from) {}

    @Override
    public void event(Leg from, Event event) {
        ObjectNode json = Json.parse(event.wire());
        events.add(json);
        order.accept(json);
    }

    @Override
    public void batchEnd(Leg from) {}

    @Override
    public void writable(Leg from, boolean now) {}

    @Override
    public void closed(Leg from, CloseReason why) {
        closed = why;
    }
}
