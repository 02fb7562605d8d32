package dev.parley.guardrail.gate;

import dev.parley.RealtimeAudioFormat;
import dev.parley.protocol.AudioEvent;
import dev.parley.protocol.ControlEvent;
import dev.parley.protocol.Event;
import dev.parley.protocol.EventType;
import dev.parley.protocol.ItemKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The gate of one response: its events wait here, and leave in the order in which they came. An event leaves when all
 * words that came up to it are allowed; audio, moreover, when its own words are, see {@link Part#audible}. Has no clock
 * and asks nobody. Lane only.
 */
final class Gate {
    /** After how many characters more the guardrails are asked again. */
    private static final int STEP = 60;
    /** What an event takes beside its bytes. */
    private static final int OBJECTS = 256;

    private static final String ENDS = ".!?;:\u2026\u3002\uFF01\uFF1F\uFF1B\n";

    private static final Set<String> CANCELLED = Set.of("turn_detected", "client_cancelled");

    /** An event that waits, and what must have been allowed before it leaves. */
    private record Waiting(
            Event event, long words, @Nullable Part audioOf, long audioEnd, List<Given> gives) {
        int size() {
            return event.wire().length() + OBJECTS;
        }
    }

    /** The words of a part that the client gets with an event. */
    private record Given(Part part, Said words) {}

    private final String responseId;
    private final boolean alone;
    private final boolean judged;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final StringBuilder text = new StringBuilder();
    private final Map<ItemKey, Part> parts = new LinkedHashMap<>();
    /** The ids of its items; true: the client knows it. */
    private final Map<String, Boolean> items = new HashMap<>();
    /** What the user said that must be allowed first. */
    private final Set<String> inputs = new HashSet<>();
    /** The parts of which audio was dropped, of which nobody has been told. */
    private final Set<ItemKey> dropped = new LinkedHashSet<>();

    private @Nullable ItemKey speaking;
    private @Nullable Part latest;
    private long allowed;
    private long asked;
    private boolean asking;
    private boolean cut;
    private boolean done;
    private boolean ended;
    private boolean left;
    private long bytes;

    /**
     * The gate of a response that begins.
     *
     * @param alone whether it stands outside the conversation
     * @param judged whether its words are to be allowed
     */
    Gate(String responseId, boolean alone, boolean judged) {
        this.responseId = responseId;
        this.alone = alone;
        this.judged = judged;
    }

    // ---- What comes ------------------------------------------------------------------------------------------------

    /** Whether this audio is of an item of this response; makes nothing to find that out but for the first of a part. */
    boolean has(AudioEvent audio) {
        ItemKey now = speaking;
        if (now != null && audio.belongsTo(now)) {
            return true;
        }
        ItemKey item = audio.item();
        return item != null && items.containsKey(item.itemId());
    }

    boolean has(String itemId) {
        return items.containsKey(itemId);
    }

    /**
     * Takes audio.
     *
     * @param format how it is written if its part begins with it
     * @return whether it may go on at once; otherwise a copy of it waits, or, after a cut, nothing of it
     */
    boolean take(AudioEvent audio, RealtimeAudioFormat format) {
        ItemKey item = speaking;
        if (item == null || !audio.belongsTo(item)) {
            item = Optional.ofNullable(audio.item()).orElseGet(() -> new ItemKey("", 0));
            speaking = item;
            items.putIfAbsent(item.itemId(), false);
        }
        if (cut) {
            dropped.add(item);
            return false;
        }
        Part part = part(item);
        long end = part.hear(audio.audioBytes(), format);
        if (waiting.isEmpty() && free(text.length(), part, end)) {
            part.giveAudio();
            return true;
        }
        add(new Waiting(audio.copy(), text.length(), part, end, List.of()));
        return false;
    }

    /** Takes any other event: what may go on at once, or null. Otherwise a copy of it waits. */
    @Nullable
    Event take(ControlEvent event) {
        learn(event);
        if (cut) {
            return Redaction.of(event, this);
        }
        List<Given> gives = new ArrayList<>(1);
        for (Said said : Said.of(event)) {
            Part part = part(said.part());
            String more = part.news(said);
            if (!more.isEmpty()) {
                if (latest != null && !latest.equals(part)) {
                    text.append('\n');
                }
                latest = part;
                text.append(more);
            }
            part.say(said, more, text.length());
            gives.add(new Given(part, said));
        }
        if (done) {
            parts.values().forEach(Part::end);
        }
        Waiting now = new Waiting(event, text.length(), null, 0, gives);
        if (waiting.isEmpty() && free(now.words(), null, 0)) {
            give(now);
            return event;
        }
        add(new Waiting(event.copy(), now.words(), null, 0, gives));
        return null;
    }

    private void learn(ControlEvent event) {
        if (event.type().equals(EventType.RESPONSE_DONE)) {
            done = true;
            JsonNode response = event.jsonOrEmpty().path("response");
            response.path("output")
                    .forEach(item -> items.putIfAbsent(item.path("id").asString(""), false));
            if (endedBySomebody(response)) {
                // Nobody waits for the rest.
                ended = true;
                waiting.forEach(this::noteDropped);
                dropAudio(null);
            }
        } else if (event.jsonOrEmpty().path("item").path("id").isString()) {
            items.putIfAbsent(event.jsonOrEmpty().path("item").path("id").asString(), false);
        }
    }

    /** Whether a response was cancelled; one that failed, or that is as long as it may be, is heard as far as it goes. */
    private static boolean endedBySomebody(JsonNode response) {
        return response.path("status").asString("").equals("cancelled")
                || CANCELLED.contains(
                        response.path("status_details").path("reason").asString(""));
    }

    private Part part(ItemKey item) {
        return parts.computeIfAbsent(item, key -> new Part());
    }

    private void add(Waiting next) {
        waiting.add(next);
        bytes += next.size();
    }

    // ---- What leaves -----------------------------------------------------------------------------------------------

    /** Lets go what may leave. */
    void release(Consumer<Event> client) {
        for (Waiting first = waiting.peek();
                first != null && free(first.words(), first.audioOf(), first.audioEnd());
                first = waiting.peek()) {
            waiting.remove();
            bytes -= first.size();
            give(first);
            client.accept(first.event());
        }
    }

    private boolean free(long words, @Nullable Part audioOf, long audioEnd) {
        return inputs.isEmpty()
                && (!judged || (words <= allowed && (audioOf == null || audioOf.audible(audioEnd, words))));
    }

    private void give(Waiting next) {
        if (next.audioOf() != null) {
            next.audioOf().giveAudio();
        }
        next.gives().forEach(given -> given.part().give(given.words()));
        if (next.event() instanceof ControlEvent event) {
            left |= event.type().equals(EventType.RESPONSE_DONE);
            if (event.type().equals(EventType.OUTPUT_ITEM_ADDED)) {
                items.put(event.jsonOrEmpty().path("item").path("id").asString(""), true);
            }
        }
    }

    // ---- What is asked ---------------------------------------------------------------------------------------------

    /** Waits until this of what the user said is allowed. */
    void awaits(String input) {
        inputs.add(input);
    }

    /** What the user said is allowed; answers whether this waited for it. */
    boolean allowedInput(String input) {
        return inputs.remove(input);
    }

    /**
     * What is to be asked now; null: nothing.
     *
     * @param atOnce whether to ask though few words have come
     */
    @Nullable
    String due(boolean atOnce) {
        long open = text.length() - allowed;
        if (!judged || cut || asking || open <= 0) {
            return null;
        }
        boolean ended = done || (latest != null && latest.ended()) || sentenceEnded();
        if (!atOnce && !ended && open < STEP) {
            return null;
        }
        asking = true;
        asked = text.length();
        return text.toString();
    }

    private boolean sentenceEnded() {
        int last = text.length() - 1;
        while (last > 0 && text.charAt(last) == ' ') {
            last--;
        }
        return ENDS.indexOf(text.charAt(last)) >= 0;
    }

    /** Whether there are words that nobody was asked about, and nobody is. */
    boolean unasked() {
        return judged && !cut && !asking && text.length() > allowed;
    }

    /** What was asked about is allowed. */
    void allow() {
        asking = false;
        allowed = asked;
        parts.values().forEach(part -> part.allow(allowed));
    }

    /** Whether there is audio without words, about which nobody can be asked. */
    boolean mute() {
        return judged && !cut && !ended && parts.values().stream().anyMatch(Part::mute);
    }

    // ---- When it is cut --------------------------------------------------------------------------------------------

    /** Cuts it off: nothing that waits is heard; answers what the client gets of it, so that what it knows of ends. */
    List<Event> cut() {
        cut = true;
        inputs.clear();
        List<Event> ends = new ArrayList<>();
        for (Waiting each : waiting) {
            if (each.event() instanceof ControlEvent event) {
                Event redacted = Redaction.of(event, this);
                if (redacted != null) {
                    ends.add(redacted);
                }
            }
            noteDropped(each);
        }
        waiting.clear();
        bytes = 0;
        return ends;
    }

    boolean isCut() {
        return cut;
    }

    private void noteDropped(Waiting each) {
        if (each.event() instanceof AudioEvent audio) {
            Optional.ofNullable(audio.item()).ifPresent(dropped::add);
        }
    }

    /** The parts of which audio was dropped by this gate's own doing since this was asked last. */
    List<ItemKey> dropped() {
        if (dropped.isEmpty()) {
            return List.of();
        }
        List<ItemKey> all = List.copyOf(dropped);
        dropped.clear();
        return all;
    }

    /** Drops the audio of an item that waits, or of all; answers how many bytes of audio that was. */
    long dropAudio(@Nullable ItemKey item) {
        long dropped = 0;
        for (Iterator<Waiting> all = waiting.iterator(); all.hasNext(); ) {
            Waiting each = all.next();
            if (each.event() instanceof AudioEvent audio && (item == null || audio.belongsTo(item))) {
                all.remove();
                bytes -= each.size();
                dropped += audio.audioBytes();
            }
        }
        return dropped;
    }

    /** The items with words of which no audio has gone to the client. */
    List<String> unheard() {
        Set<String> unheard = new LinkedHashSet<>();
        parts.keySet().forEach(item -> unheard.add(item.itemId()));
        parts.forEach((item, part) -> {
            if (part.audioGiven()) {
                unheard.remove(item.itemId());
            }
        });
        unheard.remove("");
        return List.copyOf(unheard);
    }

    /** All items of the response. */
    Set<String> items() {
        Set<String> all = new HashSet<>(items.keySet());
        parts.keySet().forEach(part -> all.add(part.itemId()));
        all.remove("");
        return all;
    }

    /** Whether the client has been told of an item. */
    boolean known(String itemId) {
        return items.getOrDefault(itemId, false);
    }

    /** The words of a part that the client got. */
    String given(ItemKey item) {
        Part part = parts.get(item);
        return part == null ? "" : part.given();
    }

    // ---- What it is ------------------------------------------------------------------------------------------------

    String responseId() {
        return responseId;
    }

    boolean alone() {
        return alone;
    }

    long bytes() {
        return bytes;
    }

    /** Whether the provider has told its end. */
    boolean done() {
        return done;
    }

    /** Whether its end has gone to the client. */
    boolean over() {
        return left || (cut && done);
    }
}
