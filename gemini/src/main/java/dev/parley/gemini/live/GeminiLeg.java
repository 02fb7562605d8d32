package dev.parley.gemini.live;

import dev.parley.gemini.setup.GeminiModel;
import dev.parley.gemini.setup.SessionSettings;
import dev.parley.gemini.setup.Voices;
import dev.parley.gemini.uplink.Dialler;
import dev.parley.lane.Lane;
import dev.parley.leg.BufferBudget;
import dev.parley.leg.CloseReason;
import dev.parley.leg.Failure;
import dev.parley.leg.Leg;
import dev.parley.leg.LegListener;
import dev.parley.protocol.AudioEvent;
import dev.parley.protocol.Event;
import dev.parley.provider.Start;
import dev.parley.provider.reply.LaneWork;
import dev.parley.provider.reply.Outlet;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A provider's leg that speaks OpenAI's events here and Gemini Live's there. It outlives the connections to Gemini that it has
 * one after the other.
 */
public final class GeminiLeg implements Leg, LaneWork, GeminiSession.Host {
    /** What a session is told of its end; connections are replaced as often as it takes. */
    public static final Duration LONGEST = Duration.ofHours(24);

    private static final Logger LOG = LoggerFactory.getLogger(GeminiLeg.class);
    /** The events that wait, from which the leg takes no more. */
    private static final int FULL = 256;

    private final Lane lane;
    private final LegListener listener;
    private final Start start;
    private final GeminiSession session;
    private final ClientEvents events;
    private final Queue<Event> inbox = new ArrayDeque<>();
    private boolean draining;
    private boolean full;
    private boolean told;
    private boolean over;

    /** A leg that is not connected. */
    public GeminiLeg(Dialler dialler, GeminiModel model, Voices voices, Start start, Lane lane, LegListener listener) {
        this.lane = lane;
        this.listener = listener;
        this.start = start;
        Outlet outlet = new Outlet(lane.random(), this::tell);
        long expires = (lane.epochMillis() + LONGEST.toMillis()) / 1000;
        SessionSettings settings = SessionSettings.initial(model, voices, outlet.id("sess"), expires);
        this.session = new GeminiSession(dialler, model, settings, this, outlet, this);
        this.events = new ClientEvents(session, outlet);
    }

    /** Begins to connect; on the lane. */
    public void begin() {
        session.uplink().begin(start instanceof Start.Resume resume ? resume.handle() : null);
    }

    // ---- What the session asks ----------------------------------------------------------------------------------

    @Override
    public void send(Event event) {
        if (over) {
            return;
        }
        if (event instanceof AudioEvent && inbox.isEmpty() && session.passes()) {
            // A refusal is told later, since nothing may be told from within this call.
            events.take(event, refusal -> post(() -> tell(refusal)));
            return;
        }
        inbox.add(event.copy());
        if (!draining) {
            draining = true;
            post(this::drain);
        }
    }

    private void drain() {
        draining = false;
        for (Event next = inbox.poll(); next != null && !over; next = inbox.poll()) {
            events.take(next, this::tell);
        }
        writable(session.uplink().writable());
    }

    @Override
    public boolean writable() {
        full |= inbox.size() >= FULL || !session.uplink().writable();
        return !full;
    }

    @Override
    public void changed() {
        writable(session.uplink().writable());
    }

    private void writable(boolean now) {
        if (full && now && inbox.size() < FULL) {
            full = false;
            post(() -> listener.writable(this, true));
        }
    }

    @Override
    public long taken() {
        return session.uplink().taken();
    }

    @Override
    public void flush() {
        session.uplink().flush();
    }

    @Override
    public void reading(boolean on) {
        session.uplink().reading(on);
    }

    @Override
    public void close(CloseReason why) {
        if (!over) {
            inbox.clear();
            session.uplink().close(why);
        }
    }

    // ---- What its session asks ----------------------------------------------------------------------------------

    private void tell(Event event) {
        if (!over) {
            told = true;
            listener.event(this, event);
        }
    }

    @Override
    public void opened() {
        listener.opened(this);
    }

    @Override
    public void created() {
        if (start instanceof Start.Seed seed) {
            session.seed(seed.history());
        }
    }

    @Override
    public void batchEnd() {
        session.uplink().flush();
        if (told && !over) {
            told = false;
            listener.batchEnd(this);
        }
    }

    @Override
    public void ended(CloseReason why) {
        if (!over) {
            over = true;
            listener.closed(this, why);
        }
    }

    @Override
    public BufferBudget.Account room() {
        return listener.room();
    }

    @Override
    public Lane lane() {
        return lane;
    }

    @Override
    public void post(Runnable task) {
        lane.execute(() -> run(task));
    }

    @Override
    public Runnable later(Runnable task, Duration delay) {
        return lane.schedule(() -> run(task), delay);
    }

    private void run(Runnable task) {
        if (over) {
            return;
        }
        try {
            task.run();
        } catch (RuntimeException e) {
            // The exception's text may hold what was said.
            LOG.error("A session with Gemini failed: {} at {}", e.getClass().getName(), where(e));
            close(CloseReason.of(Failure.INTERNAL, "the gemini provider failed"));
        }
        batchEnd();
    }

    private static String where(RuntimeException e) {
        StackTraceElement[] trace = e.getStackTrace();
        return trace.length == 0 ? "?" : trace[0].toString();
    }
}
