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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The streams of server-sent events. Whoever reads slowly gets less often what there is, and keeps nothing waiting here. */
final class Streams {
    /** How many streams there may be at once. */
    private static final int MOST = 64;

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    /** After how long without an event a comment tells that the stream is there, and finds out whether its reader is. */
    private static final long SILENCE = Duration.ofSeconds(15).toNanos();

    private static final Bytes COMMENT = Bytes.utf8(":\n\n");

    private final History history;
    private final SessionList list;
    private final AtomicInteger open = new AtomicInteger();

    Streams(History history, SessionList list) {
        this.history = history;
        this.list = list;
    }

    /** All sessions, each second. */
    HttpResponse all() {
        return limited(to -> {
            long number = 0;
            while (true) {
                History.Numbered now = history.after(number);
                number = now.number();
                send(to, "sample", now.sample().json());
                send(to, "sessions", list.json());
            }
        });
    }

    /** One session, until it ends. */
    HttpResponse one(ObservedSession session) {
        return limited(to -> {
            Thread thread = Thread.currentThread();
            Runnable stop = session.watch(() -> LockSupport.unpark(thread));
            try {
                new Following(session, to).run();
            } finally {
                stop.run();
            }
        });
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

    private static void send(HttpStream.Sink to, String event, ObjectNode data)
            throws IOException, InterruptedException {
        // JSON has no line breaks but in strings, where they are escaped.
        to.send(Bytes.utf8("event: " + event + "\ndata: " + data + "\n\n"));
    }

    /** What one reader has got of one session. */
    private final class Following {
        private final ObservedSession session;
        private final HttpStream.Sink to;
        private final long begun = System.nanoTime();
        private long revision;
        private long told = begun;
        private long looked = begun - SECOND;
        private @Nullable ObjectNode last;

        Following(ObservedSession session, HttpStream.Sink to) {
            this.session = session;
            this.to = to;
        }

        void run() throws IOException, InterruptedException {
            while (true) {
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
                LockSupport.parkNanos(Math.max(1, looked + SECOND - System.nanoTime()));
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
        }

        private void facts() throws IOException, InterruptedException {
            looked = System.nanoTime();
            long now = session.revision();
            boolean first = last == null;
            ObjectNode json = list.whole(session);
            ObjectNode compared = json.deepCopy();
            compared.remove("age_ms");
            if (!compared.equals(last)) {
                last = compared;
                revision = first ? now : revision;
                tell("session", json);
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

        private void tell(String event, ObjectNode data) throws IOException, InterruptedException {
            send(to, event, data);
            told = System.nanoTime();
        }
    }
}
