package dev.parley.local.engine;

import dev.parley.local.input.InputAudio;
import dev.parley.local.mind.Turn;
import dev.parley.protocol.Json;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One entry of a conversation: as clients see it, and what a mind and the meter need of it. Used on the lane. */
final class Item {
    private final ObjectNode json;
    private byte[] pcm = new byte[0];
    private int audioMs;
    /** Whether its speech is still being recognised. */
    private boolean pending;
    /** Whether there are words to be answered. */
    private boolean understood = true;
    /** What a mind reads in place of the audio; null: its transcript. */
    private @Nullable String heard;

    /** An item without audio. The caller no longer changes {@code json}. */
    Item(ObjectNode json) {
        this.json = json;
    }

    /** The user's speech, not yet recognised. */
    static Item speech(String id, byte[] pcm) {
        Item item = sound(id, pcm);
        item.pending = true;
        return item;
    }

    /** The user's silence, in which there is nothing to recognise. */
    static Item silence(String id, byte[] pcm) {
        Item item = sound(id, pcm);
        item.heard = "";
        return item;
    }

    private static Item sound(String id, byte[] pcm) {
        ObjectNode json = Json.object();
        json.put("id", id).put("type", "message").put("status", "completed").put("role", "user");
        json.putArray("content").addObject().put("type", "input_audio").putNull("transcript");
        Item item = new Item(json);
        item.audio(pcm, pcm.length / InputAudio.BYTES_PER_MS);
        return item;
    }

    String id() {
        return json.path("id").asString("");
    }

    String type() {
        return json.path("type").asString("");
    }

    String callId() {
        return json.path("call_id").asString("");
    }

    /** As events show it, without audio; not to be changed. */
    ObjectNode json() {
        return json;
    }

    int audioMs() {
        return audioMs;
    }

    byte[] pcm() {
        return pcm;
    }

    int audioBytes() {
        return pcm.length;
    }

    void audio(byte[] bytes, int ms) {
        pcm = bytes;
        audioMs = ms;
    }

    /** Lets its audio go, which then can no longer be retrieved. */
    void forgetAudio() {
        pcm = new byte[0];
    }

    boolean pending() {
        return pending;
    }

    void awaitSpeech() {
        pending = true;
    }

    /** Files what was recognised. */
    void heard(String text, boolean wasUnderstood) {
        pending = false;
        understood = wasUnderstood;
        heard = text;
        if (wasUnderstood && json.path("content").path(audioIndex()) instanceof ObjectNode part) {
            part.put("transcript", text);
        }
    }

    /** Where in its content the audio is: behind text, perhaps. */
    int audioIndex() {
        JsonNode content = json.path("content");
        for (int i = 0; i < content.size(); i++) {
            if (content.path(i).path("type").asString("").endsWith("_audio")) {
                return i;
            }
        }
        return 0;
    }

    boolean isAssistantAudio() {
        return json.path("role").asString("").equals("assistant")
                && json.path("content").path(0).path("type").asString("").equals("output_audio");
    }

    /** Forgets what was not heard: the audio after this many ms, its words, and the transcript. */
    void truncate(int ms) {
        String text = text();
        int kept = audioMs == 0 ? 0 : (int) ((long) text.length() * ms / audioMs);
        int word = kept >= text.length() ? text.length() : text.lastIndexOf(' ', kept);
        heard = text.substring(0, Math.max(0, word));
        audio(java.util.Arrays.copyOf(pcm, Math.min(pcm.length, ms * InputAudio.BYTES_PER_MS)), ms);
        if (json.path("content").path(0) instanceof ObjectNode part) {
            part.remove("transcript");
        }
    }

    /** The words of it. */
    String text() {
        JsonNode content = json.path("content");
        int audio = heard == null ? -1 : audioIndex();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < content.size(); i++) {
            JsonNode part = content.path(i);
            String words = i == audio && heard != null
                    ? heard
                    : part.path("text").asString(part.path("transcript").asString(""));
            text.append(text.isEmpty() || words.isEmpty() ? "" : " ").append(words);
        }
        return text.toString();
    }

    /** The characters of it that were written and not spoken. */
    private int typed() {
        int characters = 0;
        for (JsonNode part : json.path("content")) {
            characters += part.path("text").asString("").length();
        }
        return characters;
    }

    /** As a mind reads it. */
    Turn turn() {
        return switch (type()) {
            case "function_call" ->
                new Turn.Call(
                        callId(),
                        json.path("name").asString(""),
                        json.path("arguments").asString(""));
            case "function_call_output" ->
                new Turn.Result(callId(), json.path("output").asString(""));
            default ->
                switch (json.path("role").asString("")) {
                    case "assistant" -> new Turn.Assistant(text());
                    case "system" -> new Turn.Note(text());
                    default -> new Turn.User(text(), understood || typed() > 0);
                };
        };
    }

    /** What it costs as input, in tokens of text. */
    int textTokens() {
        boolean speech = audioMs > 0;
        int characters = json.path("arguments").asString("").length()
                + json.path("output").asString("").length()
                + (speech ? typed() : text().length());
        return Usage.text(characters);
    }

    /** What it costs as input, in tokens of audio. */
    int audioTokens() {
        boolean assistant = json.path("role").asString("").equals("assistant");
        return assistant ? Usage.assistantAudio(audioMs) : Usage.userAudio(audioMs);
    }

    /** As {@code conversation.item.retrieved} shows it: with the audio, where it is still there. */
    ObjectNode retrieved() {
        ObjectNode copy = json.deepCopy();
        if (pcm.length > 0 && copy.path("content").path(audioIndex()) instanceof ObjectNode part) {
            part.put("audio", Base64.getEncoder().encodeToString(pcm));
            part.put("format", "pcm16");
        }
        return copy;
    }
}
