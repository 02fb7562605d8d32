package dev.parley.gemini.setup;

import dev.parley.gemini.setup.GeminiModel.Thinking;
import dev.parley.protocol.Json;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/** How answers are made: {@code setup.generationConfig}. */
final class Generation {
    /** What a model that must be told how long to think is told by a session that does not say. */
    private static final String STANDARD_EFFORT = "low";

    private Generation() {}

    static ObjectNode config(SessionSettings settings, GeminiModel model) {
        ObjectNode config = Json.object();
        config.putArray("responseModalities").add(settings.speaks() ? "AUDIO" : "TEXT");
        settings.geminiVoice()
                .filter(voice -> settings.speaks())
                .ifPresent(voice -> config.putObject("speechConfig")
                        .putObject("voiceConfig")
                        .putObject("prebuiltVoiceConfig")
                        .put("voiceName", voice));
        settings.maxTokens().ifPresent(most -> config.put("maxOutputTokens", most));
        String effort = settings.effort().orElse(model.thinking() == Thinking.REQUIRED ? STANDARD_EFFORT : "");
        if (!effort.isEmpty() && model.thinking() != Thinking.FORBIDDEN) {
            thinking(effort, model.thinking(), config.putObject("thinkingConfig"));
        }
        return config;
    }

    private static void thinking(String effort, Thinking kind, ObjectNode config) {
        if (kind == Thinking.BUDGET) {
            config.put("thinkingBudget", budget(effort));
            return;
        }
        String level = effort.equals("xhigh") ? "high" : effort;
        // A model that must think has no level below low.
        boolean least = kind == Thinking.REQUIRED && level.equals("minimal");
        config.put("thinkingLevel", (least ? "low" : level).toUpperCase(Locale.ROOT));
    }

    /** Tokens, as Google's own interface for OpenAI's clients counts them. */
    private static int budget(String effort) {
        return switch (effort) {
            case "minimal", "low" -> 1_024;
            case "medium" -> 8_192;
            default -> 24_576;
        };
    }
}
