package dev.parley.console.admin;

import dev.parley.leg.CloseReason;
import dev.parley.protocol.Bytes;
import dev.parley.protocol.ErrorDetail;
import dev.parley.protocol.Json;
import dev.parley.transport.HttpResponse;
import dev.parley.transport.HttpStream;
import dev.parley.watch.ObservedSession;
import dev.parley.watch.Said;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The streams of server-sent events. Whoever reads slowly gets less often what there is, and keeps nothing waiting here. */
final class Streams implements AutoCloseable {
    /** How many streams there may be at once. */
    private static final int MOST = 64;

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    /** After how long without an event a comment tells that the stream is there, and finds out whether its reader is. */
    private static final long SILENCE = Duration.ofSeconds(15).toNanos();

    /** How often it is told that of a session nothing but its rates has changed. */
    private static final long RATES = Duration.ofSeconds(5).toNanos();

    private static final Bytes COMMENT = Bytes.utf8(":\n\n");

    private final History history;
    private final SessionList list;
    private final AtomicInteger open = new AtomicInteger();
    /** What wakes the streams of single sessions. */
    private final Set<Semaphore> asleep = ConcurrentHashMap.newKeySet();

    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Second second;
    private volatile boolean closed;

    Streams(History history, SessionList list) {
        this.history = history;
        this.list = list;
    }

    /** All sessions, each second. */
    HttpResponse all() {
        return limited(to -> {
            long number = 0;
            while (true) {
                Optional<History.Numbered> now = history.after(number);
                if (now.isEmpty()) {
                    return;
                }
                Second told = told(now.get());
                number = told.number();
                to.send(told.events());
            }
        });
    }

    /**
     * What all streams tell of one second.
     *
     * @param number of its sample
     */
    private record Second(long number, Bytes events) {}

    /** What to tell of a sample, or of a later one; written once, whoever asks first. */
    private Second told(History.Numbered now) {
        lock.lock();
        try {
            Second known = second;
            if (known == null || known.number() < now.number()) {
                known = new Second(
                        now.number(),
                        Bytes.utf8(event("sample", now.sample().json()) + event("sessions", list.json())));
                second = known;
            }
            return known;
        } finally {
            lock.unlock();
        }
    }

    /** One session, until it ends. */
    HttpResponse one(ObservedSession session) {
        return limited(to -> {
            // Not the thread's own permit, which whatever waits in a send may take.
            Semaphore more = new Semaphore(0);
            Runnable stop = session.watch(more::release);
            asleep.add(more);
            try {
                new Following(session, to, more).run();
            } finally {
                asleep.remove(more);
                stop.run();
            }
        });
    }

    /** Ends all streams. */
    @Override
    public void close() {
        closed = true;
        asleep.forEach(Semaphore::release);
    }

    private HttpResponse limited(HttpStream stream) {
        if (open.get() >= MOST) {
            throw new Refusal(
                    503,
                    ErrorDetail.server(
                            "too_many_streams", "The admin API has " + MOST + " streams already; close one of them."));
        }
        return Answers.stream(to -> {
            open.incrementAndGet();
            try {
                stream.write(to);
            } finally {
                open.decrementAndGet();
            }
        });
    }

    private static String event(String name, ObjectNode data) {
        // JSON has no line breaks but in strings, where they are escaped.
        return "event: " + name + "\ndata: " + data + "\n\n";
    }

    /** What one reader has got of one session. */
    private final class Following {
        private final ObservedSession session;
        private final HttpStream.Sink to;
        private final Semaphore more;
        private final long begun = System.nanoTime();
        /** Up to which revision words were told. */
        private long revision;
        /** Which revision the session was told with last. */
        private long shown;

        private long told = begun;
        private long looked = begun - SECOND;
        private long shownAt = begun;
        private @Nullable ObjectNode last;
        private @Nullable JsonNode rates;

        Following(ObservedSession session, HttpStream.Sink to, Semaphore more) {
            this.session = session;
            this.to = to;
            this.more = more;
        }

        void run() throws IOException, InterruptedException {
            while (!closed) {
                boolean over = session.end().isPresent();
                if (over || System.nanoTime() - looked >= SECOND) {
                    facts();
                }
                words();
                if (over) {
                    ended(session.end().orElseThrow());
                    return;
                }
                if (System.nanoTime() - told >= SILENCE) {
                    to.send(COMMENT);
                    told = System.nanoTime();
                }
                if (more.tryAcquire(looked + SECOND - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    more.drainPermits();
                }
            }
        }

        private void facts() throws IOException, InterruptedException {
            looked = System.nanoTime();
            long now = session.revision();
            // Without what was said, which the revision stands for.
            ObjectNode facts = list.json(session);
            facts.remove("age_ms");
            JsonNode carried = facts.remove("rates");
            boolean changed = !facts.equals(last) || now != shown;
            if (changed || (looked - shownAt >= RATES && !carried.equals(rates))) {
                revision = last == null ? now : revision;
                last = facts;
                rates = carried;
                shown = now;
                shownAt = looked;
                tell("session", list.whole(session));
            }
        }

        private void words() throws IOException, InterruptedException {
            long now = session.revision();
            if (now > revision) {
                for (Said said : session.said(revision)) {
                    tell("said", SessionList.json(said));
                }
                revision = now;
            }
        }

        private void ended(CloseReason why) throws IOException, InterruptedException {
            tell("ended", Json.object().put("code", why.failure().code()).put("reason", why.text()));
        }

        private void tell(String name, ObjectNode data) throws IOException, InterruptedException {
            to.send(Bytes.utf8(event(name, data)));
            told = System.nanoTime();
        }
    }
}
