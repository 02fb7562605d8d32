package dev.parley.netty;

import dev.parley.protocol.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/** The messages that are measured, and their frames. */
final class Wire {
    /** 100 ms of 24 kHz audio in base64 and the fields around it, as OpenAI sends it: 3.4 KB. */
    static final String DELTA_FIELDS =
            "\"event_id\":\"event_DBr7rPZ1nQeNYGaGhxEqx\",\"response_id\":\"resp_DBr7qzPvYC5EyzaFeSkxs\","
                    + "\"item_id\":\"item_DBr7qP0qWPFmrpZkzV3XH\",\"output_index\":0,\"content_index\":0,\"delta\":\""
                    + "QUJDRGFi".repeat(400) + "\"";

    static final String DELTA = "{\"type\":\"response.output_audio.delta\"," + DELTA_FIELDS + "}";
    static final String DELTA_TYPE_LAST = "{" + DELTA_FIELDS + ",\"type\":\"response.output_audio.delta\"}";
    static final String APPEND =
            "{\"type\":\"input_audio_buffer.append\",\"audio\":\"" + "QUJDRGFi".repeat(400) + "\"}";
    static final String CONTROL = "{\"type\":\"input_audio_buffer.speech_started\",\"event_id\":\"event_DBr7rPZ1nQeN\","
            + "\"audio_start_ms\":2480,\"item_id\":\"item_DBr7qP0qWPFmrpZkzV3XH\"}";

    private Wire() {}

    static byte[] bytes(String message) {
        return message.getBytes(StandardCharsets.UTF_8);
    }

    /** So many frames with this message one behind the other. */
    static byte[] frames(String message, boolean masked, int count) {
        FrameWriter writer = new FrameWriter(masked);
        ByteBuf out = Unpooled.buffer();
        for (int i = 0; i < count; i++) {
            writer.text(out, new byte[0], Bytes.utf8(message), new byte[0]);
        }
        byte[] bytes = new byte[out.readableBytes()];
        out.readBytes(bytes).release();
        return bytes;
    }
}
