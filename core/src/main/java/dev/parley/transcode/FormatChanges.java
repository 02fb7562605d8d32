package dev.parley.transcode;

import dev.parley.RealtimeAudioFormat;
import dev.parley.protocol.ControlEvent;
import dev.parley.protocol.Ids;
import dev.parley.provider.Capabilities;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The formats that a client has asked for by {@code session.update}, and which of that holds: for input from the update on,
 * for output from the {@code session.updated} on, and not at all after an error that answers the update. Lane only.
 */
final class FormatChanges {
    /** How many unanswered updates are remembered; more than that, and the first is taken to have worked. */
    private static final int MOST = 16;

    /**
     * An update that was not answered yet.
     *
     * @param eventId by which an error would name it; empty: it has none, and changes nothing here
     * @param named whether that id was given here
     * @param input what follows for input, if anything
     * @param output what follows for output, if anything
     */
    private record Change(
            String eventId,
            boolean named,
            @Nullable Route input,
            @Nullable Route output) {}

    private final Capabilities provider;
    private final RandomGenerator random;
    private final InputAudio input;
    private final OutputAudio output;
    private final Deque<Change> open = new ArrayDeque<>();
    /** That of input, without what is not answered. */
    private Route settled;

    FormatChanges(Capabilities provider, RandomGenerator random, InputAudio input, OutputAudio output) {
        this.provider = provider;
        this.random = random;
        this.input = input;
        this.output = output;
        this.settled = input.route();
    }

    // ---- To the provider -------------------------------------------------------------------------------------------

    /** The session's own first update goes out, before all that the client has sent. */
    void first(ControlEvent event) {
        open.addFirst(new Change(Objects.requireNonNullElse(event.eventId(), ""), false, null, null));
    }

    /** A {@code session.update}: as it is to be sent. */
    ControlEvent asked(ControlEvent event) {
        JsonNode audio = event.jsonOrEmpty().path("session").path("audio");
        Route in = wish(audio.path("input").path("format"), provider.inputFormats(), input.route());
        Route out = wish(audio.path("output").path("format"), provider.outputFormats(), output.route());
        boolean changesInput = in != null && (in.converts() || input.converts());
        boolean changesOutput = out != null && (out.converts() || output.route().converts());
        if (!changesInput && !changesOutput) {
            // It is answered like any other, and the answers come in order.
            keep(new Change(Objects.requireNonNullElse(event.eventId(), ""), false, null, null));
            return event;
        }
        ObjectNode json = event.json().deepCopy();
        replace(json.path("session"), "input", in);
        replace(json.path("session"), "output", out);
        String id = event.eventId();
        boolean nameless = id == null;
        if (nameless) {
            id = Ids.next("event", random);
            json.put("event_id", id);
        }
        keep(new Change(id == null ? "" : id, nameless, changesInput ? in : null, changesOutput ? out : null));
        return ControlEvent.of(json);
    }

    /** The route for a format that is asked for; null where none is, and the present one where nobody knows it. */
    static @Nullable Route wish(JsonNode format, Set<RealtimeAudioFormat> natives, Route now) {
        if (format.isMissingNode() || format.isNull()) {
            return null;
        }
        return RealtimeAudioFormat.of(format)
                .filter(known -> natives.contains(known) || Route.coding(known).known())
                .map(known -> Route.of(known, natives))
                .orElse(Route.same(now.client()));
    }

    private static void replace(JsonNode session, String direction, @Nullable Route route) {
        if (route != null && route.converts()) {
            ((ObjectNode) session.path("audio").path(direction))
                    .set("format", route.provider().json());
        }
    }

    private void keep(Change change) {
        open.add(change);
        if (open.size() > MOST) {
            settle(open.remove());
        }
        follow();
    }

    /** The update that was asked for last has not been sent after all. */
    void unsent(ControlEvent event) {
        if (!open.isEmpty() && open.getLast().eventId().equals(Objects.requireNonNullElse(event.eventId(), ""))) {
            open.removeLast();
            follow();
        }
    }

    /** What is asked for holds for input at once, since the provider reads it before what follows. */
    private void follow() {
        Route last = settled;
        for (Change change : open) {
            last = change.input() == null ? last : change.input();
        }
        input.route(last);
    }

    private void settle(Change change) {
        settled = change.input() == null ? settled : change.input();
        if (change.output() != null) {
            output.route(change.output());
        }
    }

    // ---- From the provider -----------------------------------------------------------------------------------------

    /** A {@code session.created} or {@code session.updated}: as the client is to see it. */
    ControlEvent told(ControlEvent event, boolean updated) {
        Change answered = updated ? open.poll() : null;
        if (answered != null) {
            settle(answered);
        }
        JsonNode session = event.jsonOrEmpty().path("session");
        boolean wished = answered != null && answered.output() != null;
        output.route(learned(output.route(), wished, session, "output", provider.outputFormats()));
        if (open.stream().allMatch(change -> change.input() == null)) {
            wished = answered != null && answered.input() != null;
            settled = learned(settled, wished, session, "input", provider.inputFormats());
        }
        follow();
        if (!settled.converts() && !output.route().converts()) {
            return event;
        }
        ObjectNode json = event.json().deepCopy();
        show(json, "input", settled);
        if (!session.path("type").asString("").equals("transcription")) {
            show(json, "output", output.route());
        }
        return ControlEvent.of(json);
    }

    /** What the provider says of itself holds; what it says of a client that it knows as it is, does, too. */
    private static Route learned(
            Route now, boolean wished, JsonNode session, String direction, Set<RealtimeAudioFormat> natives) {
        return RealtimeAudioFormat.of(session.path("audio").path(direction).path("format"))
                .filter(natives::contains)
                .map(said -> now.converts() || wished ? new Route(now.client(), said) : Route.same(said))
                .orElse(now);
    }

    private static void show(ObjectNode event, String direction, Route route) {
        if (route.converts() && event.path("session") instanceof ObjectNode session) {
            session.withObject("/audio/" + direction)
                    .set("format", route.client().json());
        }
    }

    /** An {@code error}: as the client is to see it. */
    ControlEvent refused(ControlEvent event) {
        if (open.isEmpty()) {
            return event;
        }
        JsonNode error = event.jsonOrEmpty().path("error");
        String cause = error.path("event_id").asString("");
        if (cause.isEmpty() && !error.path("param").asString("").startsWith("session.")) {
            // An update without an id is known by what the error is about; of any other update there would be the id.
            return event;
        }
        for (Iterator<Change> each = open.iterator(); each.hasNext(); ) {
            Change change = each.next();
            if (change.eventId().equals(cause)) {
                each.remove();
                follow();
                return change.named() ? nameless(event) : event;
            }
        }
        return event;
    }

    /** An error without the id that the event it is about was given here. */
    static ControlEvent nameless(ControlEvent event) {
        ObjectNode json = event.json().deepCopy();
        if (json.path("error") instanceof ObjectNode error) {
            error.putNull("event_id");
        }
        return ControlEvent.of(json);
    }
}
