package dev.parley.spring.servlet;

import dev.parley.leg.BufferBudget;
import dev.parley.leg.Failure;
import dev.parley.protocol.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One message out of the parts in which a container tells it, so that the container's own buffers can be small.
 * What is kept of a message that is not whole takes room from the session. Safe for use by the thread that reads and the lane.
 */
final class MessageParts {
    /** Bytes kept without taking room: about what one read brings. */
    private static final int FREE = 16 << 10;

    private final int maxMessage;
    private final BufferBudget.Account room;
    private byte[] kept = {};
    private int length;
    private int taken;
    /** The first half of a character that the last part ended with. */
    private String half = "";

    private final ReentrantLock lock = new ReentrantLock();
    private boolean over;
    private @Nullable Failure fault;

    MessageParts(int maxMessage, BufferBudget.Account room) {
        this.maxMessage = maxMessage;
        this.room = room;
    }

    /**
     * Takes a part of a text message.
     *
     * @return the message, if this was its last part; null if it was not, or if there is a {@link #fault}
     */
    @Nullable
    Bytes add(String part, boolean last) {
        lock.lock();
        try {
            return over ? null : added(part, last);
        } finally {
            lock.unlock();
        }
    }

    /** Takes a part of a binary message, and the array; otherwise as {@link #add(String, boolean)}. */
    @Nullable
    Bytes add(byte[] part, boolean last) {
        lock.lock();
        try {
            if (over) {
                return null;
            }
            return last && length == 0 ? whole(Bytes.of(part)) : added(part, last);
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Bytes added(String part, boolean last) {
        if (last && length == 0 && half.isEmpty()) {
            return part.length() > maxMessage ? failed(Failure.TOO_BIG) : whole(Bytes.utf8(part));
        }
        String text = half + part;
        boolean split = !last && !text.isEmpty() && Character.isHighSurrogate(text.charAt(text.length() - 1));
        half = split ? text.substring(text.length() - 1) : "";
        byte[] bytes = (split ? text.substring(0, text.length() - 1) : text).getBytes(StandardCharsets.UTF_8);
        return added(bytes, last);
    }

    private @Nullable Bytes added(byte[] bytes, boolean last) {
        if ((long) length + bytes.length > maxMessage) {
            return failed(Failure.TOO_BIG);
        }
        if (!makeRoom(length + bytes.length)) {
            return failed(Failure.OVERLOADED);
        }
        System.arraycopy(bytes, 0, kept, length, bytes.length);
        length += bytes.length;
        if (!last) {
            return null;
        }
        Bytes message = Bytes.of(Arrays.copyOf(kept, length));
        release();
        return whole(message);
    }

    private @Nullable Bytes whole(Bytes message) {
        return message.length() > maxMessage ? failed(Failure.TOO_BIG) : message;
    }

    private @Nullable Bytes failed(Failure why) {
        fault = why;
        close();
        return null;
    }

    private boolean makeRoom(int needed) {
        if (needed <= kept.length) {
            return true;
        }
        int more = (int) Math.min(maxMessage, Math.max(needed, 2L * kept.length));
        if (more > FREE) {
            if (!room.take((long) more - taken)) {
                return false;
            }
            taken = more;
        }
        kept = Arrays.copyOf(kept, more);
        return true;
    }

    /** Why no message can be had any more; null: none so far. */
    @Nullable
    Failure fault() {
        lock.lock();
        try {
            return fault;
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more, and gives back what is held of a message that is not whole. */
    void close() {
        lock.lock();
        try {
            over = true;
            release();
        } finally {
            lock.unlock();
        }
    }

    private void release() {
        room.giveBack(taken);
        taken = 0;
        length = 0;
        kept = new byte[0];
        half = "";
    }
}
