package dev.parley.testkit.gemini;

import java.util.Arrays;
import java.util.Optional;

/** The models that the server has, and what it lets each of them be told. */
enum KnownModel {
    LIVE_38("gemini-3.8-live", true, true, Thinking.FORBIDDEN),
    LIVE_38_THINKING("gemini-3.8-live-extended-thinking", true, false, Thinking.REQUIRED),
    LIVE_31("gemini-3.1-flash-live-preview", true, false, Thinking.OPTIONAL),
    TRANSLATE_35("gemini-3.5-live-translate-preview", true, false, Thinking.FORBIDDEN),
    NATIVE_25("gemini-2.5-flash-native-audio-preview-12-2025", true, false, Thinking.OPTIONAL),
    NATIVE_25_OLD("gemini-2.5-flash-native-audio-preview-09-2025", true, false, Thinking.OPTIONAL),
    CASCADE_25("gemini-live-2.5-flash-preview", true, false, Thinking.OPTIONAL),
    VERTEX_NATIVE_25("gemini-live-2.5-flash-native-audio", false, true, Thinking.OPTIONAL),
    VERTEX_25("gemini-live-2.5-flash", false, true, Thinking.OPTIONAL);

    /** Whether a {@code thinkingConfig} may or must be there. */
    enum Thinking {
        FORBIDDEN,
        OPTIONAL,
        REQUIRED
    }

    private final String id;
    private final boolean developer;
    private final boolean vertex;
    private final Thinking thinking;

    KnownModel(String id, boolean developer, boolean vertex, Thinking thinking) {
        this.id = id;
        this.developer = developer;
        this.vertex = vertex;
        this.thinking = thinking;
    }

    /** The model of a path such as {@code models/gemini-3.8-live}, if the server of this kind has it. */
    static Optional<KnownModel> of(String path, boolean vertex) {
        boolean form = vertex
                ? path.matches("(projects/[^/]+/locations/[^/]+/)?publishers/google/models/[^/]+")
                : path.matches("models/[^/]+");
        String name = path.substring(path.lastIndexOf('/') + 1);
        return Arrays.stream(values())
                .filter(model -> form && model.id.equals(name) && (vertex ? model.vertex : model.developer))
                .findFirst();
    }

    Thinking thinking() {
        return thinking;
    }

    /** Whether it answers in text. */
    boolean writes() {
        return this == CASCADE_25 || this == VERTEX_25;
    }

    /** Whether it takes {@code clientContent} when it has answered once. */
    boolean takesContentLater() {
        return this != LIVE_31;
    }

    /** Whether it takes {@code contextUpdate}. */
    boolean takesContextUpdate() {
        return this == LIVE_38 || this == LIVE_38_THINKING;
    }

    /** Whether audio while a function call is open cancels the call. */
    boolean audioCancelsCalls() {
        return this == LIVE_31;
    }
}
