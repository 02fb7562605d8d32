package dev.parley.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.VoiceAgent;
import dev.parley.dialect.Dialect;
import dev.parley.dialect.WireForm;
import dev.parley.protocol.ControlEvent;
import dev.parley.protocol.Event;
import dev.parley.protocol.EventType;
import dev.parley.protocol.Json;
import dev.parley.testkit.agent.AgentRoom;
import dev.parley.testkit.conformance.Recording.Message;
import dev.parley.tool.RealtimeTool;
import dev.parley.tool.ToolSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Recordings in which a model calls functions, with an agent in the place of the client that was recorded: each call is
 * answered, each round leads to one response, and the agent's own client sees a conversation without a gap or a trace.
 */
class RecordedToolsTest {
    private static final Map<String, WireForm> FOLDERS = Map.of(
            "openai", WireForm.GA,
            "azure", WireForm.GA,
            "recordings", WireForm.GA,
            "xai", WireForm.XAI,
            "azure-voice-live", WireForm.VOICE_LIVE);

    @TestFactory
    Stream<DynamicTest> eachRoundIsAnsweredOutOfSight() throws IOException {
        return Recordings.each(FOLDERS.keySet(), RecordedToolsTest::played);
    }

    private static void played(Recording recording) {
        List<JsonNode> functions = functions(recording);
        if (functions.isEmpty()) {
            return;
        }
        AgentRoom room = new AgentRoom(agent(functions));
        Set<String> calls = new HashSet<>();
        Set<String> rounds = new HashSet<>();
        for (Event event : provider(recording)) {
            room.fromModel(event);
            if (event instanceof ControlEvent control && control.type().equals(EventType.OUTPUT_ITEM_DONE)) {
                JsonNode item = control.json().path("item");
                if (item.path("type").asString("").equals("function_call")) {
                    calls.add(item.path("call_id").asString(""));
                    rounds.add(control.json().path("response_id").asString(""));
                    room.lane.until(() -> outputs(room).equals(calls));
                }
            }
        }
        assertThat(outputs(room)).isEqualTo(calls);
        assertThat(room.toModel("conversation.item.create"))
                .allSatisfy(
                        event -> assertThat(event.at("/item/output").asString()).isEqualTo("Done."));
        assertThat(room.toModel("response.create")).hasSameSizeAs(rounds);
        String seen = room.clientStream();
        functions.forEach(function ->
                assertThat(seen).doesNotContain(function.path("name").asString()));
        calls.forEach(call -> assertThat(seen).doesNotContain(call));
        assertThat(seen).doesNotContain("function_call");
        hangsTogether(room);
    }

    private static Set<String> outputs(AgentRoom room) {
        Set<String> outputs = new HashSet<>();
        room.toModel("conversation.item.create")
                .forEach(event -> outputs.add(event.at("/item/call_id").asString("")));
        return outputs;
    }

    /** Each item that the client sees follows one that it has seen. */
    private static void hangsTogether(AgentRoom room) {
        Set<String> seen = new HashSet<>();
        for (ObjectNode event : room.toClient("conversation.item.added")) {
            String previous = event.path("previous_item_id").asString(null);
            if (previous != null) {
                assertThat(seen).contains(previous);
            }
            seen.add(event.at("/item/id").asString(""));
        }
    }

    /** The functions that are called. */
    private static List<JsonNode> functions(Recording recording) {
        Set<String> called = new HashSet<>();
        List<JsonNode> functions = new ArrayList<>();
        for (Message message : recording.messages()) {
            JsonNode item = message.event().path("item");
            if (message.fromProvider() && item.path("type").asString("").equals("function_call")) {
                called.add(item.path("name").asString(""));
            }
        }
        for (Message message : recording.messages()) {
            if (message.type().equals("session.update")) {
                for (JsonNode tool : message.event().path("session").path("tools")) {
                    if (called.remove(tool.path("name").asString(""))) {
                        functions.add(tool);
                    }
                }
            }
        }
        return functions;
    }

    private static VoiceAgent agent(List<JsonNode> functions) {
        VoiceAgent.Builder agent = VoiceAgent.builder().instructions("Be brief.");
        for (JsonNode function : functions) {
            ObjectNode parameters = function.path("parameters") instanceof ObjectNode given ? given : Json.object();
            agent.tool(RealtimeTool.of(
                    ToolSpec.of(function.path("name").asString(), "As recorded.", parameters), call -> "Done."));
        }
        return agent.build();
    }

    private static List<Event> provider(Recording recording) {
        Dialect dialect =
                Objects.requireNonNull(FOLDERS.get(recording.folder())).ofProvider();
        List<Event> events = new ArrayList<>();
        for (Message message : recording.messages()) {
            if (message.fromProvider()) {
                dialect.inbound(Json.write(message.event()), event -> events.add(event.copy()));
            } else {
                dialect.outbound(ControlEvent.of(message.event().deepCopy()), new Texts());
            }
        }
        return events;
    }
}
