package dev.parley.gemini.setup;

import java.time.Duration;
import tools.jackson.databind.JsonNode;

/**
 * What one Gemini Live model can do, as {@link ModelTable} knows it. Google changes this under a fixed name, so every value
 * can be overridden in the configuration ({@link ModelOptions}).
 *
 * @param name without {@code models/} or the Vertex path, such as {@code gemini-3.8-live}
 * @param path as {@code setup.model} names it: {@code models/…}, or Vertex's {@code projects/…/publishers/google/models/…}
 * @param text whether it answers in text, too
 * @param textInput how text reaches it once the conversation has begun
 * @param contextUpdate whether instructions and tools change by {@code contextUpdate}; if not, by a new connection
 * @param initialHistory whether a history is announced by {@code historyConfig.initialHistoryInClientContent}
 * @param toolIds whether answers of tools carry the call's id
 * @param holdsAudioInCalls whether the user's audio must wait while a function call is open, since it would cancel the call
 * @param cancels whether a {@code clientContent} without content ends what is being generated
 * @param nudge the text that makes it answer when nothing new was said
 * @param jsonSchema whether tools are declared by {@code parametersJsonSchema}, or else by {@code parameters}
 * @param thinking what {@code thinkingConfig} it takes
 * @param explicitVad whether {@code explicitVadSignal} may be set, and {@code voiceActivity} comes
 * @param longestConnection after which a connection is replaced unasked
 * @param toolBehavior the {@code behavior} that functions are declared with; empty: the model's own
 * @param setup what every {@code setup} has besides, or in place of what Parley writes; an object, which is not changed
 */
public record GeminiModel(
        String name,
        String path,
        boolean text,
        TextInput textInput,
        boolean contextUpdate,
        boolean initialHistory,
        boolean toolIds,
        boolean holdsAudioInCalls,
        boolean cancels,
        String nudge,
        boolean jsonSchema,
        Thinking thinking,
        boolean explicitVad,
        Duration longestConnection,
        String toolBehavior,
        JsonNode setup) {
    /** How text reaches a model. */
    public enum TextInput {
        /** As {@code clientContent} turns. */
        CONTENT,
        /** As {@code realtimeInput.text}; {@code clientContent} only before the first answer. */
        REALTIME
    }

    /** Which thinking a model takes. */
    public enum Thinking {
        /** {@code thinkingConfig} must be absent. */
        FORBIDDEN,
        /** {@code thinkingConfig.thinkingBudget}, in tokens, may be there. */
        BUDGET,
        /** {@code thinkingConfig.thinkingLevel} may be there. */
        LEVEL,
        /** {@code thinkingConfig.thinkingLevel} must be there. */
        REQUIRED
    }

    /**
     * Whether a client that names this model means the one there is. A name of OpenAI's models means whichever it is, so that
     * clients which name one work unchanged.
     */
    boolean isMeantBy(String named) {
        return named.equals(name) || named.equals(path) || named.equals("models/" + name) || ModelTable.isOpenAI(named);
    }
}
