package dev.parley.agent;

import dev.parley.lane.Lane;
import dev.parley.session.Floor;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** The lane of a session as its stages see it: what they send when a timer runs out goes out at once, too. */
record FloorLane(Floor floor) implements Lane {
    @Override
    public boolean inLane() {
        return floor.lane().inLane();
    }

    @Override
    public long nanoTime() {
        return floor.lane().nanoTime();
    }

    @Override
    public long epochMillis() {
        return floor.lane().epochMillis();
    }

    @Override
    public RandomGenerator random() {
        return floor.lane().random();
    }

    @Override
    public void execute(Runnable task) {
        floor.post(task);
    }

    /** As {@link Lane#schedule}; a task that is cancelled when its time has come may still run. */
    @Override
    public Runnable schedule(Runnable task, Duration delay) {
        return floor.lane().schedule(() -> floor.post(task), delay);
    }
}
