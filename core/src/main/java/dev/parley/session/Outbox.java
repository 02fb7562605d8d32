package dev.parley.session;

import dev.parley.leg.BufferBudget;
import dev.parley.protocol.AudioEvent;
import dev.parley.protocol.Event;
import dev.parley.protocol.ItemKey;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** The bounded queue of events before a leg that is being dialled, is not writable, or is being replaced. Lane only. */
final class Outbox {
    /** What an event takes beside its bytes, so that very many small ones cannot take far more than is counted. */
    private static final int OBJECTS = 256;

    /**
     * An event that waits.
     *
     * @param arrived when the session got it, in ns of the lane's clock
     */
    record Waiting(Event event, long arrived) {}

    /** What was dropped of an item's audio. */
    record Dropped(int events, long audioBytes) {}

    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final BufferBudget.Account room;
    private long bytes;

    Outbox(BufferBudget.Account room) {
        this.room = room;
    }

    /** Keeps a copy of the event, if its bytes fit below the limit and the room. A lone event fits any limit. */
    boolean add(Event event, long arrived, long limit) {
        int size = size(event);
        if ((bytes + size > limit && !waiting.isEmpty()) || !room.take(size)) {
            return false;
        }
        waiting.add(new Waiting(event.copy(), arrived));
        bytes += size;
        return true;
    }

    /** Puts an event before all others, whatever the limits. */
    void addFirst(Event event, long arrived) {
        int size = size(event);
        room.takeAnyway(size);
        waiting.addFirst(new Waiting(event.copy(), arrived));
        bytes += size;
    }

    @Nullable
    Waiting poll() {
        Waiting first = waiting.poll();
        if (first != null) {
            forget(first.event());
        }
        return first;
    }

    /** Drops the audio of one item's part; answers how many events and bytes of audio that was. */
    Dropped drop(ItemKey item) {
        int events = 0;
        long audioBytes = 0;
        for (Iterator<Waiting> all = waiting.iterator(); all.hasNext(); ) {
            Event event = all.next().event();
            if (event instanceof AudioEvent audio && audio.belongsTo(item)) {
                all.remove();
                forget(event);
                events++;
                audioBytes += audio.audioBytes();
            }
        }
        return new Dropped(events, audioBytes);
    }

    /** Drops everything; answers how many events that was. */
    int clear() {
        int dropped = waiting.size();
        waiting.clear();
        room.giveBack(bytes);
        bytes = 0;
        return dropped;
    }

    /** Whether so much waits, here or in all sessions, that no more had better come. */
    boolean above(long highWater) {
        return bytes > highWater || (bytes > 0 && room.tight());
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    private void forget(Event event) {
        int size = size(event);
        bytes -= size;
        room.giveBack(size);
    }

    private static int size(Event event) {
        return event.wire().length() + OBJECTS;
    }
}
