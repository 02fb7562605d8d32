package dev.parley.testkit;

import dev.parley.lane.Lane;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A lane in virtual time: nothing runs until it is told to, and an hour passes in no time. Tasks of the same moment run
 * in the order in which they were given. With the same seed everything happens the same way again. One thread runs it; others may give it
 * tasks, which are due when they come.
 */
public final class VirtualLane implements Lane {
    private record Task(long at, long order, Runnable what) {}

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::at).thenComparingLong(Task::order));
    private final ReentrantLock lock = new ReentrantLock();
    private final RandomGenerator random;
    private volatile long now;
    private long order;

    /** A lane at time zero. */
    public VirtualLane(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** Runs all that is due now, and all that this brings for now. */
    public void run() {
        runUntil(now);
    }

    /** Lets time pass, and runs all that falls due in it, each at its own moment. */
    public void advance(Duration time) {
        runUntil(now + time.toNanos());
    }

    private void runUntil(long end) {
        for (Task task = next(end); task != null; task = next(end)) {
            now = Math.max(now, task.at());
            task.what().run();
        }
        now = end;
    }

    private @Nullable Task next(long end) {
        lock.lock();
        try {
            return tasks.isEmpty() || tasks.peek().at() > end ? null : tasks.remove();
        } finally {
            lock.unlock();
        }
    }

    private Task add(long at, Runnable what) {
        lock.lock();
        try {
            Task task = new Task(at, order++, what);
            tasks.add(task);
            return task;
        } finally {
            lock.unlock();
        }
    }

    private void remove(Task task) {
        lock.lock();
        try {
            tasks.remove(task);
        } finally {
            lock.unlock();
        }
    }

    /** How many tasks wait, timers included. */
    public int waiting() {
        lock.lock();
        try {
            return tasks.size();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void execute(Runnable task) {
        add(now, task);
    }

    @Override
    public boolean inLane() {
        return true;
    }

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public long epochMillis() {
        return 1_800_000_000_000L + now / 1_000_000;
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public Runnable schedule(Runnable task, Duration delay) {
        Task timer = add(now + delay.toNanos(), task);
        return () -> remove(timer);
    }
}
