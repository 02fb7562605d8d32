package dev.parley.guardrail.gate;

import dev.parley.guardrail.Verdict;
import dev.parley.leg.CloseReason;
import dev.parley.leg.Failure;
import dev.parley.protocol.ControlEvent;
import dev.parley.protocol.ErrorDetail;
import dev.parley.protocol.Event;
import dev.parley.protocol.EventType;
import dev.parley.protocol.Ids;
import dev.parley.session.Floor;
import dev.parley.turn.ResponseWish;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the user says and types, each of which must be allowed before a response may answer to it. It is in the conversation
 * meanwhile; what waits is every request for a response. Lane only.
 */
final class InputGate {
    /** How long a transcript may take to come. */
    static final Duration TRANSCRIPT = Duration.ofSeconds(10);

    /** Parley's own event, which does not go to the provider. */
    private static final EventType PLAYBACK = EventType.of("playback.position");
    /** How much of what the user says may wait to be allowed. */
    private static final int MOST = 64;

    private static final Logger LOG = LoggerFactory.getLogger(InputGate.class);

    private final Floor floor;
    private final Panel panel;
    private final Outlet outlet;
    private final OutputGate answers;
    private final Deletions deletions;
    private final SessionRules rules;
    private final Map<String, Input> open = new LinkedHashMap<>();
    /** Items that were allowed once. */
    private final Set<String> allowed = Deletions.latest();

    private final Commits commits;
    private final RequestGate requests;
    private final HeldUpdates updates;
    private @Nullable Event kept;

    InputGate(Floor floor, Panel panel, Outlet outlet, OutputGate answers, Deletions deletions) {
        this.floor = floor;
        this.panel = panel;
        this.outlet = outlet;
        this.answers = answers;
        this.deletions = deletions;
        this.rules = new SessionRules(floor.config());
        this.commits = new Commits(floor, TRANSCRIPT, this::lost);
        this.requests = new RequestGate(floor, panel, outlet, this::nothingOpen);
        this.updates = new HeldUpdates(floor, panel, this::allowedUpdate, requests::release);
    }

    void began() {
        if (!floor.provider().turns()) {
            unguarded("the provider has no turns that could wait for a guardrail");
        } else if (!floor.provider().answersOnDemand()) {
            unguarded("the provider answers what the user says before a guardrail could read it");
        } else if (!floor.config().transcribes()) {
            unguarded("no model is known that makes transcripts for the guardrails; name a transcriptionModel");
        } else {
            requests.release();
        }
    }

    private void unguarded(String why) {
        floor.end(CloseReason.of(Failure.UNGUARDED, why));
    }

    /** What is in the conversation and not allowed yet. */
    Collection<String> open() {
        return open.values().stream()
                .filter(input -> input.committed)
                .map(input -> input.itemId)
                .toList();
    }

    // ---- What the client sends -------------------------------------------------------------------------------------

    /** An event of the client: what goes on in its place, or null. */
    @Nullable
    Event fromClient(ControlEvent event) {
        if (event.type().equals(PLAYBACK)) {
            return event;
        }
        if (EventType.known(event.type().name()).isEmpty()) {
            refuse(
                    event,
                    "The event '" + event.type().name()
                            + "' is none of OpenAI Realtime, and what it does is not known.",
                    "type");
            return null;
        }
        return updates.takes(event) ? null : written(event);
    }

    /** An update that is allowed goes on; so may what waited for it. */
    private void allowedUpdate(ControlEvent event) {
        ControlEvent written = written(event);
        if (written != null) {
            outlet.toProvider(written);
        }
    }

    /** An event of the client, written anew; null if it is refused. */
    private @Nullable ControlEvent written(ControlEvent event) {
        // So that the provider reads what was read here, fields that are there twice included.
        ObjectNode json = event.jsonOrEmpty().deepCopy();
        if (json.get("session") instanceof ObjectNode session) {
            ErrorDetail fault = rules.keep(session, true);
            if (fault != null) {
                floor.tellClient(fault, event.eventId());
                return null;
            }
        }
        EventType type = event.type();
        if (type.equals(EventType.ITEM_CREATE) && json.get("item") instanceof ObjectNode item) {
            if (open.size() >= MOST) {
                floor.tellClient(
                        ErrorDetail.server("input_buffer_full", "More items wait for a guardrail than may be kept."),
                        event.eventId());
                return null;
            }
            typed(item, true);
        } else if (type.equals(EventType.RESPONSE_CREATE)) {
            ErrorDetail fault = requests.fromClient(json);
            if (fault != null) {
                floor.tellClient(fault, event.eventId());
                return null;
            }
        }
        ControlEvent written = ControlEvent.of(json);
        kept = written;
        return written;
    }

    private void refuse(ControlEvent event, String message, String param) {
        floor.tellClient(ErrorDetail.invalid("not_allowed", message, param), event.eventId());
    }

    // ---- What goes to the provider ---------------------------------------------------------------------------------

    /** An event on its way to the provider, whoever sends it: what goes in its place, or null if it waits. */
    @Nullable
    Event toProvider(Event event) {
        if (!(event instanceof ControlEvent control)) {
            return event;
        }
        EventType type = control.type();
        if (type.equals(EventType.RESPONSE_CREATE)) {
            return requests.toProvider(control);
        }
        if (type.equals(EventType.INPUT_AUDIO_COMMIT)) {
            ControlEvent commit = requests.named(control);
            commits.sent(String.valueOf(commit.eventId()));
            return commit;
        }
        if (type.equals(EventType.ITEM_CREATE)) {
            ObjectNode json = control.jsonOrEmpty().deepCopy();
            if (json.get("item") instanceof ObjectNode item
                    && item.path("role").asString("").equals("user")) {
                typed(item, false);
                return ControlEvent.of(json);
            }
        }
        return event.equals(kept) || !control.jsonOrEmpty().path("session").isObject() ? event : update(control);
    }

    /** An update by the application. */
    private @Nullable Event update(ControlEvent event) {
        ObjectNode json = event.jsonOrEmpty().deepCopy();
        ErrorDetail fault = json.get("session") instanceof ObjectNode session ? rules.keep(session, false) : null;
        if (fault == null) {
            return ControlEvent.of(json);
        }
        LOG.error(
                "Session {}: an update by the application may not change {}",
                floor.session().id(),
                fault.param());
        return null;
    }

    private boolean nothingOpen() {
        return commits.isEmpty()
                && updates.isEmpty()
                && !deletions.open()
                && open.values().stream().noneMatch(input -> input.committed);
    }

    // ---- What the provider tells -----------------------------------------------------------------------------------

    /** Follows an event of the provider. */
    void fromProvider(ControlEvent event) {
        EventType type = event.type();
        JsonNode json = event.jsonOrEmpty();
        String itemId = json.path("item_id").asString("");
        if (type.equals(EventType.INPUT_AUDIO_COMMITTED)) {
            committed(itemId);
        } else if (type.equals(EventType.INPUT_TRANSCRIPT_COMPLETED)) {
            spoken(itemId, json.path("transcript").asString(""));
        } else if (type.equals(EventType.INPUT_TRANSCRIPT_FAILED)) {
            failed(itemId);
        } else if (type.equals(EventType.ITEM_DELETED)) {
            deleted(itemId);
        } else if (type.equals(EventType.SESSION_UPDATED)) {
            if (!SessionRules.kept(json.path("session"))) {
                unguarded("the provider answers by itself or makes no transcripts, whatever it is told");
            }
        } else if (type.equals(EventType.RESPONSE_CREATED)) {
            begins();
        } else if (type.equals(EventType.ERROR)) {
            String cause = json.path("error").path("event_id").asString("");
            requests.failed(cause);
            if (commits.refused(cause, json.path("error").path("code").asString(""))) {
                requests.release();
            }
        }
    }

    /** A response that nobody asked for, while something is open, answers to that. */
    private void begins() {
        if (!requests.begins() && !open().isEmpty()) {
            unguarded("the provider answers by itself, though it was told not to");
        }
    }

    private Input input(String itemId) {
        requests.news();
        return open.computeIfAbsent(itemId, Input::new);
    }

    private void committed(String itemId) {
        boolean detected = !commits.answered();
        Input input = input(itemId);
        input.committed = true;
        input.automatic = detected && rules.automatic() && !allowed.contains(itemId);
        input.expected |= !detected;
        if (!input.transcribed) {
            await(input);
        }
        settle(input);
    }

    private void await(Input input) {
        input.unheard = true;
        input.timer.run();
        input.timer = floor.lane().schedule(() -> floor.post(() -> late(input)), TRANSCRIPT);
    }

    private void late(Input input) {
        if (input.unheard) {
            LOG.warn(
                    "Session {}: no transcript of what was said has come, which blocks",
                    floor.session().id());
            fail(input);
        }
    }

    private void fail(Input input) {
        input.transcribed = true;
        input.unheard = false;
        input.asked++;
        panel.fail(verdict -> answered(input, verdict));
    }

    /** A commit was not answered: nobody knows what is in the conversation. */
    private void lost() {
        panel.fail(verdict -> requests.blocked(verdict instanceof Verdict.Block block ? block.say() : "", true));
    }

    private void spoken(String itemId, String transcript) {
        if (open.size() >= MOST && !open.containsKey(itemId)) {
            return;
        }
        Input input = input(itemId);
        // One that was allowed, and of which another transcript comes, is in the conversation.
        input.committed |= allowed.contains(itemId);
        input.transcribed = true;
        input.unheard = false;
        ask(input, transcript);
    }

    private void failed(String itemId) {
        Input input = input(itemId);
        input.committed |= allowed.contains(itemId);
        fail(input);
    }

    /** An item that somebody adds, who gives it an id if he has not. */
    private void typed(ObjectNode item, boolean byClient) {
        String text = UserText.ofItem(item);
        boolean speech = UserText.speech(item);
        String given = item.path("id").asString("");
        if ((text.isEmpty() && !speech) || (!byClient && !given.isEmpty() && open.containsKey(given))) {
            return;
        }
        if (given.isEmpty()) {
            item.put("id", Ids.next("item", floor.lane().random()));
        }
        Input input = input(item.path("id").asString());
        input.expected |= byClient;
        input.committed = true;
        if (!text.isEmpty()) {
            ask(input, text);
        }
        if (speech) {
            // What it says of its own speech is not to be trusted.
            await(input);
        }
    }

    private void ask(Input input, String text) {
        input.asked++;
        panel.ask(guardrail -> guardrail.input(text, floor.session()), verdict -> answered(input, verdict));
    }

    private void answered(Input input, Verdict verdict) {
        input.asked--;
        if (!(input.verdict instanceof Verdict.Block)) {
            input.verdict = verdict;
        }
        settle(input);
    }

    // ---- What becomes of it ----------------------------------------------------------------------------------------

    private void settle(Input input) {
        if (!input.settled() || !input.equals(open.get(input.itemId))) {
            return;
        }
        open.remove(input.itemId);
        input.timer.run();
        if (input.verdict instanceof Verdict.Block block) {
            blocked(input, block);
        } else {
            allowed.add(input.itemId);
            answers.allowedInput(input.itemId);
            requests.release();
            if (input.automatic) {
                outlet.want(ResponseWish.next());
            }
        }
    }

    private void blocked(Input input, Verdict.Block block) {
        LOG.info(
                "Session {}: what the user said is blocked by a guardrail",
                floor.session().id());
        if (allowed.contains(input.itemId)) {
            // Its answer may be under way.
            outlet.interrupt();
        }
        answers.blockedInput(input.itemId);
        deletions.delete(input.itemId, true);
        requests.blocked(block.say(), input.expected);
    }

    private void deleted(String itemId) {
        Input input = open.remove(itemId);
        if (input != null) {
            input.timer.run();
            // Not that a race makes it heard what nobody has allowed.
            answers.blockedInput(itemId);
            requests.release();
        }
    }

    /** The session has ended. */
    void ended() {
        open.values().forEach(input -> input.timer.run());
        commits.ended();
    }
}
