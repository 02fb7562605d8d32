package dev.parley.local.engine;

import dev.parley.local.input.InputAudio;
import dev.parley.local.settings.Fields;
import dev.parley.local.settings.Refused;
import dev.parley.protocol.Json;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the items that clients send: checks every field, and writes them as events show them. */
final class ItemReader {
    private static final List<String> TYPES = List.of("message", "function_call", "function_call_output");

    private ItemReader() {}

    /**
     * The item in an object of a client event.
     *
     * @param id the id it gets if it brings none
     * @throws Refused if it is not an item that can be taken
     */
    static Item read(Fields sent, String id) {
        String type = sent.string("type");
        if (type.startsWith("mcp_")) {
            throw Refused.unsupported(sent.at("type"), "MCP tools");
        }
        sent.oneOf("type", TYPES);
        String own = sent.optional("id");
        if (own != null && (own.isEmpty() || own.length() > 64)) {
            throw Refused.value(sent.at("id"), "Invalid '" + sent.at("id") + "': expected 1 to 64 characters.");
        }
        ObjectNode json = Json.object();
        json.put("id", own == null ? id : own).put("type", type);
        return switch (type) {
            case "message" -> message(sent, json);
            case "function_call" -> call(sent, json);
            default -> output(sent, json);
        };
    }

    private static Item call(Fields sent, ObjectNode json) {
        sent.only(Set.of("id", "type", "object", "status", "name", "call_id", "arguments"));
        json.put("status", "completed").put("name", sent.string("name"));
        json.put("call_id", sent.string("call_id")).put("arguments", sent.string("arguments"));
        return new Item(json);
    }

    private static Item output(Fields sent, ObjectNode json) {
        sent.only(Set.of("id", "type", "object", "status", "call_id", "output"));
        json.put("call_id", sent.string("call_id")).put("output", sent.string("output"));
        return new Item(json);
    }

    private static Item message(Fields sent, ObjectNode json) {
        sent.only(Set.of("id", "type", "object", "status", "role", "content"));
        String role = sent.oneOf("role", List.of("user", "assistant", "system"));
        json.put("status", "completed").put("role", role);
        ArrayNode content = json.putArray("content");
        Item item = new Item(json);
        int parts = sent.array("content").size();
        for (int i = 0; i < parts; i++) {
            part(sent.element("content", i), role, content.addObject(), item);
        }
        return item;
    }

    private static void part(Fields part, String role, ObjectNode target, Item item) {
        String type = part.string("type");
        boolean user = role.equals("user");
        switch (type) {
            case "input_text" -> {
                if (role.equals("assistant")) {
                    throw part.choice("type", type, List.of("output_text"));
                }
                target.put("type", type).put("text", part.string("text"));
            }
            case "output_text", "text" -> {
                if (!role.equals("assistant")) {
                    throw part.choice("type", type, allowed(role));
                }
                target.put("type", "output_text").put("text", part.string("text"));
            }
            case "output_audio" -> {
                // Speech from another session: its words count, since its sound cannot be taken over.
                if (!role.equals("assistant") || part.given("audio")) {
                    throw part.choice("type", type, allowed(role));
                }
                target.put("type", type).put("transcript", part.string("transcript"));
            }
            case "input_audio" -> {
                if (!user) {
                    throw part.choice("type", type, allowed(role));
                }
                target.put("type", type).put("transcript", part.optional("transcript"));
                speech(part, item);
            }
            case "input_image" -> throw Refused.unsupported(part.at("type"), "images");
            default -> throw part.choice("type", type, allowed(role));
        }
    }

    private static List<String> allowed(String role) {
        return switch (role) {
            case "assistant" -> List.of("output_text");
            case "system" -> List.of("input_text");
            default -> List.of("input_text", "input_audio");
        };
    }

    private static void speech(Fields part, Item item) {
        if (!part.given("audio")) {
            // History whose sound is gone: the words are enough.
            part.string("transcript");
            return;
        }
        if (item.audioBytes() > 0) {
            throw Refused.value(part.path(), "A message may have one part with audio.");
        }
        byte[] pcm = pcm(part.string("audio"), part.at("audio"));
        item.audio(pcm, pcm.length / InputAudio.BYTES_PER_MS);
        if (!part.given("transcript")) {
            item.awaitSpeech();
        }
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
