package dev.parley.testkit.gemini;

import dev.parley.protocol.Json;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One message of a Gemini server, put together field by field: one frame may hold several of them. Gemini Live:
 * {@code BidiGenerateContentServerMessage}.
 */
public final class ModelMessage {
    /** The format of the audio that models speak: 16-bit little-endian mono PCM at 24,000 Hz. */
    public static final String SPOKEN = "audio/pcm;rate=24000";

    private final ObjectNode json = Json.object();

    private ObjectNode content() {
        return json.path("serverContent") instanceof ObjectNode content ? content : json.putObject("serverContent");
    }

    private ArrayNode parts() {
        ObjectNode content = content();
        ObjectNode turn =
                content.path("modelTurn") instanceof ObjectNode present ? present : content.putObject("modelTurn");
        return turn.withArray("parts");
    }

    /** Speech at 24,000 Hz. */
    public ModelMessage audio(byte[] pcm) {
        return audio(Base64.getEncoder().encodeToString(pcm), SPOKEN);
    }

    /** Speech as it stands on the wire, with its label. */
    public ModelMessage audio(String base64, String mimeType) {
        parts().addObject().putObject("inlineData").put("mimeType", mimeType).put("data", base64);
        return this;
    }

    /** An answer in text. */
    public ModelMessage text(String text) {
        parts().addObject().put("text", text);
        return this;
    }

    /** What the model thinks, which is not for the user. */
    public ModelMessage thought(String text) {
        parts().addObject().put("text", text).put("thought", true);
        return this;
    }

    /** The next piece of what the model says, in words. */
    public ModelMessage transcript(String piece) {
        content().putObject("outputTranscription").put("text", piece);
        return this;
    }

    /** The next piece of what the user said, in words. */
    public ModelMessage heard(String piece) {
        content().putObject("inputTranscription").put("text", piece);
        return this;
    }

    /** The end of what the user said in words, without any more of it. */
    public ModelMessage heardAll() {
        content().putObject("inputTranscription").put("finished", true);
        return this;
    }

    /**
     * A function call.
     *
     * @param id null: none is sent, as by some servers
     * @param arguments null: none are sent
     */
    public ModelMessage call(@Nullable String id, String name, @Nullable JsonNode arguments) {
        ObjectNode calls = json.path("toolCall") instanceof ObjectNode present ? present : json.putObject("toolCall");
        ObjectNode call = calls.withArray("functionCalls").addObject();
        if (id != null) {
            call.put("id", id);
        }
        call.put("name", name);
        if (arguments != null) {
            call.set("args", arguments);
        }
        return this;
    }

    /** Calls whose results are wanted no more. */
    public ModelMessage cancelCalls(String... ids) {
        ArrayNode cancelled = json.putObject("toolCallCancellation").putArray("ids");
        for (String id : ids) {
            cancelled.add(id);
        }
        return this;
    }

    public ModelMessage generationComplete() {
        content().put("generationComplete", true);
        return this;
    }

    public ModelMessage turnComplete() {
        content().put("turnComplete", true);
        return this;
    }

    /** The end of a turn with its reason, such as {@code MALFORMED_FUNCTION_CALL}. */
    public ModelMessage turnComplete(String reason) {
        content().put("turnComplete", true).put("turnCompleteReason", reason);
        return this;
    }

    public ModelMessage interrupted() {
        content().put("interrupted", true);
        return this;
    }

    /** What it took: a prompt in text, and a response that is spoken, partly. */
    public ModelMessage usage(int promptText, int responseText, int responseAudio) {
        ObjectNode usage = json.putObject("usageMetadata").put("promptTokenCount", promptText);
        usage.put("responseTokenCount", responseText + responseAudio);
        usage.put("totalTokenCount", promptText + responseText + responseAudio);
        usage.putArray("promptTokensDetails")
                .addObject()
                .put("modality", "TEXT")
                .put("tokenCount", promptText);
        ArrayNode response = usage.putArray("responseTokensDetails");
        response.addObject().put("modality", "TEXT").put("tokenCount", responseText);
        response.addObject().put("modality", "AUDIO").put("tokenCount", responseAudio);
        return this;
    }

    /** The announcement that the connection will be closed. */
    public ModelMessage goAway(Duration timeLeft) {
        json.putObject("goAway").put("timeLeft", seconds(timeLeft));
        return this;
    }

    /** The begin or the end of the user's speech, since the session's begin; of Vertex AI. */
    public ModelMessage voiceActivity(boolean begins, Duration at) {
        json.putObject("voiceActivity")
                .put("voiceActivityType", begins ? "ACTIVITY_START" : "ACTIVITY_END")
                .put("audioOffset", seconds(at));
        return this;
    }

    /** Any other field of the message. */
    public ModelMessage with(String name, JsonNode value) {
        json.set(name, value);
        return this;
    }

    /** The message; the caller's to change. */
    public ObjectNode json() {
        return json;
    }

    /** As protobuf writes a duration in JSON. */
    private static String seconds(Duration duration) {
        String millis = String.format(java.util.Locale.ROOT, "%03d", duration.toMillisPart());
        return duration.toSeconds() + (millis.equals("000") ? "" : "." + millis) + "s";
    }
}
