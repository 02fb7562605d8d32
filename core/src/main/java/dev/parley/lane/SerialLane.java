package dev.parley.lane;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A lane without a thread of its own: a queue that is drained on a virtual thread while there is something in it. For
 * hosts whose sockets have no event loop.
 */
public final class SerialLane implements RealTimeLane {
    private static final Executor THREADS = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("parley-lane-", 0).factory());
    private static final ScheduledThreadPoolExecutor TIMER = timer();

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile @Nullable Thread drainer;

    private static ScheduledThreadPoolExecutor timer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("parley-timer").factory());
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (waiting.getAndIncrement() == 0) {
            THREADS.execute(this::drain);
        }
    }

    private void drain() {
        do {
            drainer = Thread.currentThread();
            Runnable task = tasks.poll();
            if (task != null) {
                Guard.run(task);
            }
            // Before the count falls: from then on another thread may be the drainer.
            drainer = null;
        } while (waiting.decrementAndGet() > 0);
    }

    @Override
    public boolean inLane() {
        return Thread.currentThread().equals(drainer);
    }

    @Override
    public Runnable schedule(Runnable task, Duration delay) {
        ScheduledFuture<?> timer = TIMER.schedule(() -> execute(task), delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> timer.cancel(false);
    }
}
