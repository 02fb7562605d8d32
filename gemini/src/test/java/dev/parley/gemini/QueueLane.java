package dev.parley.gemini;

import dev.parley.lane.Lane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/** A lane whose tasks run when the test says, and whose time passes when the test says. */
final class QueueLane implements Lane {
    private record Timer(Runnable task, long at) {}

    private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final List<Timer> timers = new ArrayList<>();
    private final Random random = new Random(1);
    private long now;

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    /** Runs tasks, waiting for those of other threads, until something is so. */
    void runUntil(BooleanSupplier so) throws InterruptedException {
        while (!so.getAsBoolean()) {
            Runnable task = tasks.poll(10, TimeUnit.SECONDS);
            if (task == null) {
                throw new AssertionError("nothing more happens");
            }
            task.run();
        }
    }

    /** Waits for a task of another thread, and leaves it. */
    boolean awaitTask(long time, TimeUnit unit) throws InterruptedException {
        Runnable task = tasks.poll(time, unit);
        return task != null && tasks.add(task);
    }

    /** Runs what is there. */
    void run() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    /** Lets time pass, and runs what is due then. */
    void pass(Duration time) {
        now += time.toNanos();
        for (Timer timer : List.copyOf(timers)) {
            if (timer.at <= now && timers.remove(timer)) {
                timer.task.run();
            }
        }
    }

    int timers() {
        return timers.size();
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
        return now / 1_000_000;
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public Runnable schedule(Runnable task, Duration delay) {
        Timer timer = new Timer(task, now + delay.toNanos());
        timers.add(timer);
        return () -> timers.remove(timer);
    }
}
