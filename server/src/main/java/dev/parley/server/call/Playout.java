package dev.parley.server.call;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What the caller hears, and when: sound is played as it comes, one piece behind the other, until somebody barges in.
 * Safe for use by all threads.
 */
public final class Playout {
    /** Takes what is to be heard in earnest. */
    public interface Speaker {
        /** Plays behind what was given before. */
        void play(short[] samples);

        /** Drops what is not played yet. */
        void drop();
    }

    /** What was being heard when somebody barged in: {@code heardMillis} of an item. */
    public record Interrupted(String itemId, long heardMillis) {}

    private final Tape tape;
    private final @Nullable Speaker speaker;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<String> cut = new HashSet<>();
    private @Nullable String item;
    private int itemStart;
    private int end;

    /** A playout onto a tape and, if there is one, a loudspeaker. */
    public Playout(Tape tape, @Nullable Speaker speaker) {
        this.tape = tape;
        this.speaker = speaker;
    }

    /** Plays more of an item, unless it was cut off. */
    void play(String itemId, short[] samples, long nanos) {
        lock.lock();
        try {
            if (cut.contains(itemId)) {
                return;
            }
            int at = Math.max(tape.position(nanos), end);
            if (!itemId.equals(item)) {
                item = itemId;
                itemStart = at;
            }
            end = at + samples.length;
            tape.heard(at, samples);
            if (speaker != null) {
                speaker.play(samples);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Falls silent; tells what was being heard, or null if nothing was. */
    @Nullable
    Interrupted interrupt(long nanos) {
        lock.lock();
        try {
            int now = tape.position(nanos);
            if (item == null || now >= end) {
                return null;
            }
            cut.add(item);
            tape.wipe(now);
            end = now;
            if (speaker != null) {
                speaker.drop();
            }
            return new Interrupted(item, Math.max(0, (now - itemStart) * 1000L / Line.HERTZ));
        } finally {
            lock.unlock();
        }
    }

    /** Whether something is being heard. */
    public boolean playing() {
        lock.lock();
        try {
            return tape.position(System.nanoTime()) < end;
        } finally {
            lock.unlock();
        }
    }
}
