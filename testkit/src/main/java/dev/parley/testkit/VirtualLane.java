package dev.parley.testkit;

import dev.parley.lane.Lane;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * A lane in virtual time: nothing runs until it is told to, and an hour passes in no time. Tasks of the same moment run
 * in the order in which they were given. With the same seed everything happens the same way again. For one thread.
 */
public final class VirtualLane implements Lane {
    private record Task(long at, long order, Runnable what) {}

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::at).thenComparingLong(Task::order));
    private final RandomGenerator random;
    private long now;
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
        while (!tasks.isEmpty() && tasks.peek().at() <= end) {
            Task task = tasks.remove();
            now = task.at();
            task.what().run();
        }
        now = end;
    }

    /** How many tasks wait, timers included. */
    public int waiting() {
        return tasks.size();
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(new Task(now, order++, task));
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
        Task timer = new Task(now + delay.toNanos(), order++, task);
        tasks.add(timer);
        return () -> tasks.remove(timer);
    }
}
