package dev.parley.spring;

import dev.parley.RealtimeModule;
import org.springframework.context.SmartLifecycle;

/**
 * Ends the sessions when the application stops, before its web server does: clients are told with 1012 while they can be.
 * A module that has stopped does not start again.
 */
final class ParleyLifecycle implements SmartLifecycle {
    /** Later than all that sessions may need, and stopped before the web server's own graceful shutdown begins. */
    private static final int PHASE = DEFAULT_PHASE - 512;

    private final RealtimeModule module;
    private final Runnable stopAccepting;
    private volatile boolean running;
    private volatile boolean stopping;

    ParleyLifecycle(RealtimeModule module, Runnable stopAccepting) {
        this.module = module;
        this.stopAccepting = stopAccepting;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        stopping = true;
        stopAccepting.run();
        module.close();
        running = false;
    }

    /** Whether the sessions are being ended, or have been. */
    boolean stopping() {
        return stopping;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** What is paused is meant to go on. */
    @Override
    public boolean isPauseable() {
        return false;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
