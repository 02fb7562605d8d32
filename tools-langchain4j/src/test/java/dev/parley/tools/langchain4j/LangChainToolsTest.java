package dev.parley.tools.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolMemoryId;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.exception.ToolExecutionException;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.invocation.InvocationParameters;
import dev.langchain4j.invocation.LangChain4jManaged;
import dev.langchain4j.model.output.structured.Description;
import dev.parley.RealtimeException;
import dev.parley.RealtimeSession;
import dev.parley.VoiceAgent;
import dev.parley.protocol.Json;
import dev.parley.tool.RealtimeTool;
import dev.parley.tool.ToolException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class LangChainToolsTest {
    private static final List<RealtimeTool> TOOLS = LangChainTools.of(new Hotel());

    enum Kind {
        SINGLE,
        DOUBLE
    }

    record Guest(
            @Description("first and last") String name,
            @Nullable Integer age) {}

    /** As applications have them: fields, and no constructor with arguments. */
    static class Wish {
        private String what = "";
        private List<String> extras = new ArrayList<>();

        @Override
        public String toString() {
            return what + extras;
        }
    }

    @SuppressWarnings("unused")
    static class Hotel {
        @Tool("Books a room")
        String book(
                @P("the kind") Kind kind,
                @P(name = "from_day", description = "first night") LocalDate from,
                @P(value = "nights", required = false) @Nullable Integer nights,
                Optional<String> note,
                @P(value = "floor", defaultValue = "3") int floor) {
            return kind + " " + from + " " + nights + " " + note + " " + floor;
        }

        @Tool(
                name = "register",
                value = {"Registers guests.", "Twice is once."})
        Map<String, Object> registerAll(List<Guest> guests, Wish wish, double deposit, long[] rooms) {
            return Map.of("count", guests.size(), "first", guests.getFirst(), "wish", wish, "rooms", rooms.length);
        }

        @Tool
        String whoAsks(@ToolMemoryId Object memory, InvocationParameters parameters, InvocationContext context) {
            RealtimeSession session = parameters.get(LangChainTools.SESSION);
            return memory + " " + session.id() + " " + context.chatMemoryId() + " " + context.methodName();
        }

        @Tool
        void nothing() {}

        @Tool
        private CompletionStage<Guest> later() {
            return CompletableFuture.completedFuture(new Guest("Ada", 36));
        }

        @Tool
        Object pictures() {
            return List.of(TextContent.from("Two:"), ImageContent.from("http://127.0.0.1/x.png"));
        }

        @Tool
        String fails(String how) throws Exception {
            throw switch (how) {
                case "told" -> new ToolExecutionException("The room is taken.");
                case "parley" -> new ToolException("Ask at the desk.");
                default -> new IOException("secret");
            };
        }
    }

    private static @Nullable Object call(String tool, String arguments) throws Exception {
        return TestCall.call(TOOLS, tool, arguments);
    }

    private static JsonNode json(String text) {
        return Json.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void toolIsWhatLangChain4jMakesOfTheMethod() {
        assertThat(TestCall.named(TOOLS, "register").spec().description())
                .isEqualTo("Registers guests.\nTwice is once.");
        JsonNode schema = TestCall.named(TOOLS, "book").spec().parameters();
        assertThat(schema.path("type").asString("")).isEqualTo("object");
        assertThat(schema.path("required"))
                .isEqualTo(json("{\"r\":[\"kind\",\"from_day\"]}").path("r"));
        assertThat(schema.path("properties").path("kind"))
                .isEqualTo(json("{\"type\":\"string\",\"description\":\"the kind\",\"enum\":[\"SINGLE\",\"DOUBLE\"]}"));
        JsonNode guest = TestCall.named(TOOLS, "register")
                .spec()
                .parameters()
                .path("properties")
                .path("guests")
                .path("items")
                .path("properties");
        assertThat(guest.path("name").path("description").asString("")).isEqualTo("first and last");
        assertThat(TestCall.named(TOOLS, "whoAsks").spec().parameters())
                .isEqualTo(json("{\"type\":\"object\",\"properties\":{}}"));
    }

    @Test
    void argumentsAreBoundAsLangChain4jDescribesThem() throws Exception {
        assertThat(call(
                        "book",
                        "{\"kind\":\"DOUBLE\",\"from_day\":{\"year\":2026,\"month\":12,\"day\":24},\"nights\":2,"
                                + "\"note\":\"quiet\",\"floor\":7}"))
                .isEqualTo("DOUBLE 2026-12-24 2 Optional[quiet] 7");
        assertThat(call("book", "{\"kind\":\"single\",\"from_day\":\"2026-12-24\",\"nights\":null}"))
                .isEqualTo("SINGLE 2026-12-24 null Optional.empty 3");
        assertThat(call(
                        "register",
                        "{\"guests\":[{\"name\":\"Ada\",\"age\":36},{\"name\":\"Bob\"}],"
                                + "\"wish\":{\"what\":\"tea\",\"extras\":[\"milk\"]},\"deposit\":10,\"rooms\":[1,2]}"))
                .isEqualTo(json("{\"count\":2,\"first\":{\"name\":\"Ada\",\"age\":36},"
                        + "\"wish\":{\"what\":\"tea\",\"extras\":[\"milk\"]},\"rooms\":2}"));
    }

    @Test
    void methodIsGivenTheSession() throws Exception {
        assertThat(call("whoAsks", "{}")).isEqualTo("sess_42 sess_42 sess_42 whoAsks");
    }

    @Test
    void resultIsTextJsonOrNothing() throws Exception {
        assertThat(call("nothing", "{}")).isNull();
        assertThat(call("later", "{}"))
                .isInstanceOfSatisfying(
                        CompletionStage.class,
                        stage -> assertThat(stage.toCompletableFuture().join())
                                .isEqualTo(json("{\"name\":\"Ada\",\"age\":36}")));
        assertThat(call("pictures", "{}"))
                .isEqualTo("Two:\n[Something of the kind image, which cannot be told in words.]");
    }

    @Test
    void failureIsToldIfItIsMeantForTheModel() {
        assertThatThrownBy(() -> call("fails", "{\"how\":\"told\"}"))
                .isInstanceOf(ToolException.class)
                .hasMessage("The room is taken.");
        assertThatThrownBy(() -> call("fails", "{\"how\":\"parley\"}"))
                .isInstanceOf(ToolException.class)
                .hasMessage("Ask at the desk.");
        assertThatThrownBy(() -> call("fails", "{\"how\":\"\"}")).isInstanceOf(IOException.class);
    }

    @Test
    void argumentThatDoesNotFitIsNamedAndNotQuoted() {
        assertThatThrownBy(() -> call("book", "{\"kind\":\"marker\",\"from_day\":\"2026-12-24\"}"))
                .isInstanceOf(ToolException.class)
                .hasMessage("The argument 'kind' is not what the tool takes.")
                .hasNoCause();
        assertThatThrownBy(() -> call("register", "{}"))
                .isInstanceOf(ToolException.class)
                .hasMessage("The argument 'deposit' is missing.");
    }

    /** As Spring makes them, without the annotations of what it overrides. */
    static class HotelProxy extends Hotel {
        @Override
        String book(Kind kind, LocalDate from, @Nullable Integer nights, Optional<String> note, int floor) {
            return "by proxy";
        }
    }

    @Test
    void proxyIsCalledInPlaceOfWhatItStandsFor() throws Exception {
        List<RealtimeTool> tools = LangChainTools.of(new HotelProxy());
        assertThat(tools).hasSameSizeAs(TOOLS);
        assertThat(TestCall.call(tools, "book", "{\"kind\":\"SINGLE\",\"from_day\":\"2026-12-24\"}"))
                .isEqualTo("by proxy");
    }

    static class Twice {
        @Tool
        void register() {}
    }

    static class Odd {
        @Tool(name = "book a room")
        void book() {}
    }

    interface Scope extends LangChain4jManaged {}

    static class Managed {
        @Tool
        void act(Scope scope) {}
    }

    @Test
    void whatCannotBeAToolIsNamed() {
        assertThatThrownBy(() -> LangChainTools.of("text"))
                .isInstanceOf(RealtimeException.InvalidConfig.class)
                .hasMessageContaining("java.lang.String has no method with LangChain4j's @Tool");
        assertThatThrownBy(() -> LangChainTools.of(new Hotel(), new Twice()))
                .isInstanceOf(RealtimeException.InvalidConfig.class)
                .hasMessageContaining(Hotel.class.getName() + ".registerAll")
                .hasMessageContaining(Twice.class.getName() + ".register")
                .hasMessageContaining("'register'");
        assertThatThrownBy(() -> LangChainTools.of(new Odd()))
                .isInstanceOf(RealtimeException.InvalidConfig.class)
                .hasMessageContaining(Odd.class.getName() + ".book: the tool's name 'book a room' cannot be used");
        assertThatThrownBy(() -> LangChainTools.of(new Managed()))
                .isInstanceOf(RealtimeException.InvalidConfig.class)
                .hasMessageContaining(Managed.class.getName() + ".act")
                .hasMessageContaining(Scope.class.getName());
    }

    @Test
    void agentTakesThem() {
        VoiceAgent agent =
                VoiceAgent.builder().tools(LangChainTools.of(new Hotel())).build();
        assertThat(agent.tools().named("book")).isPresent();
    }
}
