package dev.parley.turn;

import dev.parley.RealtimeAudioFormat;
import tools.jackson.databind.JsonNode;

/**
 * What a session's settings say of turn-taking.
 *
 * @param detects whether the provider finds the user's turns
 * @param answers whether it makes a response of its own at the end of each
 * @param interrupts whether the user's speech ends a response, which the provider then cancels by itself
 * @param transcribes whether it writes down what the user says
 * @param output how the assistant's audio is written
 */
public record TurnSettings(
        boolean detects, boolean answers, boolean interrupts, boolean transcribes, RealtimeAudioFormat output) {
    /** What is taken to be so until the provider tells. */
    public static final TurnSettings UNKNOWN =
            new TurnSettings(false, false, false, false, RealtimeAudioFormat.PCM_24K);

    /** These settings with what a {@code session} says, as in {@code session.updated} or {@code session.update}. */
    public TurnSettings with(JsonNode session) {
        JsonNode input = session.path("audio").path("input");
        JsonNode detection = input.path("turn_detection");
        JsonNode transcription = input.path("transcription");
        boolean known = !detection.isMissingNode();
        boolean speaks = !session.path("type").asString("realtime").equals("transcription");
        boolean on = speaks && detection.isObject();
        return new TurnSettings(
                known ? on : detects,
                known ? on && detection.path("create_response").asBoolean(true) : answers,
                known ? on && detection.path("interrupt_response").asBoolean(true) : interrupts,
                transcription.isMissingNode() ? transcribes : transcription.isObject(),
                RealtimeAudioFormat.of(session.path("audio").path("output").path("format"))
                        .orElse(output));
    }
}
