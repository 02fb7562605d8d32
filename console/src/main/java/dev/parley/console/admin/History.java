package dev.parley.console.admin;

import dev.parley.RealtimeService;
import dev.parley.protocol.Json;
import dev.parley.watch.Watch;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What all sessions together did in each of the last 3600 seconds, read by a virtual thread. Safe for use by all threads. */
final class History implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(History.class);
    /** How many samples are kept; each takes about 150 bytes. */
    static final int MOST = 3_600;

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final RealtimeService service;
    private final Watch watch;
    private final Rates rates;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private final ArrayDeque<Sample> samples = new ArrayDeque<>();
    private final Thread reader = Thread.ofVirtual().name("parley-history").unstarted(this::read);
    private Totals last;
    private long taken;
    private boolean closed;

    History(RealtimeService service, Watch watch, Rates rates) {
        this.service = service;
        this.watch = watch;
        this.rates = rates;
        this.last = Totals.read(service, watch);
    }

    void start() {
        reader.start();
    }

    private void read() {
        long next = System.nanoTime();
        while (true) {
            next += INTERVAL.toNanos();
            try {
                Thread.sleep(Duration.ofNanos(Math.max(0, next - System.nanoTime())));
            } catch (InterruptedException e) {
                return;
            }
            try {
                sample(System.currentTimeMillis());
            } catch (RuntimeException e) {
                LOG.error("A second of the history is missing: {}", e.getClass().getName());
            }
            // After a pause of the machine, no run of empty samples.
            next = Math.max(next, System.nanoTime() - INTERVAL.toNanos());
        }
    }

    /** Takes one sample of what was done since the last. */
    void sample(long at) {
        Totals now = Totals.read(service, watch);
        rates.read(watch.newest(SessionList.MOST), System.nanoTime());
        lock.lock();
        try {
            if (samples.size() == MOST) {
                samples.removeFirst();
            }
            samples.addLast(now.since(last, at));
            last = now;
            taken++;
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * A sample and its number.
     *
     * @param number grows by one with each sample
     */
    record Numbered(long number, Sample sample) {}

    /**
     * Waits for the first sample behind a number, or takes the newest if there are several. Empty: no more samples are
     * taken.
     */
    Optional<Numbered> after(long number) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (taken <= number && !closed) {
                more.await();
            }
            return closed ? Optional.empty() : Optional.of(new Numbered(taken, samples.getLast()));
        } finally {
            lock.unlock();
        }
    }

    ObjectNode json() {
        List<Sample> kept;
        lock.lock();
        try {
            kept = List.copyOf(samples);
        } finally {
            lock.unlock();
        }
        ObjectNode json = Json.object().put("interval_ms", INTERVAL.toMillis());
        ArrayNode array = json.putArray("samples");
        kept.forEach(sample -> array.add(sample.json()));
        return json;
    }

    @Override
    public void close() {
        reader.interrupt();
        lock.lock();
        try {
            closed = true;
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
