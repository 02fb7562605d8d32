package dev.parley.testkit.simulation;

import org.junit.jupiter.api.Test;

/** Tens of thousands of random sessions; a failure names the seed that brings it back. */
class SimulationTest {
    private static final int SESSIONS = 30_000;

    @Test
    void ordersNothingLostNothingLeftInManyRandomSessions() {
        for (long seed = 0; seed < SESSIONS; seed++) {
            try {
                new Simulation(seed).run();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }
}
