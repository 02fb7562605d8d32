package dev.parley.interop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** npm {@code openai}, which insists on TLS: on the {@code ws} package, and on the runtime's own WebSocket. */
@Tag("node")
class OpenAINodeTest {
    private static final String ANSWER = "Twelve times three is thirty-six.";

    private static JsonNode told(Behind behind, String socket, String scenario) {
        JsonNode told = NodeProgram.told(behind, scenario, "openai.mjs", socket);
        assertThat(told.path("keySeen").asBoolean(true)).isFalse();
        if (!scenario.equals("refused")) {
            assertThat(told.path("errors")).isEmpty();
        }
        return told;
    }

    private static void checkAnswer(JsonNode told) {
        assertThat(told.path("transcript").asString("")).isEqualTo(ANSWER);
        assertThat(told.path("audioBytes").asInt(0)).isBetween(24_000, 480_000);
        assertThat(told.path("status").asString("")).isEqualTo("completed");
        assertThat(told.path("totalTokens").asInt(0)).isPositive();
    }

    @ParameterizedTest
    @CsvSource({"EMBEDDED,ws", "EMBEDDED,native", "SCRIPTED,ws", "SCRIPTED,native"})
    void connects(Behind behind, String socket) {
        JsonNode told = told(behind, socket, "connect");
        assertThat(told.path("session").asString("")).isNotEmpty();
        assertThat(told.path("modalities")).hasSize(1);
        // The one without headers offers 'realtime' and its key as subprotocols, and must get back the first alone.
        assertThat(told.path("subprotocol").asString("?")).isEqualTo(socket.equals("native") ? "realtime" : "");
    }

    @ParameterizedTest
    @CsvSource({"EMBEDDED,ws", "EMBEDDED,native", "SCRIPTED,ws", "SCRIPTED,native"})
    void typedTurnIsSpoken(Behind behind, String socket) {
        checkAnswer(told(behind, socket, "typed"));
    }

    @ParameterizedTest
    @CsvSource({"EMBEDDED,ws", "EMBEDDED,native", "SCRIPTED,ws", "SCRIPTED,native"})
    void connectsAsToAzure(Behind behind, String socket) {
        checkAnswer(told(behind, socket, "azure"));
    }

    @ParameterizedTest
    @CsvSource({"EMBEDDED,ws", "EMBEDDED,native", "SCRIPTED,ws", "SCRIPTED,native"})
    void connectsWithAClientSecret(Behind behind, String socket) {
        JsonNode told = told(behind, socket, "secret");
        assertThat(told.path("secret").asString("")).isEqualTo("ek_");
        assertThat(told.path("instructions").asString("")).isEqualTo("Be brief.");
        checkAnswer(told);
    }

    @ParameterizedTest
    @CsvSource({"EMBEDDED,ws", "EMBEDDED,native", "SCRIPTED,ws", "SCRIPTED,native"})
    void typedTurnIsWritten(Behind behind, String socket) {
        JsonNode told = told(behind, socket, "written");
        assertThat(told.path("text").asString("")).isEqualTo(ANSWER);
        assertThat(told.path("audioBytes").asInt(-1)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"EMBEDDED,ws", "EMBEDDED,native", "SCRIPTED,ws", "SCRIPTED,native"})
    void spokenTurnIsHeardAndAnswered(Behind behind, String socket) {
        JsonNode told = told(behind, socket, "spoken");
        checkAnswer(told);
        assertThat(told.path("oneItem").asBoolean(false)).isTrue();
        assertThat(told.path("heard").toString()).isEqualTo("[\"what is twelve times three\"]");
    }

    @ParameterizedTest
    @CsvSource({"EMBEDDED,ws", "EMBEDDED,native", "SCRIPTED,ws", "SCRIPTED,native"})
    void functionIsCalledAndItsResultSpoken(Behind behind, String socket) {
        JsonNode told = told(behind, socket, "function");
        assertThat(told.path("called").asString("")).isEqualTo("set_light");
        assertThat(told.path("arguments").toString()).isEqualTo("{\"room\":\"kitchen\",\"on\":true}");
        assertThat(told.path("transcript").asString("")).contains("light is on at forty percent.");
    }

    @ParameterizedTest
    @CsvSource({"EMBEDDED,ws", "EMBEDDED,native", "SCRIPTED,ws", "SCRIPTED,native"})
    void answerIsCancelledAndTruncated(Behind behind, String socket) {
        JsonNode told = told(behind, socket, "cancelled");
        assertThat(told.path("status").asString("")).isEqualTo("cancelled");
        assertThat(told.path("reason").asString("")).isEqualTo("client_cancelled");
        assertThat(told.path("truncated").asBoolean(false)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"EMBEDDED,ws", "EMBEDDED,native", "SCRIPTED,ws", "SCRIPTED,native"})
    void answerStopsWhenSpokenOver(Behind behind, String socket) {
        JsonNode told = told(behind, socket, "interrupted");
        assertThat(told.path("cut").asString("")).isEqualTo("cancelled");
        assertThat(told.path("cutReason").asString("")).isEqualTo("turn_detected");
        checkAnswer(told);
    }

    @ParameterizedTest
    @CsvSource({"EMBEDDED,ws", "EMBEDDED,native", "SCRIPTED,ws", "SCRIPTED,native"})
    void wrongFieldIsToldByItsPath(Behind behind, String socket) {
        assertThat(told(behind, socket, "refused").path("errors"))
                .singleElement()
                .satisfies(error -> {
                    assertThat(error.path("type").asString("")).isEqualTo("invalid_request_error");
                    assertThat(error.path("code").asString("")).isEqualTo("unknown_parameter");
                    assertThat(error.path("param").asString("")).isEqualTo("session.temperature");
                    assertThat(error.path("event_id").asString("")).isEqualTo("mine-1");
                });
    }
}
