package dev.parley.benchmarks.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/** One thread that waits for all sockets of a process, with the one buffer they are read into. */
public final class Loop implements Runnable {
    private static final int BUFFER = 1 << 18;

    private final Selector selector;
    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER);
    private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER);
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

    /** A loop that {@link #start} sets going. */
    public Loop() {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the thread, which lives as long as the process. */
    public void start(String name) {
        Thread.ofPlatform()
                .daemon()
                .name(name)
                .uncaughtExceptionHandler((thread, problem) -> fail(problem))
                .start(this);
    }

    /** Nothing works without the loop: who asks this process learns it from its end. */
    private static void fail(Throwable problem) {
        System.err.println("the loop of the bench has failed: " + problem);
        Runtime.getRuntime().halt(1);
    }

    /** Runs something on the loop soon. */
    public void execute(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    void wakeup() {
        selector.wakeup();
    }

    /** Registers a channel; only on the loop's thread. */
    public SelectionKey register(SelectableChannel channel, int ops, Consumer<SelectionKey> ready) throws IOException {
        channel.configureBlocking(false);
        return channel.register(selector, ops, ready);
    }

    /** What is read, for the time of one call. */
    ByteBuffer in() {
        return in;
    }

    /** What is written, for the time of one call; empty when a link gets it. */
    public ByteBuffer out() {
        return out;
    }

    @Override
    public void run() {
        try {
            while (selector.isOpen()) {
                selector.select(Loop::ready);
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked") // register attaches nothing else
    private static void ready(SelectionKey key) {
        Object attachment = key.attachment();
        if (attachment != null) {
            ((Consumer<SelectionKey>) attachment).accept(key);
        }
    }
}
