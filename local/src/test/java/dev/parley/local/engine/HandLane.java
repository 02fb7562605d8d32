package dev.parley.local.engine;

import dev.parley.lane.Lane;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.random.RandomGenerator;

/** A lane driven by hand, in virtual time: nothing runs but when told to. */
final class HandLane implements Lane {
    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::due).thenComparingLong(Task::order));
    private final Random random = new Random(1);
    private long now;
    private long order;
    private boolean running;

    private record Task(long due, long order, Runnable work) {}

    @Override
    public boolean inLane() {
        return running;
    }

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public long epochMillis() {
        return 1_700_000_000_000L + now / 1_000_000;
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public void execute(Runnable command) {
        tasks.add(new Task(now, order++, command));
    }

    @Override
    public Runnable schedule(Runnable task, Duration delay) {
        Task scheduled = new Task(now + delay.toNanos(), order++, task);
        tasks.add(scheduled);
        return () -> tasks.remove(scheduled);
    }

    /** Runs all that is due now. */
    boolean run() {
        boolean any = false;
        while (!tasks.isEmpty() && tasks.peek().due() <= now) {
            running = true;
            tasks.poll().work().run();
            running = false;
            any = true;
        }
        return any;
    }

    /** Runs one task that is due now. */
    void step() {
        running = true;
        java.util.Objects.requireNonNull(tasks.poll()).work().run();
        running = false;
    }

    /** The time of the next task, or {@link Long#MAX_VALUE}. */
    long next() {
        return tasks.isEmpty() ? Long.MAX_VALUE : tasks.peek().due();
    }

    void time(long nanos) {
        now = Math.max(now, nanos);
    }

    int waiting() {
        return tasks.size();
    }
}
