package dev.parley.testkit.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.P;
import dev.parley.Realtime;
import dev.parley.RealtimeModule;
import dev.parley.RealtimeModuleOptions;
import dev.parley.Tool;
import dev.parley.protocol.Json;
import dev.parley.testkit.Caller;
import dev.parley.testkit.EventOrder;
import dev.parley.testkit.assistant.ScriptedAssistant;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** A voice agent before Gemini: what its class says, it does there, too. */
class GeminiAgentTest {
    @Realtime(path = "/desk", name = "desk", instructions = "Be brief.", greeting = "Welcome.")
    static final class Desk {
        @Tool("The weather in a city.")
        String markerWeather(@P("the city") String city) {
            return "It rains in " + city + ".";
        }
    }

    private static final ScriptedAssistant.Part PART =
            new ScriptedAssistant.Part("what was heard", "I do not know.", "endless", "{\"city\":\"Rome\"}");

    private final EventOrder order = new EventOrder();

    private ObjectNode answer(Caller caller) {
        ObjectNode event;
        do {
            event = caller.next();
            order.accept(event);
            assertThat(event.toString()).doesNotContain("function_call", "marker");
        } while (!event.path("type").asString("").equals("response.done")
                || event.at("/response/output").isEmpty());
        return event;
    }

    @Test
    void greetsUsesItsToolAndGoesOn() {
        try (FakeGeminiServer gemini = FakeGeminiServer.start(new GeminiAssistant(PART));
                RealtimeModule module = RealtimeModule.forRoot(RealtimeModuleOptions.builder()
                        .environment(Map.of(
                                "GEMINI_API_KEY", FakeGeminiServer.key(), "GOOGLE_GEMINI_BASE_URL", gemini.baseUrl()))
                        .defaultProvider("gemini")
                        .agent(new Desk())
                        .build())) {
            URI uri = URI.create("ws://127.0.0.1:" + module.listen(0).getPort() + "/v1/realtime?model=desk");
            try (Caller caller = Caller.connect(uri)) {
                assertThat(answer(caller).at("/response/status").asString()).isEqualTo("completed");
                ask(caller, "And the weather?");
                assertThat(answer(caller)
                                .at("/response/output/0/content/0/transcript")
                                .asString())
                        .isEqualTo("It rains in Rome.");
                ask(caller, "Who are you?");
                assertThat(answer(caller)
                                .at("/response/output/0/content/0/transcript")
                                .asString())
                        .isEqualTo("I do not know.");
                assertThat(order.faults()).isEmpty();
            }
            gemini.sessions().forEach(session -> {
                assertThat(session.refusal()).isEmpty();
                assertThat(session.faults()).isEmpty();
            });
        }
    }

    private static void ask(Caller caller, String question) {
        ObjectNode event = Json.object().put("type", "conversation.item.create");
        ObjectNode item = event.putObject("item").put("type", "message").put("role", "user");
        item.putArray("content").addObject().put("type", "input_text").put("text", question);
        caller.send(event.toString()).send("{\"type\":\"response.create\"}");
    }
}
