package dev.parley.agent;

import dev.parley.VoiceAgent;
import dev.parley.protocol.ControlEvent;
import dev.parley.protocol.ErrorDetail;
import dev.parley.protocol.Event;
import dev.parley.protocol.EventType;
import dev.parley.protocol.Ids;
import dev.parley.protocol.Json;
import dev.parley.session.Floor;
import dev.parley.tool.RealtimeTool;
import dev.parley.turn.OwnEvents;
import dev.parley.turn.Requests;
import dev.parley.turn.ResponseWish;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The server's tools in an agent's session: their calls, and that clients see nothing of them. Lane only. */
final class ToolStage implements Stage {
    /** How many calls may be at work at once. */
    static final int MOST = 16;

    private static final Logger LOG = LoggerFactory.getLogger(ToolStage.class);

    private final Floor floor;
    private final VoiceAgent agent;
    private final AgentSession session;
    private final ToolDesk desk;
    private final ToolList tools;
    private final ClientRules rules;
    private final ToolVeil veil;
    private final OwnEvents own;
    private final Map<String, ToolDesk.Work> calls = new HashMap<>();
    /** The responses that stand beside the conversation, in which no tool can be answered. */
    private final Set<String> aside = new HashSet<>();

    private ToolRounds.State rounds = ToolRounds.State.NONE;

    /**
     * An agent's tools in a session.
     *
     * @param guards asked before a tool is called
     * @param session where results and wishes go
     */
    ToolStage(Floor floor, VoiceAgent agent, AgentObject object, GuardStage guards, AgentSession session) {
        this.floor = floor;
        this.agent = agent;
        this.session = session;
        ObjectNode config = floor.config().session().orElseGet(Json::object);
        this.tools = new ToolList(agent.tools().tools(), agent.remoteTools());
        tools.declareRest(config.path("tools"));
        this.rules = new ClientRules(tools, config.has("instructions") || config.has("prompt"));
        this.veil = new ToolVeil(tools, rules);
        this.own = new OwnEvents(floor.lane().random());
        this.desk = new ToolDesk(floor, object, guards, agent.approval());
    }

    // ---- What passes -----------------------------------------------------------------------------------------------

    @Override
    public @Nullable Event fromClient(Event event) {
        if (!(event instanceof ControlEvent control)) {
            return event;
        }
        ErrorDetail fault = rules.fault(control);
        fault = fault == null ? unseen(control.jsonOrEmpty()) : fault;
        if (fault != null) {
            floor.tellClient(fault, event.eventId());
            return null;
        }
        return rules.merged(control);
    }

    /** What a client asks of something that it cannot know. */
    private @Nullable ErrorDetail unseen(ObjectNode event) {
        String param = answered(event.path("item"), "item");
        int index = 0;
        for (JsonNode item : event.path("response").path("input")) {
            param = param == null ? answered(item, "response.input[" + index++ + "]") : param;
        }
        if (!agent.showsTools() && veil.hides(event.path("item_id").asString(""))) {
            param = "item_id";
        }
        return param == null
                ? null
                : ErrorDetail.invalid("invalid_value", "There is nothing of this id in the conversation.", param);
    }

    /** Where an item answers a call or a request that is the server's to answer, even where clients see it; or null. */
    private @Nullable String answered(JsonNode item, String at) {
        for (String field : List.of("call_id", "approval_request_id")) {
            if (veil.hides(item.path(field).asString(""))) {
                return at + "." + field;
            }
        }
        return null;
    }

    /** What goes on of an event of the application. */
    Event fromApplication(Event event) {
        if (!(event instanceof ControlEvent control) || !control.type().equals(EventType.SESSION_UPDATE)) {
            return event;
        }
        JsonNode set = control.jsonOrEmpty().path("session");
        if (set.has("instructions") || set.has("prompt")) {
            rules.instructionsSet();
        }
        return rules.merged(control);
    }

    @Override
    public @Nullable Event fromProvider(Event event) {
        if (!(event instanceof ControlEvent control)) {
            return event;
        }
        EventType type = control.type();
        if (own.caused(control)) {
            LOG.warn(
                    "The provider refused a request for the tools of session {}: {}",
                    floor.session().id(),
                    control.jsonOrEmpty().path("error").path("code").asString(""));
            return null;
        }
        if (type.equals(EventType.RESPONSE_CREATED)) {
            JsonNode response = control.jsonOrEmpty().path("response");
            if (response.path("conversation_id").isNull()) {
                aside.add(response.path("id").asString(""));
            } else {
                step(new ToolRounds.Input.Began(response.path("id").asString("")));
            }
        } else if (type.equals(EventType.OUTPUT_ITEM_DONE)) {
            JsonNode json = control.jsonOrEmpty();
            done(json.path("response_id").asString(""), json.path("item"));
        } else if (type.equals(EventType.SESSION_CREATED) || type.equals(EventType.SESSION_UPDATED)) {
            tools.learn(control.jsonOrEmpty().path("session").path("tools"));
        }
        Event shown = agent.showsTools() ? control : veil.shown(control);
        if (type.equals(EventType.RESPONSE_DONE)) {
            String id = control.jsonOrEmpty().path("response").path("id").asString("");
            if (!aside.remove(id)) {
                step(new ToolRounds.Input.Done(id));
            }
        }
        return shown;
    }

    // ---- Calls -----------------------------------------------------------------------------------------------------

    private void done(String responseId, JsonNode item) {
        switch (item.path("type").asString("")) {
            case "function_call" -> {
                boolean whole = !item.path("status").asString("").equals("incomplete");
                if (aside.contains(responseId) || !whole) {
                    return;
                }
                if (tools.declared(item.path("name").asString(""))) {
                    step(new ToolRounds.Input.Shared(responseId));
                } else {
                    call(responseId, item);
                }
            }
            case "mcp_approval_request" -> {
                if (tools.remote(item.path("server_label").asString(""))) {
                    veil.hide(item.path("id").asString(""));
                    desk.approve(item, approved -> send(approval(item, approved)));
                }
            }
            default -> {}
        }
    }

    private void call(String responseId, JsonNode item) {
        String callId = item.path("call_id").asString("");
        String name = item.path("name").asString("");
        if (callId.isEmpty() || calls.containsKey(callId)) {
            return;
        }
        veil.hide(callId);
        step(new ToolRounds.Input.Called(responseId, callId));
        Optional<RealtimeTool> tool = tools.own(name);
        if (tool.isEmpty()) {
            answer(callId, "There is no tool '" + name + "'.", true);
        } else if (desk.busy() >= MOST) {
            answer(callId, "The tool was not called: too many calls at once. Call it when others are answered.", true);
        } else {
            calls.put(
                    callId,
                    desk.begin(
                            tool.get(), callId, item.path("arguments").asString(""), new Outcome(tool.get(), callId)));
        }
    }

    /** What becomes of a call: its answer, or words now and the result as a turn of its own. */
    private final class Outcome implements ToolDesk.Outcome {
        private final RealtimeTool tool;
        private final String callId;
        private boolean deferred;

        private Outcome(RealtimeTool tool, String callId) {
            this.tool = tool;
            this.callId = callId;
        }

        @Override
        public void answered(String text) {
            calls.remove(callId);
            if (!deferred) {
                answer(callId, text, true);
                return;
            }
            note("The tool " + tool.spec().name() + " has finished its call " + callId + ". Its result: " + text);
            session.want(ResponseWish.next());
            session.answered();
        }

        @Override
        public void meanwhile(String words) {
            if (!deferred) {
                deferred = true;
                answer(callId, "In progress. The result will follow; do not call the tool again for it.", false);
                session.want(ResponseWish.say(words, floor.provider().verbatim(), response -> {}));
            }
        }
    }

    /** Whether calls are open whose answers are still to come, or answers that the model has not been asked about. */
    boolean busy() {
        return !calls.isEmpty() || !rounds.equals(ToolRounds.State.NONE);
    }

    private void answer(String callId, String text, boolean owes) {
        send(Requests.functionOutput(callId, text));
        step(new ToolRounds.Input.Answered(callId, owes));
    }

    /** Tells the model something that no call waits for. */
    private void note(String text) {
        String id = Ids.next("item", floor.lane().random());
        veil.note(id, text);
        ObjectNode event = Requests.text("system", text).json().deepCopy();
        event.withObject("/item").put("id", id);
        send(ControlEvent.of(event));
    }

    private static ControlEvent approval(JsonNode request, boolean approved) {
        return Requests.item(Json.object()
                .put("type", "mcp_approval_response")
                .put("approval_request_id", request.path("id").asString(""))
                .put("approve", approved));
    }

    private void send(ControlEvent request) {
        session.toProvider(own.named(request));
    }

    private void step(ToolRounds.Input input) {
        boolean[] next = {false};
        rounds = ToolRounds.step(rounds, input, action -> next[0] = true);
        // Only now, since a wish may bring the next input.
        if (next[0]) {
            session.want(ResponseWish.next());
        }
        if (!busy()) {
            session.answered();
        }
    }

    // ---- The agent's own changes -----------------------------------------------------------------------------------

    /** Gives the model these tools in place of those of the server that it has. */
    void replace(List<RealtimeTool> instead) {
        if (!floor.provider().changesTools()) {
            LOG.warn(
                    "The tools of session {} stay as they are: its provider cannot change them",
                    floor.session().id());
            return;
        }
        tools.replace(instead);
        ObjectNode session = Json.object().put("type", "realtime");
        session.set("tools", tools.all());
        send(Requests.update(session));
    }

    @Override
    public void ended() {
        calls.values().forEach(ToolDesk.Work::cancel);
        calls.clear();
        desk.ended();
    }
}
