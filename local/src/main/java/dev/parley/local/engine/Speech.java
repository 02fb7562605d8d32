package dev.parley.local.engine;

import dev.parley.local.input.InputAudio;
import dev.parley.protocol.Bytes;
import dev.parley.provider.reply.OutputMessage;
import dev.parley.provider.reply.OutputScope;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** A message on its way out, with the audio that is kept of it. Used on the lane. */
final class Speech {
    private final OutputMessage message;
    private final @Nullable Conversation conversation;
    private final ByteArrayOutputStream pcm = new ByteArrayOutputStream();
    private int audioBytes;

    /**
     * Opens a message.
     *
     * @param conversation keeps the audio; null: nobody does
     */
    Speech(OutputScope scope, int index, boolean spoken, @Nullable Conversation conversation) {
        this.message = new OutputMessage(scope, index, spoken);
        this.conversation = conversation;
    }

    String id() {
        return message.id();
    }

    boolean spoken() {
        return message.spoken();
    }

    int characters() {
        return message.characters();
    }

    int audioMs() {
        return audioBytes / InputAudio.BYTES_PER_MS;
    }

    /** Sends text, a delta for each word. */
    void text(String piece) {
        int from = 0;
        while (from < piece.length()) {
            int to = from + 1;
            while (to < piece.length() && !Character.isWhitespace(piece.charAt(to))) {
                to++;
            }
            message.text(piece.substring(from, to));
            from = to;
        }
    }

    /** Sends the next 16-bit little-endian samples at 24,000 Hz. */
    void audio(byte[] samples) {
        audioBytes += samples.length;
        if (pcm.size() + samples.length <= Conversation.MOST_AUDIO) {
            pcm.write(samples, 0, samples.length);
        }
        message.audio(Bytes.of(Base64.getEncoder().encode(samples)));
    }

    /**
     * Ends the message.
     *
     * @param status {@code completed} or {@code incomplete}
     */
    void close(String status) {
        Item item = conversation == null ? null : conversation.find(id());
        if (item != null) {
            item.audio(pcm.toByteArray(), audioMs());
        }
        message.close(status);
    }
}
