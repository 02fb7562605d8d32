package dev.parley.spring.ai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.RealtimeException;
import dev.parley.RealtimeModuleOptions;
import dev.parley.RealtimeSession;
import dev.parley.VoiceAgent;
import dev.parley.protocol.Json;
import dev.parley.spring.ParleyAutoConfiguration;
import dev.parley.spring.ParleySpringAiAutoConfiguration;
import dev.parley.tool.RealtimeTool;
import dev.parley.tool.ToolCall;
import dev.parley.tool.ToolException;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.support.ToolCallbacks;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.ToolCallbackProvider;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.annotation.ToolParam;
import org.springframework.ai.tool.function.FunctionToolCallback;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import tools.jackson.databind.node.ObjectNode;

class SpringAiToolsTest {
    record Order(String dish, int count) {}

    @SuppressWarnings("unused")
    static class Kitchen {
        @Tool(description = "Takes an order")
        Map<String, Object> order(
                @ToolParam(description = "what") Order order, @ToolParam(required = false) String note) {
            return Map.of("dish", order.dish(), "count", order.count(), "note", String.valueOf(note));
        }

        @Tool
        String whoAsks(ToolContext context) {
            return context.getContext().get(SpringAiTools.SESSION) instanceof RealtimeSession session
                    ? session.id()
                    : "nobody";
        }

        @Tool
        void nothing() {}

        @Tool
        String fails(String how) throws Exception {
            throw how.equals("told") ? new ToolException("The oven is cold.") : new IOException("secret");
        }
    }

    private static final List<RealtimeTool> TOOLS = SpringAiTools.of(ToolCallbacks.from(new Kitchen()));

    private static ObjectNode json(String text) {
        return Json.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    private static RealtimeTool named(List<RealtimeTool> tools, String name) {
        return tools.stream()
                .filter(tool -> tool.spec().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no tool " + name));
    }

    private static @Nullable Object call(List<RealtimeTool> tools, String name, String arguments) throws Exception {
        return named(tools, name).call(new Call(name, json(arguments)));
    }

    @Test
    void toolIsWhatSpringAiMakesOfTheMethod() {
        RealtimeTool order = named(TOOLS, "order");
        assertThat(order.spec().description()).isEqualTo("Takes an order");
        ObjectNode schema = order.spec().parameters();
        assertThat(schema.has("$schema")).isFalse();
        assertThat(schema.path("required"))
                .isEqualTo(json("{\"r\":[\"order\"]}").path("r"));
        assertThat(schema.path("properties")
                        .path("order")
                        .path("properties")
                        .path("count")
                        .path("type")
                        .asString(""))
                .isEqualTo("integer");
        assertThat(named(TOOLS, "nothing").spec().parameters().has("properties"))
                .isTrue();
    }

    @Test
    void resultIsTextOrJson() throws Exception {
        assertThat(call(TOOLS, "order", "{\"order\":{\"dish\":\"soup\",\"count\":2}}"))
                .isEqualTo(json("{\"dish\":\"soup\",\"count\":2,\"note\":\"null\"}"));
        assertThat(call(TOOLS, "nothing", "{}")).isEqualTo("Done");
        assertThat(call(TOOLS, "whoAsks", "{}")).isEqualTo("sess_42");
        List<RealtimeTool> plain = SpringAiTools.of(
                FunctionToolCallback.builder("shout", (Function<Order, String>) order -> order.dish() + "!")
                        .inputType(Order.class)
                        .toolCallResultConverter((result, type) -> String.valueOf(result))
                        .build());
        assertThat(call(plain, "shout", "{\"dish\":\"two soups\",\"count\":2}")).isEqualTo("two soups!");
    }

    @Test
    void failureIsToldIfItIsMeantForTheModel() {
        assertThatThrownBy(() -> call(TOOLS, "fails", "{\"how\":\"told\"}"))
                .isInstanceOf(ToolException.class)
                .hasMessage("The oven is cold.");
        assertThatThrownBy(() -> call(TOOLS, "fails", "{\"how\":\"\"}")).isInstanceOf(IOException.class);
    }

    @Test
    void nameThatModelsDoNotTakeIsRefused() {
        ToolCallback odd = FunctionToolCallback.builder("take an order", (Function<Order, String>) Order::dish)
                .inputType(Order.class)
                .build();
        assertThatThrownBy(() -> SpringAiTools.of(odd))
                .isInstanceOf(RealtimeException.InvalidConfig.class)
                .hasMessageContaining("'take an order'");
    }

    @Test
    void beansOfSpringAiAreToolsOfTheAgents() {
        ToolCallback shout = FunctionToolCallback.builder("shout", (Function<Order, String>) Order::dish)
                .inputType(Order.class)
                .build();
        new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(ParleyAutoConfiguration.class, ParleySpringAiAutoConfiguration.class))
                .withPropertyValues("parley.openai.api-key=sk-marker")
                .withBean(ToolCallback.class, () -> shout)
                .withBean(
                        ToolCallbackProvider.class, () -> ToolCallbackProvider.from(ToolCallbacks.from(new Kitchen())))
                .withBean(VoiceAgent.class, () -> VoiceAgent.builder().build())
                .run(context -> {
                    VoiceAgent agent = context.getBean(RealtimeModuleOptions.class)
                            .agents()
                            .getFirst();
                    assertThat(agent.tools().tools())
                            .extracting(tool -> tool.spec().name())
                            .contains("shout", "order", "nothing");
                });
    }

    /** A call as a session makes one, of which there is nothing but its id. */
    private record Call(String name, ObjectNode arguments) implements ToolCall {
        @Override
        public String id() {
            return "call_1";
        }

        @Override
        public RealtimeSession session() {
            return (RealtimeSession) Proxy.newProxyInstance(
                    RealtimeSession.class.getClassLoader(),
                    new Class<?>[] {RealtimeSession.class},
                    (proxy, asked, with) -> switch (asked.getName()) {
                        case "id" -> "sess_42";
                        case "hashCode" -> 42;
                        case "equals" -> false;
                        case "toString" -> "session";
                        default -> throw new AssertionError(asked);
                    });
        }

        @Override
        public @Nullable Object agent() {
            return null;
        }

        @Override
        public boolean cancelled() {
            return false;
        }

        @Override
        public void meanwhile(String words) {}
    }
}
