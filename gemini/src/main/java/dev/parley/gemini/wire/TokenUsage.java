package dev.parley.gemini.wire;

import dev.parley.protocol.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns Gemini's {@code usageMetadata} into the {@code usage} of OpenAI's {@code response.done}. What Gemini does not split by
 * modality is in the totals alone. Pure.
 */
public final class TokenUsage {
    private TokenUsage() {}

    public static ObjectNode of(ObjectNode metadata) {
        int input = metadata.path("promptTokenCount").asInt(0)
                + metadata.path("toolUsePromptTokenCount").asInt(0);
        int thoughts = metadata.path("thoughtsTokenCount").asInt(0);
        int output =
                either(metadata, "responseTokenCount", "candidatesTokenCount").asInt(0) + thoughts;
        ObjectNode usage = Json.object();
        usage.put("total_tokens", metadata.path("totalTokenCount").asInt(input + output));
        usage.put("input_tokens", input).put("output_tokens", output);
        JsonNode prompt = metadata.path("promptTokensDetails");
        JsonNode tools = metadata.path("toolUsePromptTokensDetails");
        JsonNode cached = metadata.path("cacheTokensDetails");
        ObjectNode in = usage.putObject("input_token_details");
        in.put("text_tokens", sum(prompt, "TEXT", "DOCUMENT") + sum(tools, "TEXT", "DOCUMENT"));
        in.put("audio_tokens", sum(prompt, "AUDIO") + sum(tools, "AUDIO"));
        in.put("image_tokens", sum(prompt, "IMAGE", "VIDEO") + sum(tools, "IMAGE", "VIDEO"));
        in.put("cached_tokens", metadata.path("cachedContentTokenCount").asInt(0));
        ObjectNode kept = in.putObject("cached_tokens_details");
        kept.put("text_tokens", sum(cached, "TEXT", "DOCUMENT")).put("audio_tokens", sum(cached, "AUDIO"));
        kept.put("image_tokens", sum(cached, "IMAGE", "VIDEO"));
        JsonNode answer = either(metadata, "responseTokensDetails", "candidatesTokensDetails");
        ObjectNode out = usage.putObject("output_token_details");
        out.put("text_tokens", sum(answer, "TEXT") + thoughts).put("audio_tokens", sum(answer, "AUDIO"));
        return usage;
    }

    /** Vertex AI uses the older names. */
    private static JsonNode either(ObjectNode metadata, String name, String older) {
        return metadata.has(name) ? metadata.path(name) : metadata.path(older);
    }

    private static int sum(JsonNode details, String... modalities) {
        int sum = 0;
        for (JsonNode each : details) {
            for (String modality : modalities) {
                sum += each.path("modality").asString("").equals(modality)
                        ? each.path("tokenCount").asInt(0)
                        : 0;
            }
        }
        return sum;
    }
}
