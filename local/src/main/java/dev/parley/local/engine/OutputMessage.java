package dev.parley.local.engine;

import dev.parley.local.input.InputAudio;
import dev.parley.local.work.Outlet;
import dev.parley.protocol.EventType;
import dev.parley.protocol.Json;
import java.io.ByteArrayOutputStream;
import tools.jackson.databind.node.ObjectNode;

/** One message of a response on its way out: its events, in OpenAI's order. Used on the lane. */
final class OutputMessage {
    private final OutputScope scope;
    private final int index;
    private final boolean spoken;
    private final Item item;
    private final ObjectNode json = Json.object();
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream pcm = new ByteArrayOutputStream();
    private int audioBytes;

    /** Opens a message: announces its item and its one part. */
    OutputMessage(OutputScope scope, int index, boolean spoken) {
        this.scope = scope;
        this.index = index;
        this.spoken = spoken;
        json.put("id", scope.outlet().id("item")).put("type", "message");
        json.put("status", "in_progress").put("role", "assistant").putArray("content");
        item = new Item(json);
        scope.added(item, index);
        ObjectNode added = part(EventType.CONTENT_PART_ADDED);
        added.set("part", content("audio", "text"));
        scope.outlet().send(added);
    }

    String id() {
        return item.id();
    }

    boolean spoken() {
        return spoken;
    }

    int characters() {
        return text.length();
    }

    int audioMs() {
        return audioBytes / InputAudio.BYTES_PER_MS;
    }

    /** Sends text, a delta for each word. */
    void text(String piece) {
        EventType type = spoken ? EventType.OUTPUT_TRANSCRIPT_DELTA : EventType.OUTPUT_TEXT_DELTA;
        int from = 0;
        while (from < piece.length()) {
            int to = from + 1;
            while (to < piece.length() && !Character.isWhitespace(piece.charAt(to))) {
                to++;
            }
            String word = piece.substring(from, to);
            text.append(word);
            ObjectNode delta = part(type);
            delta.put("delta", word);
            scope.outlet().send(delta);
            from = to;
        }
    }

    /** Sends the next 16-bit little-endian samples at 24,000 Hz. */
    void audio(byte[] samples) {
        audioBytes += samples.length;
        if (pcm.size() + samples.length <= Conversation.MOST_AUDIO) {
            pcm.write(samples, 0, samples.length);
        }
        scope.outlet().audio(scope.responseId(), id(), index, samples);
    }

    /**
     * Ends the message.
     *
     * @param status {@code completed} or {@code incomplete}
     */
    void close(String status) {
        Outlet outlet = scope.outlet();
        if (spoken) {
            outlet.send(part(EventType.OUTPUT_AUDIO_DONE));
            ObjectNode done = part(EventType.OUTPUT_TRANSCRIPT_DONE);
            done.put("transcript", text.toString());
            outlet.send(done);
        } else {
            ObjectNode done = part(EventType.OUTPUT_TEXT_DONE);
            done.put("text", text.toString());
            outlet.send(done);
        }
        ObjectNode done = part(EventType.CONTENT_PART_DONE);
        done.set("part", content("audio", "text"));
        outlet.send(done);
        json.put("status", status);
        json.putArray("content").add(content("output_audio", "output_text"));
        item.audio(pcm.toByteArray(), audioMs());
        scope.done(item, index);
    }

    private ObjectNode content(String audioType, String textType) {
        ObjectNode part = Json.object().put("type", spoken ? audioType : textType);
        return part.put(spoken ? "transcript" : "text", text.toString());
    }

    private ObjectNode part(EventType type) {
        ObjectNode event = scope.outlet().event(type);
        event.put("response_id", scope.responseId()).put("item_id", id());
        return event.put("output_index", index).put("content_index", 0);
    }
}
