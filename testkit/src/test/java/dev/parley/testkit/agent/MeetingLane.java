package dev.parley.testkit.agent;

import dev.parley.lane.Lane;
import dev.parley.testkit.VirtualLane;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/** A lane in virtual time to which other threads may post: what they post runs when the test waits for it. */
public final class MeetingLane implements Lane {
    private final VirtualLane lane = new VirtualLane(1);
    private final Thread home = Thread.currentThread();
    private final BlockingQueue<Runnable> posted = new LinkedBlockingQueue<>();

    /** Runs what is due, and what other threads post, until something is so; time stands still. */
    public void until(BooleanSupplier so) {
        lane.run();
        while (!so.getAsBoolean()) {
            try {
                Runnable task = posted.poll(10, TimeUnit.SECONDS);
                if (task == null) {
                    throw new AssertionError("nothing was posted within 10 s");
                }
                lane.execute(task);
                lane.run();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    public void run() {
        lane.run();
    }

    public void advance(Duration time) {
        lane.advance(time);
    }

    public int waiting() {
        return lane.waiting();
    }

    @Override
    public void execute(Runnable task) {
        if (Thread.currentThread().equals(home)) {
            lane.execute(task);
        } else {
            posted.add(task);
        }
    }

    @Override
    public boolean inLane() {
        return Thread.currentThread().equals(home);
    }

    @Override
    public long nanoTime() {
        return lane.nanoTime();
    }

    @Override
    public long epochMillis() {
        return lane.epochMillis();
    }

    @Override
    public RandomGenerator random() {
        return lane.random();
    }

    @Override
    public Runnable schedule(Runnable task, Duration delay) {
        return lane.schedule(task, delay);
    }
}
