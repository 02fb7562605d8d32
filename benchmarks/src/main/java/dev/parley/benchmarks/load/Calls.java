package dev.parley.benchmarks.load;

import dev.parley.benchmarks.wire.AudioKind;
import dev.parley.benchmarks.wire.AudioScript;
import dev.parley.benchmarks.wire.Loop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * All sessions of one piece of work, and what they count together. Its methods are the asking thread's; what callers
 * tell comes on the loop's.
 */
final class Calls implements Caller.Told {
    private static final int DIALS_AT_ONCE = 32;
    private static final long SECONDS_TO_OPEN = 60;
    private static final long SECONDS_TO_CLOSE = 3;
    private static final long TICK_MILLIS = 1;

    private final Loop loop;
    private final LoadOrder order;
    private final int sessions;
    private final AudioScript deltas;
    private final List<Caller> callers = new ArrayList<>();
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong altered = new AtomicLong();
    private final AtomicLong misplaced = new AtomicLong();
    private volatile @Nullable String problem;
    private Answers answers = Answers.NONE;

    /** What follows when events have come back; on the loop's thread. */
    interface Answers {
        Answers NONE = new Answers() {
            @Override
            public void answered(Caller caller, int number) {}

            @Override
            public void batchEnd(Caller caller) {}
        };

        void answered(Caller caller, int number);

        void batchEnd(Caller caller);
    }

    Calls(Loop loop, LoadOrder order, int sessions) {
        this.loop = loop;
        this.order = order;
        this.sessions = sessions;
        this.deltas = new AudioScript(AudioKind.DELTA, order.payload());
    }

    /** Opens all sessions; an event {@code session.created} says that one is open. */
    void open() throws WorkException {
        loop.execute(this::dial);
        if (!await(() -> opened.get() == sessions, SECONDS_TO_OPEN)) {
            throw new WorkException(
                    opened.get() + " of " + sessions + " sessions were open after " + SECONDS_TO_OPEN + " s");
        }
    }

    private void dial() {
        try {
            while (callers.size() < sessions && callers.size() - opened.get() < DIALS_AT_ONCE) {
                SocketChannel channel = SocketChannel.open();
                channel.configureBlocking(false);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                Caller caller = new Caller(loop, channel, order, callers.size(), deltas, this);
                callers.add(caller);
                channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), order.port()));
                caller.register(SelectionKey.OP_CONNECT);
            }
        } catch (IOException e) {
            problem("session " + callers.size() + " cannot be dialled: " + e.getMessage());
        }
    }

    /** Says what follows answers from now on; returns when the loop knows. */
    void onAnswers(Answers what) {
        onLoop(() -> answers = what);
    }

    /** Runs something on the loop and waits for its end. */
    void onLoop(Runnable what) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.execute(() -> {
            what.run();
            done.complete(null);
        });
        done.join();
    }

    List<Caller> callers() {
        return callers;
    }

    /** Counts an event that is being sent. Only one thread sends. */
    void sending() {
        sent.setOpaque(sent.getPlain() + 1);
    }

    long sent() {
        return sent.getOpaque();
    }

    long received() {
        return received.getOpaque();
    }

    long altered() {
        return altered.getOpaque();
    }

    long misplaced() {
        return misplaced.getOpaque();
    }

    /** Waits until something is so; false if it was not in time. */
    boolean await(BooleanSupplier so, long seconds) throws WorkException {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        while (!so.getAsBoolean()) {
            check();
            if (System.nanoTime() > end) {
                return false;
            }
            try {
                Thread.sleep(TICK_MILLIS);
            } catch (InterruptedException e) {
                throw new WorkException("interrupted");
            }
        }
        return true;
    }

    /** Fails if something has gone wrong so far. */
    void check() throws WorkException {
        String what = problem;
        if (what != null) {
            throw new WorkException(what);
        }
    }

    /** Closes all sessions; those that do not answer are cut. */
    void close() {
        onLoop(() -> callers.forEach(Caller::leave));
        try {
            await(() -> ended.get() == callers.size(), SECONDS_TO_CLOSE);
        } catch (WorkException e) {
            // What has gone wrong was told before; here the sockets only have to go.
            problem = null;
        }
        onLoop(() -> callers.forEach(caller -> caller.end("cut")));
    }

    @Override
    public void created(Caller caller) {
        opened.incrementAndGet();
        dial();
    }

    @Override
    public void answered(Caller caller, int number) {
        received.setOpaque(received.getPlain() + 1);
        answers.answered(caller, number);
    }

    @Override
    public void altered(Caller caller) {
        altered.setOpaque(altered.getPlain() + 1);
    }

    @Override
    public void misplaced(Caller caller) {
        misplaced.setOpaque(misplaced.getPlain() + 1);
    }

    @Override
    public void batchEnd(Caller caller) {
        answers.batchEnd(caller);
    }

    @Override
    public void problem(String what) {
        if (problem == null) {
            problem = what;
        }
    }

    @Override
    public void ended(Caller caller) {
        ended.incrementAndGet();
    }
}
