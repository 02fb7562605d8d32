package dev.parley.local.settings;

import dev.parley.OpenAIVoice;
import dev.parley.RealtimeAudioFormat;
import dev.parley.event.codec.Faults;
import dev.parley.local.LocalProvider;
import dev.parley.protocol.Json;
import dev.parley.provider.reply.Refused;
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
     * @throws Refused if it asks for what there is not here
     */
    static void mergeInput(JsonNode update, String path, ObjectNode target) {
        checkFormat(update, path);
        JsonNode transcription = update.path("transcription");
        if (transcription.isNull()) {
            target.putNull("transcription");
        } else if (transcription.isObject()) {
            ObjectNode shown = target.putObject("transcription");
            // Any model means the one that is here; its name is echoed so that clients find what they set.
            for (String name : List.of("model", "language", "prompt")) {
                shown.put(name, transcription.path(name).asStringOpt().orElse(null));
            }
        }
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
     * @throws Refused if it asks for what there is not here
     */
    static void mergeOutput(JsonNode update, String path, ObjectNode target, @Nullable String voiceHeard) {
        checkFormat(update, path);
        if (update.has("speed") && update.path("speed").asDouble() != 1) {
            throw Refused.unsupported(LocalProvider.NAME, path + ".speed", "a speed other than 1");
        }
        Optional<String> asked = voice(update, path);
        String holds = target.path("voice").asString("");
        if (voiceHeard != null
                && asked.isPresent()
                && !asked.get().equals(voiceHeard)
                && !asked.get().equals(holds)) {
            throw Refused.of(
                    "cannot_update_voice",
                    "Cannot update a conversation's voice if assistant audio is present.",
                    path + ".voice");
        }
        asked.ifPresent(voice -> target.put("voice", voice));
    }

    private static Optional<String> voice(JsonNode output, String path) {
        JsonNode voice = output.path("voice");
        if (voice.isObject()) {
            throw Refused.unsupported(LocalProvider.NAME, path + ".voice", "custom voices");
        }
        Optional<String> name = voice.asStringOpt();
        if (name.isPresent() && !VOICES.contains(name.get())) {
            throw Refused.of(Faults.choice(path + ".voice", name.get(), VOICES));
        }
        return name;
    }

    private static void checkFormat(JsonNode parent, String path) {
        JsonNode format = parent.path("format");
        if (format.isObject() && !RealtimeAudioFormat.of(format).equals(Optional.of(RealtimeAudioFormat.PCM_24K))) {
            throw Refused.unsupported(
                    LocalProvider.NAME,
                    path + ".format",
                    "audio in any format but {\"type\":\"audio/pcm\",\"rate\":24000}");
        }
    }
}
