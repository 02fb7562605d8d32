package dev.parley.testkit.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** A frame as it came, unmasked. */
final class RawFrame {
    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    private final boolean last;
    private final int opcode;
    private final byte @Nullable [] mask;
    private final byte[] payload;

    RawFrame(boolean last, int opcode, byte @Nullable [] mask, byte[] payload) {
        this.last = last;
        this.opcode = opcode;
        this.mask = mask;
        this.payload = payload;
    }

    boolean last() {
        return last;
    }

    int opcode() {
        return opcode;
    }

    /** The mask; null if it had none. */
    byte @Nullable [] mask() {
        return mask;
    }

    byte[] payload() {
        return payload;
    }

    String text() {
        return new String(payload, StandardCharsets.UTF_8);
    }

    /** The code of a close frame; 1005 if it has none. */
    int code() {
        return payload.length == 0 ? 1005 : ByteBuffer.wrap(payload).getShort() & 0xffff;
    }

    /** The reason of a close frame. */
    String reason() {
        return payload.length == 0 ? "" : new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        String shown = payload.length > 200 ? payload.length + " bytes" : text();
        return "opcode " + opcode + (last ? " last" : "")
                + (mask == null ? "" : " mask " + HexFormat.of().formatHex(mask)) + ": " + shown;
    }
}
