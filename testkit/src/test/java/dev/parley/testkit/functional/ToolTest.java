package dev.parley.testkit.functional;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.P;
import dev.parley.Realtime;
import dev.parley.Tool;
import dev.parley.testkit.Caller;
import dev.parley.testkit.FakeConnection;
import dev.parley.testkit.Script;
import dev.parley.testkit.assistant.ScriptedAssistant;
import dev.parley.tool.ToolCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** Tools of agents behind real sockets; the marker is what no client may see. */
class ToolTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @Realtime(path = "/desk", name = "desk", instructions = "The marker of the prompt.")
    static final class Desk {
        final CountDownLatch begun = new CountDownLatch(1);
        final CountDownLatch go = new CountDownLatch(1);
        final CompletableFuture<Boolean> interrupted = new CompletableFuture<>();

        @Tool("The weather in a city.")
        String markerWeather(@P("the city") String city) {
            return "It rains in " + city + ".";
        }

        @Tool("Waits for as long as it takes.")
        String markerWaiting(ToolCall call) throws InterruptedException {
            begun.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                interrupted.complete(call.cancelled());
                throw e;
            }
            return "Here I am.";
        }
    }

    private static final ScriptedAssistant ASSISTANT = new ScriptedAssistant(
            new ScriptedAssistant.Part("what was heard", "I do not know.", "endless", "{\"city\":\"Rome\"}"));

    private static Caller ask(Caller caller, String question) {
        return caller.send("{\"type\":\"conversation.item.create\",\"item\":{\"type\":\"message\",\"role\":\"user\","
                        + "\"content\":[{\"type\":\"input_text\",\"text\":\"" + question + "\"}]}}")
                .send("{\"type\":\"response.create\"}");
    }

    /** All events up to the end of the first response that says something. */
    private static List<ObjectNode> upToAnAnswer(Caller caller) {
        List<ObjectNode> events = new ArrayList<>();
        do {
            events.add(caller.next());
        } while (!events.getLast().path("type").asString("").equals("response.done")
                || events.getLast().at("/response/output").isEmpty());
        return events;
    }

    @ParameterizedTest
    @ValueSource(strings = {"/desk", "/v1/realtime?model=desk"})
    void theModelIsToldWhatTheToolSaysAndTheClientOnlyTheAnswer(String path) {
        try (Gateway gateway = Gateway.before(ASSISTANT, options -> options.agent(new Desk()));
                Caller caller = Caller.connect(gateway.uri(path))) {
            List<ObjectNode> events = upToAnAnswer(ask(caller, "And the weather?"));
            assertThat(events.getLast()
                            .at("/response/output/0/content/0/transcript")
                            .asString())
                    .isEqualTo("It rains in Rome.");
            assertThat(events.toString()).doesNotContain("marker", "call_id", "function");
            List<String> items = new ArrayList<>();
            for (ObjectNode event : events) {
                if (event.path("type").asString("").equals("conversation.item.added")) {
                    assertThat(event.path("previous_item_id").asString(null))
                            .isEqualTo(items.isEmpty() ? null : items.getLast());
                    items.add(event.at("/item/id").asString());
                }
            }
            assertThat(items).hasSize(2);
        }
    }

    @Test
    void audioFlowsWhileAToolBlocks() throws Exception {
        Desk desk = new Desk();
        try (Gateway gateway = Gateway.before(Script.accept(), options -> options.agent(desk));
                Caller caller = Caller.connect(gateway.uri("/desk"))) {
            FakeConnection provider = gateway.provider.next(SOON);
            assertThat(provider.receive()).contains("marker_waiting");
            called(provider);
            assertThat(desk.begun.await(10, TimeUnit.SECONDS)).isTrue();
            for (int i = 0; i < 1_000; i++) {
                caller.send("{\"type\":\"input_audio_buffer.append\",\"audio\":\"AQIDBA==\"}");
                provider.send("{\"type\":\"response.output_audio.delta\",\"event_id\":\"e" + i
                        + "\",\"item_id\":\"i\",\"content_index\":0,\"delta\":\"AQIDBA==\"}");
            }
            for (int i = 0; i < 1_000; i++) {
                assertThat(provider.receive()).contains("input_audio_buffer.append");
                assertThat(caller.next("response.output_audio.delta")
                                .path("event_id")
                                .asString())
                        .isEqualTo("e" + i);
            }
            desk.go.countDown();
            assertThat(provider.receive()).contains("function_call_output", "Here I am.", "\"call_1\"");
            assertThat(provider.receive()).contains("response.create");
        }
    }

    @Test
    void hangingUpInterruptsTheTool() throws Exception {
        Desk desk = new Desk();
        try (Gateway gateway = Gateway.before(Script.accept(), options -> options.agent(desk))) {
            FakeConnection provider;
            try (Caller caller = Caller.connect(gateway.uri("/desk"))) {
                provider = gateway.provider.next(SOON);
                caller.send("{\"type\":\"input_audio_buffer.commit\"}");
                called(provider);
                assertThat(desk.begun.await(10, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(desk.interrupted.get(10, TimeUnit.SECONDS)).isTrue();
            Awaitility.await().until(() -> gateway.provider.open() == 0);
            assertThat(provider.received()).noneMatch(event -> event.contains("function_call_output"));
        }
    }

    private static void called(FakeConnection provider) throws Exception {
        String item =
                "{\"id\":\"item_1\",\"type\":\"function_call\",\"status\":\"completed\",\"name\":\"marker_waiting\","
                        + "\"call_id\":\"call_1\",\"arguments\":\"{}\"}";
        provider.send("{\"type\":\"response.created\",\"event_id\":\"a\",\"response\":{\"id\":\"r\",\"object\":"
                + "\"realtime.response\",\"conversation_id\":\"c\",\"status\":\"in_progress\",\"output\":[]}}");
        provider.send(
                "{\"type\":\"response.output_item.done\",\"event_id\":\"b\",\"response_id\":\"r\",\"output_index\":0,"
                        + "\"item\":" + item + "}");
        provider.send("{\"type\":\"response.done\",\"event_id\":\"c\",\"response\":{\"id\":\"r\",\"object\":"
                + "\"realtime.response\",\"conversation_id\":\"c\",\"status\":\"completed\",\"output\":[" + item
                + "]}}");
    }
}
