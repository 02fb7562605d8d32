package dev.parley.agent;

import dev.parley.VoiceAgent;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The agent's object in one session, made when its code is first needed. Safe for use by all threads but the lane. */
final class AgentObject {
    private final VoiceAgent agent;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Object made;
    private boolean done;

    AgentObject(VoiceAgent agent) {
        this.agent = agent;
    }

    /** The object, or null if the agent has none. Runs the application's code. */
    @Nullable
    Object get() {
        lock.lock();
        try {
            if (!done) {
                made = agent.newObject();
                done = true;
            }
            return made;
        } finally {
            lock.unlock();
        }
    }
}
