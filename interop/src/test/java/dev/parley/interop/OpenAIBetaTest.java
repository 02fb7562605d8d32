package dev.parley.interop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** npm {@code openai}'s client of the beta, whose form OpenAI itself does not take any more. */
@Tag("node")
class OpenAIBetaTest {
    private static final String ANSWER = "Twelve times three is thirty-six.";

    private static JsonNode told(Behind behind, String scenario) {
        JsonNode told = NodeProgram.told(behind, scenario, "openai-beta.mjs");
        assertThat(told.path("keySeen").asBoolean(true)).isFalse();
        if (!scenario.equals("refused")) {
            assertThat(told.path("types").toString())
                    .contains("\"conversation.item.created\"")
                    .doesNotContain("output_text", "output_audio", "conversation.item.added", "conversation.item.done");
        }
        return told;
    }

    @ParameterizedTest
    @EnumSource(value = Behind.class, mode = EnumSource.Mode.EXCLUDE, names = "GEMINI")
    void typedTurnIsSpoken(Behind behind) {
        JsonNode told = told(behind, "typed");
        assertThat(told.path("errors")).isEmpty();
        assertThat(told.path("transcript").asString("")).isEqualTo(ANSWER);
        assertThat(told.path("audioBytes").asInt(0)).isBetween(24_000, 480_000);
        assertThat(told.path("content").asString("")).isEqualTo("audio");
        assertThat(told.path("modalities")).hasSize(2);
        assertThat(told.path("voice").asString("")).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = Behind.class, mode = EnumSource.Mode.EXCLUDE, names = "GEMINI")
    void typedTurnIsWritten(Behind behind) {
        JsonNode told = told(behind, "written");
        assertThat(told.path("errors")).isEmpty();
        assertThat(told.path("text").asString("")).isEqualTo(ANSWER);
        assertThat(told.path("audioBytes").asInt(-1)).isZero();
        assertThat(told.path("content").asString("")).isEqualTo("text");
        assertThat(told.path("modalities").toString()).isEqualTo("[\"text\"]");
    }

    @ParameterizedTest
    @EnumSource(value = Behind.class, mode = EnumSource.Mode.EXCLUDE, names = "GEMINI")
    void spokenTurnIsHeardAndAnswered(Behind behind) {
        JsonNode told = told(behind, "spoken");
        assertThat(told.path("errors")).isEmpty();
        assertThat(told.path("heard").toString()).isEqualTo("[\"what is twelve times three\"]");
        assertThat(told.path("transcript").asString("")).isEqualTo(ANSWER);
    }

    @ParameterizedTest
    @EnumSource(value = Behind.class, mode = EnumSource.Mode.EXCLUDE, names = "GEMINI")
    void wrongFieldIsToldWhereTheClientHasIt(Behind behind) {
        assertThat(told(behind, "refused").path("errors")).singleElement().satisfies(error -> {
            assertThat(error.path("param").asString("")).isEqualTo("session.turn_detection.threshold");
            assertThat(error.path("event_id").asString("")).isEqualTo("mine-1");
        });
    }
}
