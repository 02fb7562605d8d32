package dev.parley.interop.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.RealtimeModule;
import dev.parley.RealtimeModuleOptions;
import dev.parley.VoiceAgent;
import dev.parley.protocol.Json;
import dev.parley.testkit.Caller;
import dev.parley.testkit.FakeConnection;
import dev.parley.testkit.FakeRealtimeServer;
import dev.parley.testkit.Script;
import dev.parley.tool.RealtimeTool;
import dev.parley.tool.ToolException;
import dev.parley.tools.mcp.McpTools;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.ObjectNode;

@Tag("node")
class EverythingTest {
    private static ObjectNode json(String text) {
        return Json.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Object call(McpTools tools, String name, String arguments) throws Exception {
        return String.valueOf(Calls.call(tools.tools(), name, json(arguments)));
    }

    @ParameterizedTest
    @EnumSource(Everything.class)
    void toolsAreToldAndCalled(Everything how) throws Exception {
        try (Everything.Running server = how.start();
                McpTools tools = server.tools().connect()) {
            assertThat(tools.tools())
                    .extracting(tool -> tool.spec().name())
                    .contains("echo", "get-sum", "get-structured-content", "get-tiny-image");
            ObjectNode schema = Calls.named(tools.tools(), "get-sum").spec().parameters();
            assertThat(schema.path("required"))
                    .isEqualTo(json("{\"r\":[\"a\",\"b\"]}").path("r"));
            assertThat(schema.path("properties").path("a").path("description").asString(""))
                    .isEqualTo("First number");
            assertThat(call(tools, "echo", "{\"message\":\"Grüß Gott\\nzwei\"}"))
                    .isEqualTo("Echo: Grüß Gott\nzwei");
            assertThat(call(tools, "get-sum", "{\"a\":2.5,\"b\":40}")).isEqualTo("The sum of 2.5 and 40 is 42.5.");
            assertThat(call(tools, "get-structured-content", "{\"location\":\"Chicago\"}"))
                    .isEqualTo("{\"temperature\":36,\"conditions\":\"Light rain / drizzle\",\"humidity\":82}");
            assertThat(call(tools, "get-tiny-image", "{}")).isEqualTo("""
                    Here's the image you requested:
                    [An image, image/png, which cannot be told in words.]
                    The image above is the MCP logo.""");
            assertThat(call(tools, "get-resource-links", "{\"count\":2}"))
                    .asString()
                    .contains("[A resource, 'Text Resource 2', demo://resource/dynamic/text/2: Resource 2: plaintext");
            assertThat(call(tools, "get-resource-reference", "{\"resourceType\":\"Blob\",\"resourceId\":1}"))
                    .asString()
                    .contains("[A file, demo://resource/dynamic/blob/1, ");
        }
    }

    @ParameterizedTest
    @EnumSource(Everything.class)
    void argumentsThatTheServerRefusesAreToldToTheModel(Everything how) throws Exception {
        try (Everything.Running server = how.start();
                McpTools tools = server.tools().connect()) {
            assertThatThrownBy(() -> call(tools, "get-sum", "{\"a\":\"two\",\"b\":40}"))
                    .isInstanceOf(ToolException.class)
                    .hasMessageContaining("expected number");
            // What the model leaves out with null is left out.
            assertThat(call(tools, "get-annotated-message", "{\"messageType\":\"success\",\"includeImage\":null}"))
                    .isEqualTo("Operation completed successfully");
        }
    }

    @ParameterizedTest
    @EnumSource(Everything.class)
    void longCallIsGivenUpAndTheNextOneAnswered(Everything how) throws Exception {
        try (Everything.Running server = how.start();
                McpTools tools = server.tools().timeout(Duration.ofMillis(500)).connect()) {
            assertThatThrownBy(() -> call(tools, "trigger-long-running-operation", "{\"duration\":60,\"steps\":2}"))
                    .isInstanceOf(ToolException.class)
                    .hasMessageStartingWith("The tool did not answer in time.");
            assertThat(call(tools, "echo", "{\"message\":\"on\"}")).isEqualTo("Echo: on");
        }
    }

    @ParameterizedTest
    @EnumSource(Everything.class)
    void modelCallsThemInASession(Everything how) throws Exception {
        try (Everything.Running server = how.start();
                McpTools tools =
                        server.tools().prefix("e_").only("echo", "get-sum").connect();
                FakeRealtimeServer provider = FakeRealtimeServer.start(Script.accept());
                RealtimeModule module = RealtimeModule.forRoot(RealtimeModuleOptions.builder()
                        .environment(Map.of("OPENAI_API_KEY", "sk-test", "OPENAI_BASE_URL", provider.baseUrl()))
                        .agent(VoiceAgent.builder().tools(tools.tools()).build())
                        .build())) {
            int port = module.listen(0).getPort();
            try (Caller caller = Caller.connect(URI.create("ws://127.0.0.1:" + port + "/realtime"))) {
                FakeConnection model = provider.next(Duration.ofSeconds(10));
                assertThat(caller).isNotNull();
                assertThat(json(model.receive()).path("session").path("tools"))
                        .extracting(tool -> tool.path("name").asString(""))
                        .containsExactly("e_echo", "e_get-sum");
                String call = "{\"id\":\"item_1\",\"type\":\"function_call\",\"status\":\"completed\","
                        + "\"name\":\"e_get-sum\",\"call_id\":\"call_1\",\"arguments\":\"{\\\"a\\\":1,\\\"b\\\":2}\"}";
                model.send("{\"type\":\"response.created\",\"event_id\":\"e1\",\"response\":{\"id\":\"resp_1\","
                        + "\"conversation_id\":\"conv_1\",\"status\":\"in_progress\",\"output\":[]}}");
                model.send("{\"type\":\"response.output_item.done\",\"event_id\":\"e2\",\"response_id\":\"resp_1\","
                        + "\"output_index\":0,\"item\":" + call + "}");
                model.send("{\"type\":\"response.done\",\"event_id\":\"e3\",\"response\":{\"id\":\"resp_1\","
                        + "\"conversation_id\":\"conv_1\",\"status\":\"completed\",\"output\":[" + call + "]}}");
                ObjectNode result = json(model.receive());
                assertThat(result.path("item").path("call_id").asString("")).isEqualTo("call_1");
                assertThat(result.path("item").path("output").asString("")).isEqualTo("The sum of 1 and 2 is 3.");
                assertThat(json(model.receive()).path("type").asString("")).isEqualTo("response.create");
            }
        }
    }

    @Test
    void processSeesNoSecretsAndIsGoneAfterwards() throws Exception {
        try (Everything.Running server = Everything.STDIO.start()) {
            List<ProcessHandle> before = ProcessHandle.current().descendants().toList();
            McpTools tools = server.tools().connect();
            assertThat(call(tools, "get-env", "{}"))
                    .asString()
                    .contains(Everything.GIVEN)
                    .doesNotContain("SUREFIRE", "MAVEN");
            Stream<ProcessHandle> started =
                    ProcessHandle.current().descendants().filter(each -> !before.contains(each));
            List<ProcessHandle> family = started.toList();
            assertThat(family).isNotEmpty();
            tools.close();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> family.stream().noneMatch(ProcessHandle::isAlive));
        }
    }

    @Test
    void serverThatWasKilledIsStartedAgain() throws Exception {
        try (Everything.Running server = Everything.STDIO.start()) {
            List<ProcessHandle> before = ProcessHandle.current().descendants().toList();
            try (McpTools tools = server.tools().connect()) {
                List<RealtimeTool> known = tools.tools();
                ProcessHandle.current()
                        .descendants()
                        .filter(each -> !before.contains(each))
                        .forEach(ProcessHandle::destroyForcibly);
                // A call that the dying process has taken fails; whether it was done is not known.
                Awaitility.await()
                        .atMost(Duration.ofSeconds(20))
                        .ignoreException(ToolException.class)
                        .until(() -> "Echo: again".equals(Calls.call(known, "echo", json("{\"message\":\"again\"}"))));
            }
        }
    }
}
