package dev.parley.interop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** npm {@code @openai/agents-realtime}, which checks every event against a schema and passes over what does not fit. */
@Tag("node")
class AgentsTest {
    private static final String QUESTION = "What is twelve times three?";
    private static final String ANSWER = "Twelve times three is thirty-six.";

    private static JsonNode told(Behind behind, String scenario) {
        JsonNode told = NodeProgram.told(behind, scenario, "agents.mjs");
        assertThat(told.path("keySeen").asBoolean(true)).isFalse();
        assertThat(told.path("misfits")).isEmpty();
        if (!scenario.equals("refused")) {
            assertThat(told.path("errors")).isEmpty();
        }
        return told;
    }

    private static String one(JsonNode list) {
        assertThat(list).hasSize(1);
        return list.path(0).asString("");
    }

    @ParameterizedTest
    @EnumSource(Behind.class)
    void connectsWithItsDefaultSession(Behind behind) {
        JsonNode told = told(behind, "connect");
        assertThat(one(told.path("tools"))).isEqualTo("set_light");
        assertThat(told.path("turns").asString("")).isEqualTo("semantic_vad");
    }

    @ParameterizedTest
    @EnumSource(Behind.class)
    void typedTurnIsSpokenAndInTheHistory(Behind behind) {
        JsonNode told = told(behind, "typed");
        assertThat(one(told.path("user"))).isEqualTo(QUESTION);
        assertThat(one(told.path("assistant"))).isEqualTo(ANSWER);
        assertThat(told.path("audioBytes").asInt(0)).isBetween(24_000, 480_000);
        assertThat(told.path("totalTokens").asInt(0)).isPositive();
    }

    @ParameterizedTest
    @EnumSource(Behind.class)
    void spokenTurnIsHeardAndAnswered(Behind behind) {
        JsonNode told = told(behind, "spoken");
        assertThat(one(told.path("user"))).isEqualTo("what is twelve times three");
        assertThat(one(told.path("assistant"))).isEqualTo(ANSWER);
        assertThat(told.path("audioBytes").asInt(0)).isBetween(24_000, 480_000);
    }

    @ParameterizedTest
    @EnumSource(Behind.class)
    void functionIsRunByTheClientAndItsResultSpoken(Behind behind) {
        JsonNode told = told(behind, "function");
        assertThat(told.path("calls").toString()).isEqualTo("[{\"room\":\"kitchen\",\"on\":true}]");
        assertThat(told.path("assistant").toString()).contains("light is on at forty percent.");
    }

    @ParameterizedTest
    @EnumSource(Behind.class)
    void answerStopsWhenSpokenOver(Behind behind) {
        JsonNode told = told(behind, "interrupted");
        assertThat(told.path("cut").asString("")).isEqualTo("cancelled");
        assertThat(told.path("interruptions").asInt(0)).isPositive();
        assertThat(told.path("assistant").toString()).contains(ANSWER);
    }

    @ParameterizedTest
    @EnumSource(Behind.class)
    void answerStopsWhenTheClientInterrupts(Behind behind) {
        assertThat(told(behind, "stopped").path("cut").asString("")).isEqualTo("cancelled");
    }

    @ParameterizedTest
    @EnumSource(Behind.class)
    void wrongFieldIsToldByItsPath(Behind behind) {
        assertThat(told(behind, "refused").path("errors")).singleElement().satisfies(error -> {
            assertThat(error.path("code").asString("")).isEqualTo("unknown_parameter");
            assertThat(error.path("param").asString("")).isEqualTo("session.temperature");
            assertThat(error.path("event_id").asString("")).isEqualTo("mine-1");
        });
    }
}
