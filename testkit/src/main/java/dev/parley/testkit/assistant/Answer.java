package dev.parley.testkit.assistant;

import dev.parley.protocol.Json;
import java.io.IOException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One response, from {@code response.created} to {@code response.done}, with a message or calls in it. */
final class Answer {
    /** A fifth of a second of a quiet tone, for each word. */
    private static final String WORD = Base64.getEncoder().encodeToString(tone());

    private final Outlet out;
    private final Items items;
    private final ObjectNode response;
    private final boolean spoken;
    private @Nullable ObjectNode item;
    private int index = -1;
    private final StringBuilder said = new StringBuilder();

    Answer(Outlet out, Items items, Settings settings, JsonNode overrides) {
        this.out = out;
        this.items = items;
        this.response = Json.object().put("object", "realtime.response").put("id", out.id("resp"));
        JsonNode modalities = overrides.path("output_modalities");
        if (modalities.isMissingNode()) {
            modalities = settings.outputModalities();
        }
        this.spoken = modalities.path(0).asString("audio").equals("audio");
        response.put("status", "in_progress").putNull("status_details").putArray("output");
        response.put("conversation_id", "conv_scripted")
                .set("output_modalities", modalities.deepCopy())
                .put("max_output_tokens", "inf");
        response.putObject("audio")
                .putObject("output")
                .put("voice", settings.output().path("voice").asString(""))
                .set("format", settings.output().path("format").deepCopy());
        response.putNull("usage");
        response.set(
                "metadata",
                overrides.has("metadata")
                        ? overrides.path("metadata")
                        : Json.mapper().nullNode());
    }

    String id() {
        return response.path("id").asString("");
    }

    void begin() throws IOException {
        send("response.created");
    }

    private void send(String type) throws IOException {
        ObjectNode event = out.event(type);
        event.set("response", response.deepCopy());
        out.send(event);
    }

    /** Says a text; the item stays open until the response ends. */
    void say(String text) throws IOException {
        begin(items.message(out.id("item"), "in_progress", "assistant"));
        ObjectNode added = content("response.content_part.added");
        added.set("part", part(""));
        out.send(added);
        for (String word : text.split("(?<= )")) {
            said.append(word);
            String kind = spoken ? "response.output_audio_transcript.delta" : "response.output_text.delta";
            out.send(content(kind).put("delta", word).put("obfuscation", "x".repeat(16 - word.length() % 16)));
            if (spoken) {
                out.send(content("response.output_audio.delta").put("delta", WORD));
            }
        }
    }

    /** Calls a function. */
    void call(String name, String arguments) throws IOException {
        ObjectNode call = Json.object().put("id", out.id("item")).put("type", "function_call");
        call.put("status", "in_progress").put("name", name).put("call_id", out.id("call"));
        begin(call.put("arguments", ""));
        for (String piece : arguments.split("(?<=,)")) {
            out.send(ofCall("response.function_call_arguments.delta", call).put("delta", piece));
        }
        call.put("arguments", arguments);
        out.send(ofCall("response.function_call_arguments.done", call)
                .put("name", name)
                .put("arguments", arguments));
    }

    private ObjectNode ofCall(String type, ObjectNode call) {
        return ofItem(type).put("call_id", call.path("call_id").asString(""));
    }

    private void begin(ObjectNode begun) throws IOException {
        endItem(true);
        item = begun;
        index++;
        ObjectNode event =
                out.event("response.output_item.added").put("response_id", id()).put("output_index", index);
        event.set("item", begun.deepCopy());
        out.send(event);
        items.added(begun);
    }

    /**
     * Ends the response and whatever is open in it.
     *
     * @param reason why it was cancelled, or null
     */
    void end(String status, @Nullable String reason) throws IOException {
        endItem(status.equals("completed"));
        response.put("status", status);
        if (reason != null) {
            response.putObject("status_details").put("type", status).put("reason", reason);
        }
        response.set("usage", usage());
        send("response.done");
        ObjectNode limits = out.event("rate_limits.updated");
        limits.putArray("rate_limits")
                .addObject()
                .put("name", "tokens")
                .put("limit", 40_000)
                .put("remaining", 39_000)
                .put("reset_seconds", 1.5);
        out.send(limits);
    }

    private void endItem(boolean whole) throws IOException {
        ObjectNode last = item;
        if (last == null) {
            return;
        }
        if (last.has("content")) {
            endContent(last);
        }
        last.put("status", whole ? "completed" : "incomplete");
        items.done(last);
        ObjectNode event =
                out.event("response.output_item.done").put("response_id", id()).put("output_index", index);
        event.set("item", last.deepCopy());
        out.send(event);
        ((ArrayNode) response.path("output")).add(last.deepCopy());
        item = null;
    }

    private void endContent(ObjectNode message) throws IOException {
        String text = said.toString();
        if (spoken) {
            out.send(content("response.output_audio.done"));
            out.send(content("response.output_audio_transcript.done").put("transcript", text));
        } else {
            out.send(content("response.output_text.done").put("text", text));
        }
        ObjectNode done = content("response.content_part.done");
        done.set("part", part(text));
        out.send(done);
        ((ArrayNode) message.path("content"))
                .addObject()
                .put("type", spoken ? "output_audio" : "output_text")
                .put(spoken ? "transcript" : "text", text);
    }

    private ObjectNode part(String text) {
        return Json.object().put("type", spoken ? "audio" : "text").put(spoken ? "transcript" : "text", text);
    }

    private ObjectNode ofItem(String type) {
        ObjectNode of = item;
        return out.event(type)
                .put("response_id", id())
                .put("item_id", of == null ? "" : of.path("id").asString(""))
                .put("output_index", index);
    }

    private ObjectNode content(String type) {
        return ofItem(type).put("content_index", 0);
    }

    private static ObjectNode usage() {
        ObjectNode usage = Json.object().put("total_tokens", 60).put("input_tokens", 40);
        usage.put("output_tokens", 20);
        ObjectNode input = usage.putObject("input_token_details").put("text_tokens", 40);
        input.put("audio_tokens", 0).put("image_tokens", 0).put("cached_tokens", 0);
        input.putObject("cached_tokens_details")
                .put("text_tokens", 0)
                .put("audio_tokens", 0)
                .put("image_tokens", 0);
        usage.putObject("output_token_details").put("text_tokens", 5).put("audio_tokens", 15);
        return usage;
    }

    static byte[] tone() {
        byte[] pcm = new byte[9600];
        for (int i = 0; i < pcm.length / 2; i++) {
            int sample = (int) (2000 * Math.sin(2 * Math.PI * 440 * i / 24_000));
            pcm[2 * i] = (byte) sample;
            pcm[2 * i + 1] = (byte) (sample >> 8);
        }
        return pcm;
    }
}
