package dev.parley.tools.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.RealtimeException;
import dev.parley.tool.RealtimeTool;
import dev.parley.tool.ToolException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tools of a server that is reached by streamable HTTP, made with the SDK's server side on Tomcat. */
class HttpToolsTest {
    private static McpTools.Builder at(URI url) {
        return McpTools.builder("web", McpServer.http(url).header("Authorization", HttpServer.TOKEN));
    }

    @Test
    void toolsAreCalled() throws Exception {
        try (HttpServer server = new HttpServer(0);
                McpTools tools = at(server.url()).connect()) {
            assertThat(TestCall.call(tools.tools(), "add", "{\"a\":2,\"b\":40}"))
                    .isEqualTo("42");
            assertThat(TestCall.call(tools.tools(), "weather", "{}")).isInstanceOf(JsonNode.class);
            assertThatThrownBy(() -> TestCall.call(tools.tools(), "fail", "{}"))
                    .isInstanceOf(ToolException.class)
                    .hasMessageStartingWith("There is no such room.");
        }
    }

    @Test
    void sessionIsEndedWithTheTools() throws Exception {
        try (HttpServer server = new HttpServer(0)) {
            at(server.url()).connect().close();
            assertThat(server.methods()).contains("DELETE");
        }
    }

    @Test
    void callOfAServerThatHasForgottenTheSessionIsMadeInANewOne() throws Exception {
        try (HttpServer server = new HttpServer(0);
                McpTools tools = at(server.url()).connect()) {
            assertThat(TestCall.call(tools.tools(), "add", "{\"a\":1,\"b\":1}")).isEqualTo("2");
            server.forget();
            assertThat(TestCall.call(tools.tools(), "add", "{\"a\":1,\"b\":2}")).isEqualTo("3");
        }
    }

    @Test
    void serverThatIsThereAgainIsCalledAgain() throws Exception {
        HttpServer first = new HttpServer(0);
        int port = first.port();
        try (McpTools tools = at(first.url()).connect()) {
            List<RealtimeTool> before = tools.tools();
            first.close();
            assertThatThrownBy(() -> TestCall.call(before, "add", "{\"a\":1,\"b\":1}"))
                    .isInstanceOf(ToolException.class);
            try (HttpServer second = new HttpServer(port)) {
                // What the SDK has under way to the first one may still end the session in which a call is made.
                Awaitility.await()
                        .atMost(Duration.ofSeconds(20))
                        .ignoreException(ToolException.class)
                        .until(() -> "3".equals(TestCall.call(before, "add", "{\"a\":1,\"b\":2}")));
                assertThat(second.methods()).isNotEmpty();
            }
        }
    }

    @Test
    void callUnderWayFailsWhenTheServerGoes() throws Exception {
        HttpServer server = new HttpServer(0);
        try (McpTools tools = at(server.url()).timeout(Duration.ofSeconds(60)).connect()) {
            TestCall.Started hanging = TestCall.start(tools.tools(), "hang", "{}");
            Awaitility.await().pollDelay(Duration.ZERO).until(hanging::waits);
            server.close();
            assertThatThrownBy(() -> hanging.result().get(20, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(ToolException.class);
        }
    }

    @Test
    void callWhoseTimeIsUpIsToldToTheServer() throws Exception {
        try (HttpServer server = new HttpServer(0);
                McpTools tools =
                        at(server.url()).timeout(Duration.ofMillis(300)).connect()) {
            assertThatThrownBy(() -> TestCall.call(tools.tools(), "hang", "{}"))
                    .isInstanceOf(ToolException.class)
                    .hasMessageStartingWith("The tool did not answer in time.");
            assertThat(TestCall.call(tools.tools(), "add", "{\"a\":1,\"b\":1}")).isEqualTo("2");
        }
    }

    @Test
    void serverThatDoesNotLetInIsToldWithoutTheToken() throws Exception {
        try (HttpServer server = new HttpServer(0)) {
            McpServer wrong = McpServer.http(server.url()).header("Authorization", "Bearer wrong-marker-577");
            assertThatThrownBy(() -> McpTools.builder("web", wrong).connect())
                    .isInstanceOf(RealtimeException.InvalidConfig.class)
                    .hasMessage("the MCP server 'web' at 127.0.0.1 does not let Parley in; give it a header that it"
                            + " accepts, such as Authorization");
            assertThat(wrong.toString()).doesNotContain("marker");
        }
    }

    @Test
    void wrongPathIsTold() throws Exception {
        try (HttpServer server = new HttpServer(0)) {
            assertThatThrownBy(() ->
                            at(server.url().resolve("/other?key=path-marker")).connect())
                    .isInstanceOf(RealtimeException.InvalidConfig.class)
                    .hasMessageContaining("the MCP server 'web' at 127.0.0.1 does not answer as an MCP server")
                    .hasMessageNotContaining("marker");
        }
    }

    @Test
    void addressWhereNothingIsIsTold() throws Exception {
        int port;
        try (HttpServer server = new HttpServer(0)) {
            port = server.port();
        }
        assertThatThrownBy(() ->
                        at(URI.create("http://127.0.0.1:" + port + "/mcp")).connect())
                .isInstanceOf(RealtimeException.InvalidConfig.class)
                .hasMessageContaining("the MCP server 'web' at 127.0.0.1 cannot be reached");
    }

    @Test
    void addressAndHeadersAreChecked() {
        assertThatThrownBy(() -> McpServer.http(URI.create("ws://127.0.0.1/mcp")))
                .isInstanceOf(RealtimeException.InvalidConfig.class)
                .hasMessageContaining("http:// or https://");
        McpServer server =
                McpServer.http(URI.create("http://127.0.0.1:1/mcp")).header("Authorization", "marker\r\nX: y");
        assertThatThrownBy(() -> McpTools.builder("web", server).connect())
                .isInstanceOf(RealtimeException.InvalidConfig.class)
                .hasMessageContaining("the MCP server 'web' has a header that cannot be sent")
                .hasMessageNotContaining("marker");
    }
}
