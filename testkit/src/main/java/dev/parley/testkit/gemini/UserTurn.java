package dev.parley.testkit.gemini;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** What a model is to answer. */
public sealed interface UserTurn {
    /**
     * Text.
     *
     * @param text the text of the last turn that came, in one piece
     * @param realtime whether it came as {@code realtimeInput.text}
     */
    record Text(String text, boolean realtime) implements UserTurn {}

    /**
     * Speech.
     *
     * @param pcm all audio since the last turn, 16-bit little-endian mono
     * @param hertz as it was labelled
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Speech(byte[] pcm, int hertz) implements UserTurn {}

    /**
     * The answers to all function calls that were open.
     *
     * @param responses each a {@code FunctionResponse}
     */
    record Results(List<JsonNode> responses) implements UserTurn {
        public Results {
            responses = List.copyOf(responses);
        }
    }
}
