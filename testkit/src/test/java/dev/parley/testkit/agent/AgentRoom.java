package dev.parley.testkit.agent;

import dev.parley.RealtimeSessionConfig;
import dev.parley.VoiceAgent;
import dev.parley.agent.AgentSession;
import dev.parley.leg.BufferBudget;
import dev.parley.leg.CloseReason;
import dev.parley.leg.Failure;
import dev.parley.protocol.Bytes;
import dev.parley.protocol.Event;
import dev.parley.protocol.EventScanner;
import dev.parley.protocol.Json;
import dev.parley.session.GatewayMeter;
import dev.parley.session.LiveSession;
import dev.parley.session.SessionLimits;
import dev.parley.session.SessionListener;
import dev.parley.session.SessionTerms;
import dev.parley.testkit.MemoryLeg;
import dev.parley.testkit.MemoryProvider;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One session of an agent in virtual time: the test is the client and the model. JSON is written with single quotes. */
public final class AgentRoom implements SessionListener {
    public final MeetingLane lane = new MeetingLane();
    public final MemoryLeg client = new MemoryLeg(lane, Duration.ZERO);
    public final MemoryLeg model;
    public final LiveSession session;
    private final EventScanner scanner = new EventScanner();

    public AgentRoom(VoiceAgent agent) {
        MemoryProvider provider = new MemoryProvider("memory", Duration.ZERO);
        RealtimeSessionConfig config = agent.sessionConfig(RealtimeSessionConfig.EMPTY);
        session = LiveSession.begin(
                SessionTerms.of("client", config, SessionLimits.DEFAULT, AgentSession.of(agent)),
                client,
                provider,
                lane,
                new GatewayMeter(new BufferBudget(1 << 24)),
                this);
        client.link(session.clientLink());
        model = provider.legs().getFirst();
        model.open();
        lane.run();
    }

    @Override
    public void began(LiveSession begun) {}

    @Override
    public void ended(LiveSession over, CloseReason why) {}

    // ---- What the two sides say ------------------------------------------------------------------------------------

    public void fromModel(String... events) {
        for (String event : events) {
            fromModel(scan(event));
        }
    }

    public void fromModel(Event event) {
        model.arrive(event);
        lane.run();
    }

    public void fromClient(String event) {
        client.arrive(scan(event));
        lane.run();
    }

    void clientHangsUp() {
        client.end(CloseReason.of(Failure.NORMAL, ""));
        lane.run();
    }

    private Event scan(String event) {
        return scanner.scan(Bytes.utf8(event.replace('\'', '"')));
    }

    /** The events of one response with calls, each {@code name callId arguments}. */
    void calls(String response, String... calls) {
        fromModel("{'type':'response.created','response':{'id':'" + response + "','conversation_id':'c','output':[]}}");
        StringBuilder output = new StringBuilder();
        for (int i = 0; i < calls.length; i++) {
            output.append(i == 0 ? "" : ",").append(call(response, i, calls[i].split(" ", 3)));
        }
        fromModel("{'type':'response.done','response':{'id':'" + response
                + "','conversation_id':'c','status':'completed','output':[" + output + "]}}");
    }

    /** The events of one call, up to its end; answers its item. */
    String call(String response, int index, String... call) {
        String arguments = call.length > 2 ? Json.mapper().writeValueAsString(call[2].replace('\'', '"')) : "\"{}\"";
        String of = "'response_id':'" + response + "','output_index':" + index;
        String begun = "{'id':'item_" + call[1] + "','type':'function_call','status':'in_progress','name':'" + call[0]
                + "','call_id':'" + call[1] + "','arguments':''}";
        String item = "{'id':'item_" + call[1] + "','type':'function_call','status':'completed','name':'" + call[0]
                + "','call_id':'" + call[1] + "','arguments':" + arguments + "}";
        String ids = of + ",'item_id':'item_" + call[1] + "','call_id':'" + call[1] + "'";
        fromModel(
                "{'type':'response.output_item.added'," + of + ",'item':" + begun + "}",
                "{'type':'conversation.item.added','previous_item_id':'item_user','item':" + begun + "}",
                "{'type':'response.function_call_arguments.delta'," + ids + ",'delta':'{'}",
                "{'type':'response.function_call_arguments.done'," + ids + ",'name':'" + call[0] + "','arguments':"
                        + arguments + "}",
                "{'type':'conversation.item.done','previous_item_id':null,'item':" + item + "}",
                "{'type':'response.output_item.done'," + of + ",'item':" + item + "}");
        return item;
    }

    // ---- What the two sides hear -----------------------------------------------------------------------------------

    public List<ObjectNode> toModel() {
        return model.sent().stream().map(event -> Json.parse(event.wire())).toList();
    }

    public List<ObjectNode> toModel(String type) {
        return toModel().stream().filter(typed(type)).toList();
    }

    public List<ObjectNode> toClient(String type) {
        return client.sent().stream()
                .map(event -> Json.parse(event.wire()))
                .filter(typed(type))
                .toList();
    }

    private static Predicate<JsonNode> typed(String type) {
        return event -> event.path("type").asString("").equals(type);
    }

    /** All that the client was sent, as it stands on the wire. */
    public String clientStream() {
        return client.sent().stream()
                .map(event -> event.wire().text(0, event.wire().length()))
                .collect(Collectors.joining("\n"));
    }

    /** What the model was told of a call, in the order in which it was told. */
    List<String> outputs(String callId) {
        return toModel("conversation.item.create").stream()
                .map(event -> event.path("item"))
                .filter(item -> item.path("call_id").asString("").equals(callId))
                .map(item -> item.path("output").asString())
                .toList();
    }

    /** Waits until the model was told of a call, and answers what. */
    String output(String callId) {
        lane.until(() -> !outputs(callId).isEmpty());
        return outputs(callId).getLast();
    }

    /** How often the model was asked for a response. */
    int asked() {
        return toModel("response.create").size();
    }
}
