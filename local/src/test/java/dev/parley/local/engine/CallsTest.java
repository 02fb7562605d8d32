package dev.parley.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.local.mind.Responder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Several function calls in one response. */
class CallsTest {
    private static final String TOOLS =
            "'output_modalities':['text'],'tools':[{'type':'function','name':'a'}," + "{'type':'function','name':'b'}]";

    private static Rig calling(String settings) {
        Rig rig = Rig.with(TOOLS + settings);
        rig.fakes.mind = (request, sink) -> {
            if (sink.call("a", "{}")) {
                sink.call("b", "{\"x\":1}");
            }
        };
        return rig;
    }

    @Test
    void eachIsAnItemOfTheOneResponse() {
        Rig rig = calling("").text("do both").respond();
        List<String> call = List.of(
                "response.output_item.added",
                "conversation.item.added",
                "response.function_call_arguments.delta",
                "response.function_call_arguments.done",
                "conversation.item.done",
                "response.output_item.done");
        List<String> expected = new ArrayList<>(List.of("response.created"));
        expected.addAll(call);
        expected.addAll(call);
        expected.addAll(List.of("response.done", "rate_limits.updated"));
        List<String> types = rig.types();
        assertThat(types.subList(2, types.size())).isEqualTo(expected);

        List<JsonNode> done = List.copyOf(rig.all("response.function_call_arguments.done"));
        assertThat(done.stream()
                        .map(e ->
                                e.path("output_index").asInt() + e.path("name").asString()))
                .containsExactly("0a", "1b");
        assertThat(done.get(0).path("call_id")).isNotEqualTo(done.get(1).path("call_id"));
        assertThat(rig.last("response.done").path("response").path("output").size())
                .isEqualTo(2);

        // Nothing follows until the client asks, with as many results as it has.
        List<Responder.Request> asked = new ArrayList<>();
        rig.fakes.mind = (request, sink) -> asked.add(request);
        rig.send("{'type':'conversation.item.create','item':{'type':'function_call_output','call_id':"
                + done.get(1).path("call_id") + ",'output':'r'}}");
        rig.advance(5_000);
        assertThat(asked).isEmpty();
        rig.respond();
        assertThat(asked.getFirst().turns().getLast().toString())
                .contains("Result")
                .contains("output=r");
    }

    @Test
    void oneIsTheMostWhereTheSessionSaysSo() {
        Rig rig = calling(",'parallel_tool_calls':false");
        assertThat(rig.last("session.updated")
                        .path("session")
                        .path("parallel_tool_calls")
                        .asBoolean(true))
                .isFalse();
        rig.text("do both").respond();
        JsonNode response = rig.last("response.done").path("response");
        assertThat(response.path("status").asString()).isEqualTo("completed");
        assertThat(response.path("output").size()).isEqualTo(1);

        rig.send("{'type':'response.create','response':{'parallel_tool_calls':true}}");
        assertThat(rig.last("response.done").path("response").path("output").size())
                .isEqualTo(2);
    }

    @Test
    void oneThatIsTooLongEndsTheResponse() {
        Rig rig = calling("");
        rig.fakes.mind = (request, sink) -> sink.call("a", "{\"x\":\"" + "y".repeat(100) + "\"}");
        rig.send("{'type':'response.create','response':{'max_output_tokens':20}}");
        JsonNode response = rig.last("response.done").path("response");
        assertThat(response.path("status").asString()).isEqualTo("incomplete");
        assertThat(response.path("status_details"))
                .hasToString("{\"type\":\"incomplete\",\"reason\":\"max_output_tokens\"}");
        assertThat(response.path("output").isEmpty()).isTrue();
    }
}
