package dev.parley.local.work;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Workers on threads: virtual ones to think on, and as many platform threads for computing as asked for. */
public final class WorkerThreads implements Workers, AutoCloseable {
    private final ExecutorService thinking = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("parley-local-mind-", 0).factory());
    private final ExecutorService computing;

    /** Workers with this many threads for computing, started when first needed. */
    public WorkerThreads(int threads) {
        computing = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().daemon().name("parley-local-", 0).factory());
    }

    @Override
    public Runnable think(Runnable task) {
        Future<?> running = thinking.submit(task);
        return () -> running.cancel(true);
    }

    @Override
    public void compute(Runnable task) {
        computing.execute(task);
    }

    @Override
    public void close() {
        thinking.shutdownNow();
        computing.shutdownNow();
    }
}
