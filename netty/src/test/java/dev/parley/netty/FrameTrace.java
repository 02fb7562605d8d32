package dev.parley.netty;

import dev.parley.leg.Failure;
import dev.parley.protocol.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** What a {@link FrameReader} tells of bytes that come in pieces, one line a call. */
final class FrameTrace implements FrameReader.Handler {
    private final List<String> told = new ArrayList<>();

    private FrameTrace() {}

    /**
     * What is told of these bytes.
     *
     * @param dice cuts the pieces, none longer than {@code longest} bytes, and chooses kinds of buffers
     */
    static List<String> of(byte[] bytes, boolean masked, int maxMessage, SplittableRandom dice, int longest) {
        FrameTrace trace = new FrameTrace();
        FrameReader reader = new FrameReader(trace, masked, maxMessage);
        for (int from = 0; from < bytes.length; ) {
            int piece = Math.min(bytes.length - from, 1 + dice.nextInt(longest));
            ByteBuf part = dice.nextBoolean() ? Unpooled.directBuffer(piece + 3) : Unpooled.buffer(piece + 3);
            int before = dice.nextInt(4);
            part.writeZero(before).skipBytes(before).writeBytes(bytes, from, piece);
            reader.read(part);
            if (part.refCnt() != 0) {
                throw new AssertionError("a buffer was kept");
            }
            from += piece;
        }
        reader.release();
        return trace.told;
    }

    @Override
    public void text(Bytes message) {
        told.add("text " + message.text(0, message.length()));
    }

    @Override
    public void binary(Bytes message) {
        told.add("binary " + ByteBufUtil.hexDump(message.array(0, message.length())));
    }

    @Override
    public void ping(Bytes payload) {
        told.add("ping " + new String(payload.array(0, payload.length()), StandardCharsets.ISO_8859_1));
    }

    @Override
    public void pong() {
        told.add("pong");
    }

    @Override
    public void close(int code, String reason) {
        told.add("close " + code + " " + reason);
    }

    @Override
    public void fault(Failure failure, String text) {
        told.add("fault " + failure);
    }
}
