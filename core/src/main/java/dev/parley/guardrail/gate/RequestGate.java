package dev.parley.guardrail.gate;

import dev.parley.guardrail.Verdict;
import dev.parley.protocol.ControlEvent;
import dev.parley.protocol.ErrorDetail;
import dev.parley.protocol.Ids;
import dev.parley.session.Floor;
import dev.parley.turn.ResponseWish;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The requests for responses of a session, the client's and the gateway's: they wait until all that the user said is
 * allowed, and the text that they bring along. Lane only.
 */
final class RequestGate {
    /** How many requests of the client may wait elsewhere. */
    private static final int MOST = 64;

    private static final String BLOCKED = "A guardrail does not allow an answer to this.";
    private static final Logger LOG = LoggerFactory.getLogger(RequestGate.class);

    private final Floor floor;
    private final Panel panel;
    private final Outlet outlet;
    private final BooleanSupplier allAllowed;
    private final HeldRequests held = new HeldRequests();
    /** The ids of requests that the provider has not answered. */
    private final Set<String> requested = Deletions.latest();
    /** By the ids of the client's requests that have not come by yet: the texts that they bring along. */
    private final Map<String, String> texts = new LinkedHashMap<>();
    /** Whether the next request of the client is for what was blocked before it came. */
    private boolean refusing;

    /**
     * A gate with nothing before it.
     *
     * @param allAllowed whether all that the user said is allowed
     */
    RequestGate(Floor floor, Panel panel, Outlet outlet, BooleanSupplier allAllowed) {
        this.floor = floor;
        this.panel = panel;
        this.outlet = outlet;
        this.allAllowed = allAllowed;
    }

    // ---- What comes ------------------------------------------------------------------------------------------------

    /** Notes a request of the client, and what it brings along; answers why it may not be made, or null. */
    @Nullable
    ErrorDetail fromClient(ObjectNode request) {
        JsonNode response = request.path("response");
        if (UserText.speech(response.path("input"))) {
            return ErrorDetail.invalid(
                    "not_allowed",
                    "Speech in the input of a response has no transcript that a guardrail could check.",
                    "response.input");
        }
        if (response instanceof ObjectNode object) {
            // Words of the application's alone, which no guardrail is asked about.
            object.remove("parley");
        }
        String id = name(request);
        if (texts.size() >= MOST || texts.containsKey(id)) {
            return ErrorDetail.invalid(
                    "not_allowed", "Another request with this event_id waits already, or too many do.", "event_id");
        }
        texts.put(id, UserText.ofResponse(response));
        return null;
    }

    private String name(ObjectNode event) {
        if (!event.path("event_id").isString()) {
            event.put("event_id", Ids.next("event", floor.lane().random()));
        }
        return event.path("event_id").asString();
    }

    /** The same event, if it has an id, else one like it that has. */
    ControlEvent named(ControlEvent event) {
        if (event.eventId() != null) {
            return event;
        }
        ObjectNode json = event.jsonOrEmpty().deepCopy();
        name(json);
        return ControlEvent.of(json);
    }

    /** A request on its way to the provider: what goes in its place, or null if it waits. */
    @Nullable
    ControlEvent toProvider(ControlEvent event) {
        ControlEvent request = named(event);
        String id = String.valueOf(request.eventId());
        boolean byClient = texts.containsKey(id);
        String text = Optional.ofNullable(texts.remove(id)).orElse("");
        boolean about = HeldRequests.aboutConversation(request);
        if (byClient && about && refusing) {
            refusing = false;
            // Later, since it counts as sent only when this returns.
            floor.post(() -> refused(id, true, BLOCKED));
            return null;
        }
        if (text.isEmpty() && (!about || (held.isEmpty() && allAllowed.getAsBoolean()))) {
            requested.add(id);
            return request;
        }
        Optional<HeldRequests.Held> waiting = held.add(request, byClient, !text.isEmpty());
        if (waiting.isEmpty()) {
            floor.post(() -> refused(id, byClient, "More requests for responses wait than may be kept."));
        } else if (!text.isEmpty()) {
            panel.ask(guardrail -> guardrail.input(text, floor.session()), verdict -> judged(waiting.get(), verdict));
        }
        return null;
    }

    /** A response begins; answers whether somebody had asked for one. */
    boolean begins() {
        if (requested.isEmpty()) {
            return false;
        }
        requested.remove(requested.iterator().next());
        return true;
    }

    /** The provider has refused an event. */
    void failed(String eventId) {
        requested.remove(eventId);
    }

    // ---- What becomes of them --------------------------------------------------------------------------------------

    private void judged(HeldRequests.Held waiting, Verdict verdict) {
        waiting.judged = false;
        if (verdict instanceof Verdict.Block block && held.remove(waiting)) {
            LOG.info(
                    "Session {}: a request is blocked by a guardrail",
                    floor.session().id());
            refused(waiting);
            say(block.say());
        }
        release();
    }

    /** Lets go what waits no more. */
    void release() {
        held.release(each -> !each.judged && (!each.aboutConversation || allAllowed.getAsBoolean()), each -> {
            requested.add(String.valueOf(each.request.eventId()));
            outlet.release(each.request);
        });
    }

    /**
     * What was said is blocked: nobody gets an answer to it, and something else is said.
     *
     * @param expected whether the client will ask for an answer, if it has not
     */
    void blocked(String say, boolean expected) {
        refusing = expected;
        held.refuse(this::refused);
        say(say);
        release();
    }

    /** The user says something new. */
    void news() {
        refusing = false;
    }

    private void say(String words) {
        if (!words.isEmpty()) {
            outlet.want(ResponseWish.say(words, floor.provider().verbatim(), response -> {}));
        }
    }

    private void refused(HeldRequests.Held request) {
        refusing &= !request.byClient;
        refused(String.valueOf(request.request.eventId()), request.byClient, BLOCKED);
    }

    private void refused(String id, boolean byClient, String message) {
        ErrorDetail error = ErrorDetail.invalid("blocked_by_guardrail", message, null);
        outlet.refused(error.event(Ids.next("event", floor.lane().random()), id), byClient);
    }
}
