package dev.parley.testkit.conformance;

import dev.parley.protocol.Json;
import dev.parley.testkit.gemini.RecordedGemini;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a client must be told of one generation of a Gemini model: written from the recording alone, without the code that
 * translates.
 *
 * @param audio the payloads, in base64, in one piece
 * @param transcript what was said in words
 * @param calls the function calls: name and arguments
 * @param usage in OpenAI's form; missing: none was told in time
 */
record GeminiAnswer(String audio, String transcript, List<ObjectNode> calls, JsonNode usage) {
    /** The responses that a model's messages after one turn of the user come to. */
    static List<GeminiAnswer> of(List<ObjectNode> messages) {
        List<GeminiAnswer> answers = new ArrayList<>();
        Open open = new Open();
        for (ObjectNode message : messages) {
            JsonNode content = message.path("serverContent");
            for (JsonNode part : content.path("modelTurn").path("parts")) {
                open.audio(part.path("inlineData").path("data").asString(""));
            }
            open.said(content.path("outputTranscription").path("text").asString(""));
            for (JsonNode call : message.path("toolCall").path("functionCalls")) {
                open.call(call);
            }
            if (message.has("usageMetadata")) {
                open.usage = usage(message.path("usageMetadata"));
            }
            boolean over = content.path("turnComplete").asBoolean(false)
                    || content.path("interrupted").asBoolean(false)
                    || message.has("toolCall");
            if (over && open.any) {
                answers.add(open.close());
                open = new Open();
            }
        }
        if (open.any) {
            answers.add(open.close());
        }
        return answers;
    }

    /** An answer that is still coming. */
    private static final class Open {
        private final StringBuilder audio = new StringBuilder();
        private final StringBuilder transcript = new StringBuilder();
        private final List<ObjectNode> calls = new ArrayList<>();
        private JsonNode usage = Json.object().path("none");
        private boolean any;

        private void audio(String base64) {
            audio.append(base64).append(base64.isEmpty() ? "" : " ");
            any |= !base64.isEmpty();
        }

        private void said(String text) {
            transcript.append(text);
            any |= !text.isEmpty();
        }

        private void call(JsonNode call) {
            ObjectNode told = Json.object().put("name", call.path("name").asString(""));
            told.set("arguments", call.has("args") ? call.path("args") : Json.object());
            calls.add(told);
            any = true;
        }

        private GeminiAnswer close() {
            return new GeminiAnswer(audio.toString().strip(), transcript.toString(), List.copyOf(calls), usage);
        }
    }

    /** What a response and its deltas told a client. */
    static GeminiAnswer told(ObjectNode response, String audio, String transcript) {
        List<ObjectNode> calls = new ArrayList<>();
        for (JsonNode item : response.path("output")) {
            if (item.path("type").asString("").equals("function_call")) {
                ObjectNode call = Json.object().put("name", item.path("name").asString(""));
                call.set(
                        "arguments",
                        Json.mapper().readTree(item.path("arguments").asString("")));
                calls.add(call);
            }
        }
        return new GeminiAnswer(audio, transcript, calls, response.path("usage"));
    }

    /** The differences between what must be told and what was. */
    List<Difference> differences(GeminiAnswer told, String where) {
        List<Difference> found = new ArrayList<>();
        if (!audio.equals(told.audio)) {
            found.add(new Difference(where, "response.output_audio.delta", "", "holds other audio"));
        }
        if (!transcript.strip().equals(told.transcript.strip())) {
            found.add(new Difference(where, "response.output_audio_transcript.done", "", "holds other words"));
        }
        if (!same(calls, told.calls)) {
            found.add(new Difference(where, "response.function_call_arguments.done", "", "holds other calls"));
        }
        if (!usage.isMissingNode()) {
            Difference.between(usage, told.usage, where, "response.done").ifPresent(found::add);
        }
        return found;
    }

    private static boolean same(List<ObjectNode> one, List<ObjectNode> other) {
        ArrayNode left = Json.mapper().createArrayNode();
        left.addAll(one);
        ArrayNode right = Json.mapper().createArrayNode();
        right.addAll(other);
        return Difference.between(left, right, "", "").isEmpty();
    }

    private static ObjectNode usage(JsonNode told) {
        int thoughts = count(told, "thoughtsTokenCount");
        int input = count(told, "promptTokenCount") + count(told, "toolUsePromptTokenCount");
        int output = count(told, "responseTokenCount") + count(told, "candidatesTokenCount") + thoughts;
        ObjectNode usage =
                Json.object().put("total_tokens", told.path("totalTokenCount").asInt(input + output));
        usage.put("input_tokens", input).put("output_tokens", output);
        JsonNode prompt = told.path("promptTokensDetails");
        ObjectNode in = usage.putObject("input_token_details").put("text_tokens", of(prompt, "TEXT"));
        in.put("audio_tokens", of(prompt, "AUDIO")).put("image_tokens", of(prompt, "IMAGE") + of(prompt, "VIDEO"));
        in.put("cached_tokens", count(told, "cachedContentTokenCount"));
        JsonNode cached = told.path("cacheTokensDetails");
        ObjectNode kept = in.putObject("cached_tokens_details").put("text_tokens", of(cached, "TEXT"));
        kept.put("audio_tokens", of(cached, "AUDIO")).put("image_tokens", of(cached, "IMAGE") + of(cached, "VIDEO"));
        JsonNode answer = RecordedGemini.field(told, "responseTokensDetails");
        if (answer.isMissingNode()) {
            answer = told.path("candidatesTokensDetails");
        }
        usage.putObject("output_token_details")
                .put("text_tokens", of(answer, "TEXT") + thoughts)
                .put("audio_tokens", of(answer, "AUDIO"));
        return usage;
    }

    private static int count(JsonNode told, String name) {
        return told.path(name).asInt(0);
    }

    private static int of(JsonNode details, String modality) {
        int sum = 0;
        for (JsonNode detail : details) {
            sum += detail.path("modality").asString("").equals(modality) ? count(detail, "tokenCount") : 0;
        }
        return sum;
    }
}
