package dev.parley.session;

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

    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final BufferBudget budget;
    private long bytes;

    Outbox(BufferBudget budget) {
        this.budget = budget;
    }

    /** Keeps a copy of the event, if its bytes fit below the limit and the budget. A lone event fits any limit. */
    boolean add(Event event, long arrived, long limit) {
        int size = size(event);
        if ((bytes + size > limit && !waiting.isEmpty()) || !budget.take(size)) {
            return false;
        }
        waiting.add(new Waiting(event.copy(), arrived));
        bytes += size;
        return true;
    }

    /** Puts an event before all others, whatever the limits. */
    void addFirst(Event event, long arrived) {
        int size = size(event);
        budget.takeAnyway(size);
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

    /** Drops the audio of one item's part; answers how many events that was. */
    int drop(ItemKey item) {
        int dropped = 0;
        for (Iterator<Waiting> all = waiting.iterator(); all.hasNext(); ) {
            Event event = all.next().event();
            if (event instanceof AudioEvent audio && audio.belongsTo(item)) {
                all.remove();
                forget(event);
                dropped++;
            }
        }
        return dropped;
    }

    /** Drops everything; answers how many events that was. */
    int clear() {
        int dropped = waiting.size();
        waiting.clear();
        budget.giveBack(bytes);
        bytes = 0;
        return dropped;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    long bytes() {
        return bytes;
    }

    private void forget(Event event) {
        int size = size(event);
        bytes -= size;
        budget.giveBack(size);
    }

    private static int size(Event event) {
        return event.wire().length() + OBJECTS;
    }
}
