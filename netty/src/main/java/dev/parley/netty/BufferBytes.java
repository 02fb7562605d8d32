package dev.parley.netty;

import dev.parley.protocol.Bytes;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** Bytes in a Netty buffer, without a copy; valid until the call that passed them returns. */
final class BufferBytes implements Bytes {
    private final ByteBuf buffer;
    private final int from;
    private final int length;

    BufferBytes(ByteBuf buffer, int from, int length) {
        this.buffer = buffer;
        this.from = from;
        this.length = length;
    }

    /** Appends the bytes to another buffer. */
    void appendTo(ByteBuf target) {
        target.writeBytes(buffer, from, length);
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public byte at(int index) {
        return buffer.getByte(from + index);
    }

    @Override
    public long longAt(int index) {
        return buffer.getLong(from + index);
    }

    @Override
    public void copyTo(int start, byte[] target, int at, int count) {
        buffer.getBytes(from + start, target, at, count);
    }

    @Override
    public String text(int start, int to) {
        return buffer.toString(from + start, to - start, StandardCharsets.UTF_8);
    }
}
