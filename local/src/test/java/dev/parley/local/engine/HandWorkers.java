package dev.parley.local.engine;

import dev.parley.local.work.Workers;
import java.util.ArrayDeque;
import java.util.Queue;

/** Workers whose tasks run one by one, when told to, on the thread that tells. */
final class HandWorkers implements Workers {
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    int givenUp;

    @Override
    public Runnable think(Runnable task) {
        tasks.add(task);
        return () -> {
            if (tasks.remove(task)) {
                givenUp++;
            }
        };
    }

    @Override
    public void compute(Runnable task) {
        tasks.add(task);
    }

    boolean run() {
        Runnable next = tasks.poll();
        if (next == null) {
            return false;
        }
        next.run();
        return true;
    }

    int waiting() {
        return tasks.size();
    }
}
