package dev.parley.gemini.setup;

import dev.parley.RealtimeException;
import dev.parley.gemini.setup.GeminiModel.TextInput;
import dev.parley.gemini.setup.GeminiModel.Thinking;
import dev.parley.protocol.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a configuration says about models in place of {@link ModelTable}: texts by the names of {@link GeminiModel}'s
 * components, as {@code context_update: "false"}. Immutable.
 */
public final class ModelOptions {
    /** All names there are. */
    public static final List<String> NAMES = List.of(
            "text",
            "text_input",
            "context_update",
            "initial_history",
            "tool_ids",
            "holds_audio_in_calls",
            "cancels",
            "nudge",
            "json_schema",
            "thinking",
            "explicit_vad",
            "longest_connection",
            "tool_behavior",
            "setup");

    private static final List<String> BEHAVIORS = List.of("", "BLOCKING", "NON_BLOCKING");

    private final String source;
    private final Map<String, String> given;

    private ModelOptions(String source, Map<String, String> given) {
        this.source = source;
        this.given = Map.copyOf(given);
    }

    /**
     * The options of a provider.
     *
     * @param source where they stand, for messages
     * @param given each one of {@link #NAMES}
     * @throws RealtimeException.InvalidConfig if one has a value that cannot be
     */
    public static ModelOptions of(String source, Map<String, String> given) {
        ModelOptions options = new ModelOptions(source, given);
        GeminiModel unused =
                options.apply(ModelTable.find(ModelTable.STANDARD, ModelTable.STANDARD, Endpoint.DEVELOPER));
        return options;
    }

    /** Whether models are said to answer in text, too. */
    public boolean text() {
        return flag("text", false);
    }

    /** A model with what is given in place of what the table says. */
    public GeminiModel apply(GeminiModel model) {
        return new GeminiModel(
                model.name(),
                model.path(),
                flag("text", model.text()),
                value("text_input", model.textInput(), text -> choice(TextInput.values(), text), "content or realtime"),
                flag("context_update", model.contextUpdate()),
                flag("initial_history", model.initialHistory()),
                flag("tool_ids", model.toolIds()),
                flag("holds_audio_in_calls", model.holdsAudioInCalls()),
                flag("cancels", model.cancels()),
                value("nudge", model.nudge(), text -> text, "a text"),
                flag("json_schema", model.jsonSchema()),
                value(
                        "thinking",
                        model.thinking(),
                        text -> choice(Thinking.values(), text),
                        "forbidden, budget, level or required"),
                flag("explicit_vad", model.explicitVad()),
                value(
                        "longest_connection",
                        model.longestConnection(),
                        ModelOptions::seconds,
                        "a time such as 540s, 10s at least"),
                value(
                        "tool_behavior",
                        model.toolBehavior(),
                        text -> BEHAVIORS.contains(text) ? text : null,
                        "BLOCKING, NON_BLOCKING or empty"),
                value("setup", model.setup(), ModelOptions::object, "a JSON object, merged into every setup"));
    }

    private boolean flag(String name, boolean otherwise) {
        return value(
                name,
                otherwise,
                text -> text.matches("true|false") ? (Boolean) text.equals("true") : null,
                "true or false");
    }

    private <T> T value(String name, T otherwise, Function<String, @Nullable T> read, String expected) {
        String text = given.get(name);
        if (text == null) {
            return otherwise;
        }
        T value = read.apply(text);
        if (value == null) {
            throw new RealtimeException.InvalidConfig(
                    "the option '" + name + "' of " + source + " is '" + text + "'; it must be " + expected);
        }
        return value;
    }

    private static <E extends Enum<E>> @Nullable E choice(E[] values, String text) {
        return Arrays.stream(values)
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Duration seconds(String text) {
        if (!text.matches("[1-9][0-9]{1,5}s")) {
            return null;
        }
        return Duration.ofSeconds(Long.parseLong(text.substring(0, text.length() - 1)));
    }

    private static @Nullable ObjectNode object(String text) {
        try {
            return Json.parse(text.getBytes(StandardCharsets.UTF_8));
        } catch (Json.JsonSyntaxException e) {
            return null;
        }
    }
}
