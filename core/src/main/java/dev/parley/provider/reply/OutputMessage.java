package dev.parley.provider.reply;

import dev.parley.protocol.Bytes;
import dev.parley.protocol.EventType;
import dev.parley.protocol.Json;
import tools.jackson.databind.node.ObjectNode;

/** One message of a response on its way out: its events, in OpenAI's order. Used on the lane. */
public final class OutputMessage {
    private final OutputScope scope;
    private final int index;
    private final boolean spoken;
    private final String id;
    private final ObjectNode json = Json.object();
    private final StringBuilder text = new StringBuilder();

    /**
     * Opens a message: announces its item and its one part.
     *
     * @param spoken whether it is audio with a transcript, or text
     */
    public OutputMessage(OutputScope scope, int index, boolean spoken) {
        this.scope = scope;
        this.index = index;
        this.spoken = spoken;
        id = scope.outlet().id("item");
        json.put("id", id).put("type", "message");
        json.put("status", "in_progress").put("role", "assistant").putArray("content");
        scope.added(json, index);
        ObjectNode added = part(EventType.CONTENT_PART_ADDED);
        added.set("part", content("audio", "text"));
        scope.outlet().send(added);
    }

    /** The id of its item. */
    public String id() {
        return id;
    }

    /** Whether it is audio with a transcript, or text. */
    public boolean spoken() {
        return spoken;
    }

    /** The length of its text or transcript so far. */
    public int characters() {
        return text.length();
    }

    /** Sends a piece of its text or transcript. */
    public void text(String piece) {
        text.append(piece);
        ObjectNode delta = part(spoken ? EventType.OUTPUT_TRANSCRIPT_DELTA : EventType.OUTPUT_TEXT_DELTA);
        scope.outlet().send(delta.put("delta", piece));
    }

    /** Sends its next audio, which is base64 already, as it is. */
    public void audio(Bytes base64) {
        scope.outlet().audio(scope.responseId(), id, index, base64);
    }

    /**
     * Ends the message.
     *
     * @param status {@code completed} or {@code incomplete}
     */
    public void close(String status) {
        Outlet outlet = scope.outlet();
        if (spoken) {
            outlet.send(part(EventType.OUTPUT_AUDIO_DONE));
            outlet.send(part(EventType.OUTPUT_TRANSCRIPT_DONE).put("transcript", text.toString()));
        } else {
            outlet.send(part(EventType.OUTPUT_TEXT_DONE).put("text", text.toString()));
        }
        ObjectNode done = part(EventType.CONTENT_PART_DONE);
        done.set("part", content("audio", "text"));
        outlet.send(done);
        json.put("status", status);
        json.putArray("content").add(content("output_audio", "output_text"));
        scope.done(json, index);
    }

    private ObjectNode content(String audioType, String textType) {
        ObjectNode part = Json.object().put("type", spoken ? audioType : textType);
        return part.put(spoken ? "transcript" : "text", text.toString());
    }

    private ObjectNode part(EventType type) {
        return scope.event(type, id, index).put("content_index", 0);
    }
}
