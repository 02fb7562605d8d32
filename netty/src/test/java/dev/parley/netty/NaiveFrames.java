package dev.parley.netty;

import dev.parley.leg.Failure;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A second reader of frames, to compare {@link FrameReader} with: RFC 6455 sections 5 to 8 written down as plainly as
 * can be, on all bytes at once, and without a thought for speed.
 */
final class NaiveFrames {
    private final ByteBuffer in;
    private final boolean masked;
    private final int maxMessage;
    private final List<String> told = new ArrayList<>();
    private @Nullable ByteArrayOutputStream message;
    private int type;

    private NaiveFrames(byte[] bytes, boolean masked, int maxMessage) {
        this.in = ByteBuffer.wrap(bytes);
        this.masked = masked;
        this.maxMessage = maxMessage;
    }

    /** What is to be told of these bytes, in the words of {@link FrameTrace}. */
    static List<String> read(byte[] bytes, boolean masked, int maxMessage) {
        NaiveFrames frames = new NaiveFrames(bytes, masked, maxMessage);
        boolean more = true;
        while (more) {
            more = frames.frame();
        }
        return frames.told;
    }

    /** Reads one frame; answers whether another may follow. */
    private boolean frame() {
        if (in.remaining() < 2) {
            return false;
        }
        int first = in.get() & 0xff;
        int second = in.get() & 0xff;
        int form = second & 127;
        if (in.remaining() < (form == 127 ? 8 : form == 126 ? 2 : 0)) {
            return false;
        }
        long length = form == 127 ? in.getLong() : form == 126 ? in.getShort() & 0xffff : form;
        boolean last = first >= 128;
        int opcode = first & 15;
        boolean control = opcode >= 8;
        boolean known = opcode <= 2 || (opcode >= 8 && opcode <= 10);
        boolean shortest = form < 126 || (form == 126 ? length >= 126 : length < 0 || length >= 65536);
        boolean inside = message != null;
        boolean placed = control || (opcode == 0) == inside;
        if ((first & 0x70) != 0
                || (second >= 128) != masked
                || !known
                || !shortest
                || !placed
                || length < 0
                || (control && (!last || length > 125))) {
            return fault(Failure.PROTOCOL_ERROR);
        }
        int already = message == null || control ? 0 : message.size();
        if (already + length > maxMessage || already + length < 0) {
            return fault(Failure.TOO_BIG);
        }
        if (in.remaining() < length + (masked ? 4 : 0)) {
            return false;
        }
        byte[] mask = new byte[4];
        if (masked) {
            in.get(mask);
        }
        byte[] payload = new byte[(int) length];
        in.get(payload);
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i % 4];
        }
        return control ? control(opcode, payload) : data(opcode, last, payload);
    }

    private boolean data(int opcode, boolean last, byte[] payload) {
        if (message == null) {
            message = new ByteArrayOutputStream();
            type = opcode;
        }
        message.writeBytes(payload);
        if (!last) {
            return true;
        }
        byte[] whole = message.toByteArray();
        message = null;
        if (type == 2) {
            told.add("binary " + HexFormat.of().formatHex(whole));
            return true;
        }
        String text = utf8(whole);
        if (text == null) {
            return fault(Failure.INVALID_UTF8);
        }
        told.add("text " + text);
        return true;
    }

    private boolean control(int opcode, byte[] payload) {
        if (opcode == 9) {
            told.add("ping " + new String(payload, StandardCharsets.ISO_8859_1));
            return true;
        }
        if (opcode == 10) {
            told.add("pong");
            return true;
        }
        if (payload.length == 0) {
            told.add("close 1005 ");
            return false;
        }
        if (payload.length == 1) {
            return fault(Failure.PROTOCOL_ERROR);
        }
        int code = (payload[0] & 0xff) << 8 | (payload[1] & 0xff);
        boolean allowed =
                switch (code) {
                    case 1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014 -> true;
                    default -> code >= 3000 && code < 5000;
                };
        if (!allowed) {
            return fault(Failure.PROTOCOL_ERROR);
        }
        String reason = utf8(java.util.Arrays.copyOfRange(payload, 2, payload.length));
        if (reason == null) {
            return fault(Failure.INVALID_UTF8);
        }
        told.add("close " + code + " " + reason);
        return false;
    }

    private boolean fault(Failure failure) {
        told.add("fault " + failure);
        return false;
    }

    /** The text; null if it is none. */
    private static @Nullable String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
