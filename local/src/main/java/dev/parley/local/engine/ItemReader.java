package dev.parley.local.engine;

import dev.parley.event.codec.Faults;
import dev.parley.local.LocalProvider;
import dev.parley.local.input.InputAudio;
import dev.parley.protocol.Json;
import dev.parley.provider.reply.Refused;
import java.util.Base64;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the items that clients send, whose shape has been checked, and writes them as events show them. */
final class ItemReader {
    private final JsonNode sent;
    private final String path;
    private final ObjectNode json = Json.object();
    private final Item item = new Item(json);

    private ItemReader(JsonNode sent, String path) {
        this.sent = sent;
        this.path = path;
    }

    /**
     * The item in an object of a client event.
     *
     * @param path where it stands in the event
     * @param id the id it gets if it brings none
     * @param callId the call's id it gets if it is a call and brings none
     * @throws Refused if it is not an item that can be taken
     */
    static Item read(JsonNode sent, String path, String id, String callId) {
        return new ItemReader(sent, path).read(id, callId);
    }

    private Item read(String id, String callId) {
        String type = sent.path("type").asString("");
        json.put("id", sent.path("id").asString(id)).put("type", type);
        switch (type) {
            case "message" -> message();
            case "function_call" -> {
                json.put("status", "completed");
                json.put("name", sent.path("name").asString(""));
                json.put("call_id", sent.path("call_id").asString(callId));
                json.put("arguments", sent.path("arguments").asString(""));
            }
            case "function_call_output" -> {
                json.put("call_id", sent.path("call_id").asString(""));
                json.put("output", sent.path("output").asString(""));
            }
            default -> throw Refused.unsupported(LocalProvider.NAME, path + ".type", "MCP tools");
        }
        return item;
    }

    private void message() {
        json.put("status", "completed").put("role", sent.path("role").asString(""));
        ArrayNode content = json.putArray("content");
        JsonNode parts = sent.path("content");
        for (int i = 0; i < parts.size(); i++) {
            JsonNode part = parts.path(i);
            String where = path + ".content[" + i + "]";
            String type = part.path("type").asString("");
            ObjectNode shown = content.addObject().put("type", type);
            switch (type) {
                case "input_audio" -> userAudio(part, where, shown);
                case "output_audio" -> assistantAudio(part, where, shown);
                case "input_image" -> throw Refused.unsupported(LocalProvider.NAME, where + ".type", "images");
                default -> shown.put("text", part.path("text").asString(""));
            }
        }
    }

    private void userAudio(JsonNode part, String where, ObjectNode shown) {
        shown.put("transcript", part.path("transcript").asStringOpt().orElse(null));
        if (!part.has("audio")) {
            // History whose sound is gone: the words are enough.
            if (!part.hasNonNull("transcript")) {
                throw Refused.of(Faults.missing(where + ".audio"));
            }
            return;
        }
        if (item.audioBytes() > 0) {
            throw Refused.value(where, "A message may have one part with audio.");
        }
        byte[] pcm = pcm(part.path("audio").asString(""), where + ".audio");
        item.audio(pcm, pcm.length / InputAudio.BYTES_PER_MS);
        if (!part.hasNonNull("transcript")) {
            item.awaitSpeech();
        }
    }

    /** Speech from another session: its words count, since its sound cannot be taken over. */
    private static void assistantAudio(JsonNode part, String where, ObjectNode shown) {
        if (part.has("audio")) {
            throw Refused.value(where + ".audio", "The assistant's audio cannot be added; send its transcript alone.");
        }
        if (!part.hasNonNull("transcript")) {
            throw Refused.of(Faults.missing(where + ".transcript"));
        }
        shown.put("transcript", part.path("transcript").asString(""));
    }

    private static byte[] pcm(String base64, String path) {
        try {
            return whole(Base64.getDecoder().decode(base64), path);
        } catch (IllegalArgumentException e) {
            throw Refused.value(path, "Invalid '" + path + "': expected base64.");
        }
    }

    /** The samples, which must be whole. */
    static byte[] whole(byte[] pcm, String path) {
        if (pcm.length % 2 != 0) {
            throw Refused.value(
                    path,
                    "Invalid '" + path + "': audio/pcm has 2 bytes a sample, but " + pcm.length + " bytes were sent.");
        }
        return pcm;
    }
}
