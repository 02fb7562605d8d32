package dev.parley.gemini.uplink;

import dev.parley.leg.BufferBudget;
import dev.parley.protocol.ControlEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** What waits for a connection to Gemini that takes it, in order. Lane only. */
public final class Waiting {
    /** Bytes from which the session had better send no more. */
    private static final long FULL = 256 << 10;
    /** What a message takes beside its bytes. */
    private static final int OBJECTS = 128;

    /** What a message is, for a connection that begins afresh. */
    public enum Kind {
        /** Audio, and the signals around it: goes to any connection. */
        AUDIO,
        /** A part of the conversation, which is told again as its history. */
        CONTENT,
        /** A part of the conversation that is to be answered. */
        QUESTION,
        /** Results of functions: of no use to a connection that does not know the calls; to be answered. */
        RESULT
    }

    private record Kept(ControlEvent message, Kind kind) {}

    private final BufferBudget.Account room;
    private final Deque<Kept> all = new ArrayDeque<>();
    private long bytes;

    public Waiting(BufferBudget.Account room) {
        this.room = room;
    }

    /** Keeps a copy of a message. */
    public void add(ControlEvent message, Kind kind) {
        ControlEvent copy = message.copy();
        all.add(new Kept(copy, kind));
        count(copy, 1);
    }

    @Nullable
    public ControlEvent poll() {
        Kept first = all.poll();
        if (first == null) {
            return null;
        }
        count(first.message(), -1);
        return first.message();
    }

    /** Drops all but audio; answers whether something of it was to be answered. */
    public boolean dropContent() {
        drop(Kind.CONTENT);
        boolean asked = drop(Kind.QUESTION);
        return drop(Kind.RESULT) || asked;
    }

    /** Drops all messages of a kind; answers whether there was one. */
    public boolean drop(Kind kind) {
        boolean dropped = false;
        for (Iterator<Kept> each = all.iterator(); each.hasNext(); ) {
            Kept kept = each.next();
            if (kept.kind() == kind) {
                dropped = true;
                each.remove();
                count(kept.message(), -1);
            }
        }
        return dropped;
    }

    public void clear() {
        while (poll() != null) {}
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    public boolean full() {
        return bytes > FULL;
    }

    private void count(ControlEvent message, int sign) {
        long size = OBJECTS + (long) message.wire().length();
        bytes += sign * size;
        if (sign > 0) {
            room.takeAnyway(size);
        } else {
            room.giveBack(size);
        }
    }
}
