package dev.parley.guardrail.gate;

import dev.parley.RealtimeAudioFormat;
import dev.parley.guardrail.Verdict;
import dev.parley.protocol.AudioEvent;
import dev.parley.protocol.ControlEvent;
import dev.parley.protocol.ErrorDetail;
import dev.parley.protocol.Event;
import dev.parley.protocol.EventType;
import dev.parley.protocol.ItemKey;
import dev.parley.protocol.Json;
import dev.parley.session.Floor;
import dev.parley.turn.ResponseWish;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The responses of a session, each behind a {@link Gate} where its words are to be allowed, or what the user said before
 * is not yet. Lane only.
 */
final class OutputGate {
    /** What may wait in all gates of a session, in bytes. */
    static final long MOST = 2 << 20;
    /** How long words wait for more of them before the guardrails are asked. */
    static final Duration PAUSE = Duration.ofMillis(200);
    /** How many blocked answers in a row get something else said. */
    private static final int APOLOGIES = 2;

    private static final Set<EventType> PASSING = Set.of(EventType.ITEM_DELETED, EventType.ITEM_TRUNCATED);
    private static final Logger LOG = LoggerFactory.getLogger(OutputGate.class);

    private final Floor floor;
    private final Panel panel;
    private final Outlet outlet;
    private final Deletions deletions;
    private final OwnWords ownWords = new OwnWords();
    private final Map<String, Gate> gates = new LinkedHashMap<>();
    private final Map<Gate, Runnable> timers = new HashMap<>();
    private final Set<String> cutResponses = Deletions.latest();
    private final Set<String> cutItems = Deletions.latest();
    /** The formats that responses name for themselves. */
    private final Map<Gate, RealtimeAudioFormat> formats = new HashMap<>();

    private RealtimeAudioFormat format;
    private long bytes;
    private int apologies;

    OutputGate(Floor floor, Panel panel, Outlet outlet, Deletions deletions) {
        this.floor = floor;
        this.panel = panel;
        this.outlet = outlet;
        this.deletions = deletions;
        this.format = floor.config().outputFormat().orElse(RealtimeAudioFormat.PCM_24K);
    }

    /** Notes a wish of the application's: its own words are not asked about. */
    void wanted(ResponseWish wish) {
        if (!panel.empty()) {
            wish.words().ifPresent(ownWords::add);
        }
    }

    // ---- What comes ------------------------------------------------------------------------------------------------

    /**
     * An event of the provider: what goes on at once, or null.
     *
     * @param inputs what the user said that is not allowed yet
     */
    @Nullable
    Event fromProvider(Event event, Collection<String> inputs) {
        if (panel.empty() && gates.isEmpty() && inputs.isEmpty() && cutResponses.isEmpty()) {
            return event;
        }
        return switch (event) {
            case AudioEvent audio -> audio(audio);
            case ControlEvent control -> control(control, inputs);
            default -> event;
        };
    }

    private @Nullable Event audio(AudioEvent audio) {
        for (Gate gate : gates.values()) {
            if (gate.has(audio)) {
                return audio(audio, gate);
            }
        }
        // Of no item that was announced: it waits with the response that is there.
        Gate latest = null;
        for (Gate gate : gates.values()) {
            latest = gate;
        }
        if (latest != null) {
            return audio(audio, latest);
        }
        if (panel.empty()) {
            return audio;
        }
        Optional.ofNullable(audio.item()).ifPresent(outlet::dropped);
        return null;
    }

    private @Nullable Event audio(AudioEvent audio, Gate gate) {
        if (gate.take(audio, formats.getOrDefault(gate, format))) {
            return audio;
        }
        tellDropped(gate);
        account(gate);
        return null;
    }

    private @Nullable Event control(ControlEvent event, Collection<String> inputs) {
        EventType type = event.type();
        if (type.equals(EventType.SESSION_CREATED) || type.equals(EventType.SESSION_UPDATED)) {
            learn(event.jsonOrEmpty().path("session"));
            return event;
        }
        Gate gate = gate(event, inputs);
        if (gate == null) {
            return withheld(event) ? null : event;
        }
        Event now = gate.take(event);
        if (now != null) {
            // First of all, since more may be let go behind it.
            outlet.toClient(now);
        }
        tellDropped(gate);
        if (gate.mute()) {
            panel.fail(verdict -> answered(gate, verdict));
        }
        account(gate);
        proceed(gate);
        return null;
    }

    private void learn(JsonNode session) {
        format = named(session, format);
    }

    /** The format of audio that a session or response names; of what nobody knows, that in which it lasts longest. */
    static RealtimeAudioFormat named(JsonNode settings, RealtimeAudioFormat otherwise) {
        JsonNode named = settings.path("audio").path("output").path("format");
        return named.isObject() ? RealtimeAudioFormat.of(named).orElse(RealtimeAudioFormat.PCMU) : otherwise;
    }

    private @Nullable Gate gate(ControlEvent event, Collection<String> inputs) {
        JsonNode json = event.jsonOrEmpty();
        EventType type = event.type();
        boolean begins = type.equals(EventType.RESPONSE_CREATED);
        if (begins || type.name().startsWith("response.")) {
            String id = json.path("response_id")
                    .asString(json.path("response").path("id").asString(""));
            Gate known = gates.get(id);
            boolean guarded = !panel.empty() || (begins && !inputs.isEmpty());
            if (known != null || !guarded || cutResponses.contains(id)) {
                return known;
            }
            Gate next =
                    new Gate(id, json.path("response").path("conversation_id").isNull(), !panel.empty());
            inputs.forEach(next::awaits);
            gates.put(id, next);
            if (json.path("response")
                    .path("audio")
                    .path("output")
                    .path("format")
                    .isObject()) {
                formats.put(next, named(json.path("response"), format));
            }
            return next;
        }
        if (PASSING.contains(type)) {
            return null;
        }
        String item = item(json);
        return gates.values().stream()
                .filter(each -> each.has(item))
                .findFirst()
                .orElse(null);
    }

    private static String item(JsonNode json) {
        return json.path("item_id").asString(json.path("item").path("id").asString(""));
    }

    /** Whether an event comes behind a response that was cut off, and tells of it. */
    private boolean withheld(ControlEvent event) {
        JsonNode json = event.jsonOrEmpty();
        if (!PASSING.contains(event.type()) && cutItems.contains(item(json))) {
            if (event.type().equals(EventType.ITEM_RETRIEVED)) {
                floor.tellClient(
                        ErrorDetail.invalid("blocked_by_guardrail", "The item was cut off by a guardrail.", "item_id"),
                        null);
            }
            return true;
        }
        return event.type().name().startsWith("response.")
                && cutResponses.contains(json.path("response_id")
                        .asString(json.path("response").path("id").asString("")));
    }

    // ---- What is asked ---------------------------------------------------------------------------------------------

    private void proceed(Gate gate) {
        gate.release(outlet::toClient);
        account(gate);
        if (gate.over()) {
            finish(gate);
        } else {
            ask(gate, false);
        }
    }

    private void ask(Gate gate, boolean atOnce) {
        String text = gate.due(atOnce);
        if (text == null) {
            if (gate.unasked() && !timers.containsKey(gate)) {
                timers.put(gate, floor.lane().schedule(() -> floor.post(() -> paused(gate)), PAUSE));
            }
            return;
        }
        stop(gate);
        if (ownWords.begin(text)) {
            gate.allow();
            proceed(gate);
        } else {
            panel.ask(guardrail -> guardrail.output(text, floor.session()), verdict -> answered(gate, verdict));
        }
    }

    private void paused(Gate gate) {
        stop(gate);
        ask(gate, true);
    }

    private void stop(Gate gate) {
        Runnable timer = timers.remove(gate);
        if (timer != null) {
            timer.run();
        }
    }

    private void answered(Gate gate, Verdict verdict) {
        if (gate.isCut() || !gates.containsValue(gate)) {
            return;
        }
        if (verdict instanceof Verdict.Block block) {
            LOG.info(
                    "Session {}: an answer is cut off by a guardrail",
                    floor.session().id());
            cut(gate);
            apologise(block.say());
        } else {
            gate.allow();
            proceed(gate);
        }
    }

    private void apologise(String words) {
        if (!words.isEmpty() && apologies++ < APOLOGIES) {
            outlet.want(ResponseWish.say(words, floor.provider().verbatim(), response -> {}));
        }
    }

    // ---- What the user said before ---------------------------------------------------------------------------------

    /** What the user said may be answered. */
    void allowedInput(String input) {
        List.copyOf(gates.values()).forEach(gate -> {
            if (gate.allowedInput(input)) {
                proceed(gate);
            }
        });
    }

    /** What the user said may not be answered. */
    void blockedInput(String input) {
        List.copyOf(gates.values()).forEach(gate -> {
            if (gate.allowedInput(input)) {
                cut(gate);
            }
        });
    }

    // ---- What ends -------------------------------------------------------------------------------------------------

    private void cut(Gate gate) {
        stop(gate);
        List<Event> ends = gate.cut();
        cutResponses.add(gate.responseId());
        account(gate);
        if (!gate.alone()) {
            outlet.interrupt();
        } else if (!gate.done()) {
            ObjectNode cancel = Json.object().put("type", EventType.RESPONSE_CANCEL.name());
            outlet.toProvider(ControlEvent.of(cancel.put("response_id", gate.responseId())));
        }
        // Not before the interruption, which goes by what was generated.
        tellDropped(gate);
        ends.forEach(outlet::toClient);
        if (gate.over()) {
            finish(gate);
        }
    }

    private void tellDropped(Gate gate) {
        gate.dropped().forEach(outlet::dropped);
    }

    private void finish(Gate gate) {
        gates.remove(gate.responseId());
        formats.remove(gate);
        stop(gate);
        if (!gate.isCut()) {
            apologies = 0;
            return;
        }
        cutItems.addAll(gate.items());
        for (String item : gate.unheard()) {
            if (!gate.alone()) {
                // What the user has not heard was not said.
                deletions.delete(item, gate.known(item));
            }
        }
    }

    /** Drops what waits of an item's audio; answers how many bytes of audio that was. */
    long drop(ItemKey item) {
        long dropped =
                gates.values().stream().mapToLong(gate -> gate.dropAudio(item)).sum();
        account(null);
        return dropped;
    }

    /** Takes room for what waits, or gives it back; cuts the response off for which there is none. */
    private void account(@Nullable Gate cause) {
        long now = gates.values().stream().mapToLong(Gate::bytes).sum();
        long more = now - bytes;
        boolean room = true;
        if (more > 0) {
            room = now <= MOST && floor.room().take(more);
            bytes = room ? now : bytes;
        } else if (more < 0) {
            floor.room().giveBack(-more);
            bytes = now;
        }
        if (!room && cause != null) {
            LOG.warn(
                    "Session {}: more waits for a guardrail than may be kept",
                    floor.session().id());
            cut(cause);
            panel.fail(verdict -> {
                if (verdict instanceof Verdict.Block block) {
                    apologise(block.say());
                }
            });
        }
    }

    /** The session has ended. */
    void ended() {
        List.copyOf(timers.keySet()).forEach(this::stop);
        floor.room().giveBack(bytes);
        bytes = 0;
        gates.clear();
        formats.clear();
    }
}
