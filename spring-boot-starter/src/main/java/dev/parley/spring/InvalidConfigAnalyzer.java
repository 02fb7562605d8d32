package dev.parley.spring;

import dev.parley.RealtimeException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says at start what is wrong with a property, an agent or a tool. */
final class InvalidConfigAnalyzer extends AbstractFailureAnalyzer<RealtimeException.InvalidConfig> {
    InvalidConfigAnalyzer() {}

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable failure, RealtimeException.InvalidConfig cause) {
        String text = String.valueOf(cause.getMessage());
        return new FailureAnalysis("Parley cannot start: " + text + ".", action(text), cause);
    }

    private static String action(String text) {
        if (text.startsWith("OPENAI_API_KEY is not set")) {
            return "Set the property parley.openai.api-key or the variable OPENAI_API_KEY; or name another provider with"
                    + " parley.provider, such as local, which needs no key and the dependency parley-local.";
        }
        if (text.startsWith("AZURE_OPENAI")) {
            return "Set the properties parley.azure.endpoint and parley.azure.api-key, or the variables"
                    + " AZURE_OPENAI_ENDPOINT and AZURE_OPENAI_API_KEY.";
        }
        if (text.contains(" is not set")) {
            return "Set the variable in the environment, or below the property parley.variables.";
        }
        if (text.contains("have one path")) {
            return "Set another path in @Realtime(path = ...) or with VoiceAgent.builder().path(...).";
        }
        if (text.contains("have one name")) {
            return "Set another name in @Realtime(name = ...) or with VoiceAgent.builder().name(...).";
        }
        return "Correct it, and start the application again.";
    }
}
