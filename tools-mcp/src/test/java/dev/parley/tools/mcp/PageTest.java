package dev.parley.tools.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.VoiceAgent;
import dev.parley.protocol.Json;
import dev.parley.tool.RealtimeTool;
import dev.parley.tool.ToolSpec;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The code of docs/tool-sources.md, with servers that are here. */
class PageTest {
    @Test
    void agentHasToolsOfTwoServers() throws Exception {
        try (HttpServer server = new HttpServer(0);
                McpTools files = McpTools.builder("files", McpServer.stdio(ToolServer.command()))
                        .prefix("files_")
                        .only("add", "weather")
                        .connect();
                McpTools orders = McpTools.builder(
                                "orders", McpServer.http(server.url()).header("Authorization", HttpServer.TOKEN))
                        .approval("exit"::equals)
                        .timeout(Duration.ofSeconds(20))
                        .meanwhile("One moment, I am looking that up.", Duration.ofSeconds(2))
                        .connect()) {
            VoiceAgent agent = VoiceAgent.builder()
                    .instructions("You take orders.")
                    .tools(files.tools())
                    .tools(orders.tools())
                    .approval(call -> call.name().isEmpty())
                    .build();
            assertThat(agent.tools().tools()).hasSize(2 + ToolServer.tools().size());
            assertThat(agent.tools().named("files_add")).isPresent();
            assertThat(agent.tools().named("exit").map(tool -> tool.spec().approval()))
                    .contains(true);
        }
    }

    @Test
    void toolCanBeMadeOfAnother() throws Exception {
        RealtimeTool tool = RealtimeTool.of(ToolSpec.of("a", "b", Json.object()), call -> "done " + call.name());
        ToolSpec spec = tool.spec();
        RealtimeTool careful = RealtimeTool.of(
                new ToolSpec(
                        spec.name(),
                        spec.description(),
                        spec.parameters(),
                        Duration.ofSeconds(5),
                        true,
                        Optional.empty()),
                tool::call);
        assertThat(careful.call(new TestCall("a", Json.object()))).isEqualTo("done a");
        assertThat(careful.spec().approval()).isTrue();
    }
}
