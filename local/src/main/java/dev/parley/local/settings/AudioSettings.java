package dev.parley.local.settings;

import dev.parley.OpenAIVoice;
import dev.parley.RealtimeAudioFormat;
import dev.parley.local.LocalProvider;
import dev.parley.protocol.Json;
import dev.parley.provider.reply.SessionFields;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How a session hears and speaks: its {@code audio}, as far as it can be set here. */
final class AudioSettings {
    private static final List<String> VOICES =
            Arrays.stream(OpenAIVoice.values()).map(OpenAIVoice::wireName).toList();

    private AudioSettings() {}

    /** What a new session has for its {@code input}. */
    static ObjectNode input() {
        ObjectNode input = Json.object();
        input.set("format", RealtimeAudioFormat.PCM_24K.json());
        input.putNull("transcription").putNull("noise_reduction");
        input.set("turn_detection", TurnSettings.DEFAULT.json());
        return input;
    }

    /** What a new session has for its {@code output}. */
    static ObjectNode output() {
        ObjectNode output = Json.object();
        output.set("format", RealtimeAudioFormat.PCM_24K.json());
        return output.put("voice", "alloy").put("speed", 1.0);
    }

    /**
     * Writes what is set of an input into the one that holds.
     *
     * @throws dev.parley.provider.reply.Refused if it asks for what there is not here
     */
    static void mergeInput(JsonNode update, String path, ObjectNode target) {
        SessionFields.format(update, path, LocalProvider.NAME, RealtimeAudioFormat.PCM_24K);
        SessionFields.transcription(update, target);
        JsonNode detection = update.path("turn_detection");
        if (detection.isNull()) {
            target.putNull("turn_detection");
        } else if (detection.isObject()) {
            TurnSettings known = TurnSettings.of(target.path("turn_detection"));
            target.set(
                    "turn_detection",
                    TurnSettings.merge(detection, path + ".turn_detection", known)
                            .json());
        }
    }

    /**
     * Writes what is set of an output into the one that holds.
     *
     * @param voiceHeard the voice in which the assistant has spoken, which is fixed then; null: it has not
     * @throws dev.parley.provider.reply.Refused if it asks for what there is not here
     */
    static void mergeOutput(JsonNode update, String path, ObjectNode target, @Nullable String voiceHeard) {
        SessionFields.format(update, path, LocalProvider.NAME, RealtimeAudioFormat.PCM_24K);
        SessionFields.speed(update, path, LocalProvider.NAME);
        Optional<String> asked = SessionFields.voice(update, path, LocalProvider.NAME, VOICES);
        String holds = target.path("voice").asString("");
        if (voiceHeard != null
                && asked.isPresent()
                && !asked.get().equals(voiceHeard)
                && !asked.get().equals(holds)) {
            throw SessionFields.voiceFixed(path);
        }
        asked.ifPresent(voice -> target.put("voice", voice));
    }
}
