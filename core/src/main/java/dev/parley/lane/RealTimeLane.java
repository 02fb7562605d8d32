package dev.parley.lane;

import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/** A lane with the machine's own clocks and dice. */
public interface RealTimeLane extends Lane {
    @Override
    default long nanoTime() {
        return System.nanoTime();
    }

    @Override
    default long epochMillis() {
        return System.currentTimeMillis();
    }

    @Override
    default RandomGenerator random() {
        return ThreadLocalRandom.current();
    }
}
