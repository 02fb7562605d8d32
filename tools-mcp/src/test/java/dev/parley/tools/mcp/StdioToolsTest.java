package dev.parley.tools.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.RealtimeException;
import dev.parley.protocol.Json;
import dev.parley.tool.RealtimeTool;
import dev.parley.tool.ToolException;
import dev.parley.tool.ToolSpec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tools of a server that is a process of this machine, made with the SDK's server side. */
class StdioToolsTest {
    private static final String SECRET = "secret-marker-1618";
    private static final McpTools SHARED = connect(builder -> builder);

    @AfterAll
    static void end() {
        SHARED.close();
    }

    private static McpTools connect(UnaryOperator<McpTools.Builder> settings, String... arguments) {
        McpServer server = McpServer.stdio(ToolServer.command(arguments)).environment("GIVEN", SECRET);
        return settings.apply(McpTools.builder("test", server)).connect();
    }

    private static @Nullable Object call(String tool, String arguments) throws Exception {
        return TestCall.call(SHARED.tools(), tool, arguments);
    }

    @Test
    void toolsHaveNamesThatModelsTakeAndTheServersSchema() throws Exception {
        assertThat(SHARED.tools()).extracting(tool -> tool.spec().name()).contains("add", "odd_name__with_signs");
        ToolSpec add = TestCall.named(SHARED.tools(), "add").spec();
        assertThat(add.description()).isEqualTo("Does add.");
        assertThat(add.parameters())
                .isEqualTo(Json.parse("{\"type\":\"object\",\"additionalProperties\":true,\"properties\":{}}"
                        .getBytes(StandardCharsets.UTF_8)));
        assertThat(call("odd_name__with_signs", "{}")).isEqualTo("odd");
    }

    @Test
    void resultIsTextOrJson() throws Exception {
        assertThat(call("add", "{\"a\":2,\"b\":40}")).isEqualTo("42");
        assertThat(call("weather", "{}")).isInstanceOfSatisfying(JsonNode.class, json -> {
            assertThat(json.path("degrees").asDouble(0)).isEqualTo(21.5);
            assertThat(json.path("sky").path(0).asString("")).isEqualTo("clear");
        });
    }

    @Test
    void whatCannotBeToldIsNamed() throws Exception {
        assertThat(call("album", "{}")).isEqualTo("""
                        Two things:
                        [An image, image/png, which cannot be told in words.]
                        [A recording, audio/wav, which cannot be told in words.]""");
    }

    @Test
    void errorOfTheToolIsToldToTheModelAndBounded() {
        assertThatThrownBy(() -> call("fail", "{}"))
                .isInstanceOf(ToolException.class)
                .hasMessageStartingWith("There is no such room.")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(2_010));
    }

    @Test
    void processSeesWhatItIsGivenAndNoMore() throws Exception {
        assertThat(call("variable", "{\"name\":\"GIVEN\"}")).isEqualTo(SECRET);
        assertThat(call("variable", "{\"name\":\"PATH\"}")).isNotEqualTo("null");
        // Set for this JVM by Maven's Surefire; a provider's key would be handed on the same way.
        assertThat(System.getenv("PARLEY_MARKER")).isEqualTo("not-for-servers");
        assertThat(call("variable", "{\"name\":\"PARLEY_MARKER\"}")).isEqualTo("null");
    }

    @Test
    void callWhoseTimeIsUpIsCancelledAtTheServer() throws Exception {
        try (McpTools tools = connect(builder -> builder.timeout(Duration.ofMillis(300)))) {
            assertThatThrownBy(() -> TestCall.call(tools.tools(), "hang", "{}"))
                    .isInstanceOf(ToolException.class)
                    .hasMessage("The tool did not answer in time. Whether it did what it was asked is not known.");
            awaitCancelled(tools, "1");
        }
    }

    @Test
    void callWhoseCallerIsInterruptedIsCancelledAtTheServer() throws Exception {
        try (McpTools tools = connect(builder -> builder)) {
            TestCall.Started hanging = TestCall.start(tools.tools(), "hang", "{}");
            Awaitility.await().pollDelay(Duration.ZERO).until(hanging::waits);
            hanging.caller().interrupt();
            awaitCancelled(tools, "1");
            assertThatThrownBy(() -> hanging.result().get(10, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(InterruptedException.class);
        }
    }

    private static void awaitCancelled(McpTools tools, String count) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> count.equals(TestCall.call(tools.tools(), "cancelled", "{}")));
    }

    @Test
    void serverThatEndsIsStartedAgainByTheNextCall() throws Exception {
        BlockingQueue<List<RealtimeTool>> changes = new LinkedBlockingQueue<>();
        try (McpTools tools = connect(builder -> builder.changed(changes::add))) {
            List<RealtimeTool> before = tools.tools();
            Object first = TestCall.call(before, "pid", "{}");
            TestCall.Started hanging = TestCall.start(before, "hang", "{}");
            Awaitility.await().pollDelay(Duration.ZERO).until(hanging::waits);
            assertThatThrownBy(() -> TestCall.call(before, "exit", "{}"))
                    .isInstanceOf(ToolException.class)
                    .hasMessageStartingWith("The connection to the tool was lost.");
            assertThatThrownBy(() -> hanging.result().get(10, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(ToolException.class);
            Object second = TestCall.call(before, "pid", "{}");
            assertThat(second).isNotEqualTo(first);
            assertThat(changes.poll(10, TimeUnit.SECONDS)).hasSameSizeAs(before);
        }
    }

    @Test
    void changedToolsAreTold() throws Exception {
        BlockingQueue<List<RealtimeTool>> changes = new LinkedBlockingQueue<>();
        try (McpTools tools = connect(builder -> builder.prefix("t_").changed(changes::add))) {
            assertThat(TestCall.call(tools.tools(), "t_grow", "{}")).isEqualTo("grown");
            List<RealtimeTool> now = Objects.requireNonNull(changes.poll(10, TimeUnit.SECONDS));
            assertThat(TestCall.call(now, "t_grown", "{}")).isEqualTo("new");
            assertThat(tools.tools()).hasSameSizeAs(now);
        }
    }

    @Test
    void toolsAreChosenPrefixedAndMayNeedApproval() {
        try (McpTools tools = connect(builder -> builder.prefix("x-")
                .only("add", "exit", "none")
                .approval("exit"::equals)
                .timeout(Duration.ofSeconds(7))
                .meanwhile("One moment.", Duration.ofSeconds(1)))) {
            assertThat(tools.tools()).extracting(tool -> tool.spec().name()).containsExactly("x-add", "x-exit");
            assertThat(tools.tools()).extracting(tool -> tool.spec().approval()).containsExactly(false, true);
            ToolSpec spec = tools.tools().getFirst().spec();
            assertThat(spec.timeout()).isEqualTo(Duration.ofSeconds(7));
            assertThat(spec.meanwhile()).contains(new ToolSpec.Meanwhile("One moment.", Duration.ofSeconds(1)));
        }
    }

    @Test
    void closingEndsTheProcessAndCalls() throws Exception {
        McpTools tools = connect(builder -> builder);
        long pid = Long.parseLong(String.valueOf(TestCall.call(tools.tools(), "pid", "{}")));
        TestCall.Started hanging = TestCall.start(tools.tools(), "hang", "{}");
        Awaitility.await().pollDelay(Duration.ZERO).until(hanging::waits);
        tools.close();
        assertThat(ProcessHandle.of(pid).map(ProcessHandle::isAlive)).isNotEqualTo(Optional.of(true));
        assertThatThrownBy(() -> hanging.result().get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(ToolException.class);
        assertThatThrownBy(() -> TestCall.call(tools.tools(), "pid", "{}"))
                .isInstanceOf(ToolException.class)
                .hasMessage("The tool is not there any more.");
    }

    @Test
    void programThatCannotBeRunIsNamed() {
        assertThatThrownBy(() -> McpTools.builder("files", McpServer.stdio("no-such-program", "--key=" + SECRET))
                        .connect())
                .isInstanceOf(RealtimeException.InvalidConfig.class)
                .hasMessageContaining("the MCP server 'files' cannot be started")
                .hasMessageContaining("'no-such-program'")
                .hasMessageNotContaining(SECRET);
    }

    @Test
    void programThatEndsAtOnceIsToldWithItsExitCode() {
        List<String> errors = new ArrayList<>();
        McpServer server = McpServer.stdio(ToolServer.command("broken", SECRET)).errors(errors::add);
        assertThatThrownBy(() -> McpTools.builder("files", server).connect())
                .isInstanceOf(RealtimeException.InvalidConfig.class)
                .hasMessageContaining("the MCP server 'files' ended with exit code 7")
                .hasMessageNotContaining(SECRET);
        assertThat(errors).contains("no licence");
    }

    @Test
    void programThatSaysNothingIsGivenUp() {
        assertThatThrownBy(() -> connect(builder -> builder.connectTimeout(Duration.ofMillis(700)), "silent"))
                .isInstanceOf(RealtimeException.InvalidConfig.class)
                .hasMessageContaining("the MCP server 'test' did not answer within 700 ms")
                .hasMessageNotContaining(SECRET);
    }

    @Test
    void settingsShowNoSecrets() {
        McpServer.Stdio program = McpServer.stdio("npx", "--key=" + SECRET).environment("KEY", SECRET);
        assertThat(program.toString() + SHARED).doesNotContain(SECRET);
    }
}
