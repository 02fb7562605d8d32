package dev.parley.examples.robotarm;

import dev.parley.tool.ToolException;
import java.util.concurrent.locks.ReentrantLock;

/** A simulated arm over a table. Safe for use by all threads. */
final class Arm {
    /** How far it reaches from the middle, in cm. */
    private static final int REACH = 30;

    /**
     * What it looks like now.
     *
     * @param x to the right of the middle, in cm
     * @param y above the middle, in cm
     * @param stopped whether it takes no commands until it is released
     */
    record Pose(int x, int y, boolean open, boolean stopped) {}

    private final ReentrantLock lock = new ReentrantLock();
    private Pose pose = new Pose(0, 0, true, false);

    Pose pose() {
        lock.lock();
        try {
            return pose;
        } finally {
            lock.unlock();
        }
    }

    void move(Direction direction, int cm) throws ToolException {
        lock.lock();
        try {
            Pose now = ready();
            Pose next = new Pose(now.x() + direction.x * cm, now.y() + direction.y * cm, now.open(), false);
            if (Math.abs(next.x()) > REACH || Math.abs(next.y()) > REACH) {
                throw new ToolException("That is out of reach.");
            }
            pose = next;
        } finally {
            lock.unlock();
        }
    }

    void gripper(boolean open) throws ToolException {
        lock.lock();
        try {
            Pose now = ready();
            pose = new Pose(now.x(), now.y(), open, false);
        } finally {
            lock.unlock();
        }
    }

    private Pose ready() throws ToolException {
        if (pose.stopped()) {
            throw new ToolException("The arm is stopped.");
        }
        return pose;
    }

    /** Stops it, or lets it go on. */
    void stopped(boolean on) {
        lock.lock();
        try {
            pose = new Pose(pose.x(), pose.y(), pose.open(), on);
        } finally {
            lock.unlock();
        }
    }
}
