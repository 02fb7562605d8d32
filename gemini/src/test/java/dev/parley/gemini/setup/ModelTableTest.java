package dev.parley.gemini.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.RealtimeException;
import dev.parley.gemini.setup.GeminiModel.TextInput;
import dev.parley.gemini.setup.GeminiModel.Thinking;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Models and voices by their names, and what a configuration says instead. */
class ModelTableTest {
    private static final Endpoint VERTEX = new Endpoint.Vertex("acme", "global");

    private static GeminiModel find(String name) {
        return ModelTable.find(name, ModelTable.STANDARD, Endpoint.DEVELOPER);
    }

    @ParameterizedTest
    @CsvSource({
        "gemini-3.8-live, CONTENT, FORBIDDEN, true, 55",
        "gemini-3.8-live-extended-thinking, CONTENT, REQUIRED, true, 55",
        "gemini-3.8-live-001, CONTENT, FORBIDDEN, true, 55",
        "gemini-3.1-flash-live-preview, REALTIME, LEVEL, false, 9",
        "gemini-2.5-flash-native-audio-preview-12-2025, CONTENT, BUDGET, false, 9",
        "gemini-3.5-live-translate-preview, REALTIME, FORBIDDEN, false, 9",
        "gemini-9-live, CONTENT, LEVEL, false, 9",
        "models/gemini-3.8-live, CONTENT, FORBIDDEN, true, 55",
        "gpt-realtime, CONTENT, FORBIDDEN, true, 55",
    })
    void aModelIsFoundByItsNameOrItsFamily(
            String name, TextInput input, Thinking thinking, boolean contextUpdate, int minutes) {
        GeminiModel model = find(name);

        assertThat(model.textInput()).isEqualTo(input);
        assertThat(model.thinking()).isEqualTo(thinking);
        assertThat(model.contextUpdate()).isEqualTo(contextUpdate);
        assertThat(model.longestConnection()).isEqualTo(Duration.ofMinutes(minutes));
        assertThat(model.path()).isEqualTo("models/" + model.name());
    }

    @Test
    void aModelOfTheOtherServiceIsToldBeforeAnythingConnects() {
        assertThatThrownBy(() -> find("gemini-live-2.5-flash-native-audio"))
                .isInstanceOf(RealtimeException.InvalidConfig.class)
                .hasMessageContaining("use the provider 'vertex'");
        assertThatThrownBy(() -> ModelTable.find("gemini-3.1-flash-live-preview", ModelTable.STANDARD, VERTEX))
                .isInstanceOf(RealtimeException.InvalidConfig.class)
                .hasMessageContaining("use the provider 'gemini'");
        assertThat(ModelTable.find("gemini-3.8-live", ModelTable.STANDARD, VERTEX)
                        .toolIds())
                .isFalse();
    }

    @Test
    void everyValueCanBeOverridden() {
        GeminiModel model = ModelOptions.of(
                        "test",
                        Map.ofEntries(
                                Map.entry("text", "true"),
                                Map.entry("text_input", "realtime"),
                                Map.entry("context_update", "false"),
                                Map.entry("initial_history", "false"),
                                Map.entry("tool_ids", "false"),
                                Map.entry("holds_audio_in_calls", "true"),
                                Map.entry("cancels", "false"),
                                Map.entry("nudge", "?"),
                                Map.entry("json_schema", "true"),
                                Map.entry("thinking", "budget"),
                                Map.entry("explicit_vad", "true"),
                                Map.entry("longest_connection", "90s"),
                                Map.entry("tool_behavior", "BLOCKING"),
                                Map.entry("setup", "{\"labels\":{\"a\":\"b\"}}")))
                .apply(find("gemini-3.8-live"));

        assertThat(model)
                .isEqualTo(new GeminiModel(
                        "gemini-3.8-live",
                        "models/gemini-3.8-live",
                        true,
                        TextInput.REALTIME,
                        false,
                        false,
                        false,
                        true,
                        false,
                        "?",
                        true,
                        Thinking.BUDGET,
                        true,
                        Duration.ofSeconds(90),
                        "BLOCKING",
                        SessionSettingsTest.json("{'labels':{'a':'b'}}")));
        assertThat(GeminiModel.class.getRecordComponents()).hasSize(ModelOptions.NAMES.size() + 2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text=yes",
                "text_input=voice",
                "thinking=maybe",
                "longest_connection=10",
                "longest_connection=5s",
                "tool_behavior=LATER",
                "setup=[]",
                "setup=no",
            })
    void anOptionThatCannotBeIsRefused(String option) {
        String name = option.substring(0, option.indexOf('='));
        assertThatThrownBy(() -> ModelOptions.of("the provider 'g'", Map.of(name, option.substring(name.length() + 1))))
                .isInstanceOf(RealtimeException.InvalidConfig.class)
                .hasMessageStartingWith("the option '" + name + "' of the provider 'g' is '");
    }

    @Test
    void voicesAreGeminisAndOpenAis() {
        assertThat(Voices.STANDARD.names()).hasSize(40).contains("Achernar", "Zubenelgenubi", "alloy", "cedar");
        Voices.STANDARD
                .names()
                .forEach(name ->
                        assertThat(Voices.STANDARD.names().subList(0, 30)).contains(Voices.STANDARD.gemini(name)));

        Voices own = Voices.with(Map.of("alloy", "Puck", "house", "Leda"));

        assertThat(own.names()).hasSize(41).contains("house");
        assertThat(own.gemini("alloy")).isEqualTo("Puck");
        assertThat(own.gemini("house")).isEqualTo("Leda");
        assertThat(own.gemini("Kore")).isEqualTo("Kore");
        assertThatThrownBy(() -> Voices.with(Map.of("alloy", "kore")))
                .isInstanceOf(RealtimeException.InvalidConfig.class)
                .hasMessageContaining("'kore'");
    }
}
