package dev.parley.local.engine;

import dev.parley.protocol.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a response took and gave, in tokens: 4 characters of text, 100 ms of the user's speech or 50 ms of the
 * assistant's are one. The text counts are estimates, since there is no tokenizer.
 */
record Usage(int inputText, int inputAudio, int outputText, int outputAudio) {
    static int text(int characters) {
        return Math.ceilDiv(characters, 4);
    }

    static int userAudio(int ms) {
        return Math.ceilDiv(ms, 100);
    }

    static int assistantAudio(int ms) {
        return Math.ceilDiv(ms, 50);
    }

    /** The {@code usage} of {@code response.done}. */
    ObjectNode json() {
        ObjectNode usage = Json.object();
        usage.put("total_tokens", inputText + inputAudio + outputText + outputAudio);
        usage.put("input_tokens", inputText + inputAudio);
        usage.put("output_tokens", outputText + outputAudio);
        ObjectNode input = usage.putObject("input_token_details");
        input.put("text_tokens", inputText);
        input.put("audio_tokens", inputAudio);
        input.put("image_tokens", 0);
        input.put("cached_tokens", 0);
        ObjectNode cached = input.putObject("cached_tokens_details");
        cached.put("text_tokens", 0).put("audio_tokens", 0).put("image_tokens", 0);
        usage.putObject("output_token_details").put("text_tokens", outputText).put("audio_tokens", outputAudio);
        return usage;
    }
}
