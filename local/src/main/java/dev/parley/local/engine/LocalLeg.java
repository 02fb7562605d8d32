package dev.parley.local.engine;

import dev.parley.RealtimeSessionConfig;
import dev.parley.lane.Lane;
import dev.parley.leg.CloseReason;
import dev.parley.leg.Failure;
import dev.parley.leg.Leg;
import dev.parley.leg.LegListener;
import dev.parley.local.work.Parts;
import dev.parley.local.work.Workers;
import dev.parley.protocol.ErrorDetail;
import dev.parley.protocol.Event;
import dev.parley.provider.Start;
import dev.parley.provider.reply.LaneWork;
import dev.parley.provider.reply.Outlet;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** A provider's leg whose other end is in this process: an OpenAI Realtime server for one session. */
public final class LocalLeg implements Leg, LaneWork {
    /** How long a session may last, as with OpenAI. */
    public static final Duration LONGEST = Duration.ofMinutes(60);

    private static final Logger LOG = LoggerFactory.getLogger(LocalLeg.class);
    /** The close code of a session that has expired. */
    private static final int GOING_AWAY = 1001;

    /** The events that are done at once. */
    private static final int SHARE = 16;
    /** The events that wait, from which the leg takes no more. */
    private static final int FULL = 256;

    private final Lane lane;
    private final LegListener listener;
    private final Runnable released;
    private final Queue<Runnable> inbox = new ArrayDeque<>();
    private boolean draining;
    private boolean full;
    private long done;
    private @Nullable LocalSession session;
    private @Nullable ClientEvents events;
    private boolean told;
    private boolean paused;
    private Runnable expiry = () -> {};
    /** Read by workers too, to drop what nobody waits for. */
    private volatile boolean closed;

    /**
     * A leg that is being opened.
     *
     * @param released runs once when the leg ends
     */
    public LocalLeg(Lane lane, LegListener listener, Runnable released) {
        this.lane = lane;
        this.listener = listener;
        this.released = released;
    }

    /**
     * Opens the leg; may be called from any thread. The session's own {@code session.update} is sent to it as any other
     * event.
     */
    public void open(Parts parts, Workers workers, RealtimeSessionConfig config, String model, Start start) {
        post(() -> {
            Outlet outlet = new Outlet(lane.random(), this::tell);
            LocalSession made = new LocalSession(parts, workers, this, outlet, model, config.transcription(), LONGEST);
            ClientEvents taker = new ClientEvents(made, outlet);
            session = made;
            events = taker;
            made.pause(paused);
            expiry = later(() -> expire(outlet), LONGEST);
            listener.opened(this);
            made.created();
            if (start instanceof Start.Seed seed) {
                for (ObjectNode item : seed.history()) {
                    taker.seed(item);
                }
            }
        });
    }

    private void expire(Outlet outlet) {
        String text = "Your session hit the maximum duration of " + LONGEST.toMinutes() + " minutes.";
        outlet.error(ErrorDetail.invalid("session_expired", text, null), null);
        listener.batchEnd(this);
        close(new CloseReason(Failure.PROVIDER_CLOSED, GOING_AWAY, text));
    }

    /** Ends a leg that cannot be opened; may be called from any thread. */
    public void refuse(CloseReason why) {
        post(() -> close(why));
    }

    @Override
    public void send(Event event) {
        ClientEvents taker = events;
        if (closed || taker == null) {
            return;
        }
        taker.take(event, inbox::add);
        if (!draining) {
            draining = true;
            post(this::drain);
        }
    }

    private void drain() {
        // A long run of audio must not keep the lane from others.
        for (int i = 0; i < SHARE && !closed && !inbox.isEmpty(); i++) {
            inbox.remove().run();
        }
        done += SHARE;
        draining = !inbox.isEmpty();
        if (draining) {
            post(this::drain);
        } else if (full && !closed) {
            full = false;
            listener.writable(this, true);
        }
    }

    @Override
    public boolean writable() {
        full |= inbox.size() >= FULL;
        return !full;
    }

    @Override
    public long taken() {
        return done;
    }

    @Override
    public void flush() {}

    @Override
    public void reading(boolean on) {
        post(() -> {
            paused = !on;
            if (session != null) {
                session.pause(paused);
            }
        });
    }

    @Override
    public void close(CloseReason why) {
        if (closed) {
            return;
        }
        closed = true;
        expiry.run();
        inbox.clear();
        if (session != null) {
            session.abandon();
        }
        released.run();
        lane.execute(() -> listener.closed(this, why));
    }

    private void tell(Event event) {
        if (!closed) {
            told = true;
            listener.event(this, event);
        }
    }

    @Override
    public Lane lane() {
        return lane;
    }

    @Override
    public void post(Runnable task) {
        if (!closed) {
            lane.execute(() -> run(task));
        }
    }

    @Override
    public Runnable later(Runnable task, Duration delay) {
        return lane.schedule(() -> run(task), delay);
    }

    private void run(Runnable task) {
        if (closed) {
            return;
        }
        try {
            task.run();
        } catch (RuntimeException e) {
            // The exception's text may hold what was said.
            LOG.error("A local session failed: {} at {}", e.getClass().getName(), where(e));
            close(CloseReason.of(Failure.INTERNAL, "the local provider failed"));
            return;
        }
        if (told && !closed) {
            told = false;
            listener.batchEnd(this);
        }
    }

    private static String where(RuntimeException e) {
        StackTraceElement[] trace = e.getStackTrace();
        return trace.length == 0 ? "?" : trace[0].toString();
    }
}
