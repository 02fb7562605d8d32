package dev.parley.gemini.uplink;

import dev.parley.gemini.setup.GeminiModel;
import dev.parley.gemini.wire.Closing;
import dev.parley.gemini.wire.GeminiDialect;
import dev.parley.leg.CloseReason;
import dev.parley.leg.Failure;
import dev.parley.protocol.Bytes;
import dev.parley.protocol.ControlEvent;
import dev.parley.protocol.Event;
import dev.parley.provider.reply.LaneWork;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The way to Gemini: one connection at a time, and what waits while there is none that takes anything. Connections are
 * replaced unseen: before the server ends them, when they are lost, and for settings that need a new one. Lane only; calls its
 * owner back from the lane's own tasks and from what the connections tell.
 */
public final class Uplink implements Line.Told {
    private static final CloseReason DONE = CloseReason.of(Failure.NORMAL, "");
    /** How long before the server's end of a connection its successor must have been dialled. */
    private static final Duration MARGIN = Duration.ofSeconds(5);
    /** How long a setup may take. */
    private static final Duration SETUP = Duration.ofSeconds(10);
    /** How often a successor is dialled in vain. */
    private static final int MOST_MISSES = 5;
    /** After which a successor is dialled again. */
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final Dialler dialler;
    private final GeminiModel model;
    private final LaneWork work;
    private final Owner owner;
    private final Resumption resumption = new Resumption();
    private final Waiting waiting;
    private final Set<Line> lines = new HashSet<>();
    private @Nullable Line current;
    private @Nullable Line next;
    private boolean opened;
    private boolean wanted;
    private boolean ready;
    private boolean reading = true;
    private boolean answeredTool;
    private boolean replacing;
    private boolean forced;
    private int misses;
    private long taken;
    private Runnable age = () -> {};
    private Runnable deadline = () -> {};
    private Runnable retry = () -> {};
    private @Nullable CloseReason ending;

    public Uplink(Dialler dialler, GeminiModel model, LaneWork work, Owner owner) {
        this.dialler = dialler;
        this.model = model;
        this.work = work;
        this.owner = owner;
        this.waiting = new Waiting(owner.room());
    }

    /** Dials the first connection; {@code handle} of a session that is resumed, or null. */
    public void begin(@Nullable String handle) {
        resumption.resumable(handle);
        current = dial(handle);
    }

    private Line dial(@Nullable String handle) {
        Line line = new Line(handle, this, owner);
        lines.add(line);
        line.dial(dialler);
        return line;
    }

    /** Has the connection set up, if it is not. */
    public void start() {
        if (!wanted) {
            wanted = true;
            Line line = current;
            if (line != null && line.open) {
                setUp(line);
            }
        }
    }

    /** Whether the setup has gone out, so that settings are no longer merged into it. */
    public boolean started() {
        return wanted;
    }

    /** Sends a message, now or when it can be. */
    public void send(ObjectNode message, Waiting.Kind kind) {
        start();
        answeredTool = kind == Waiting.Kind.RESULT;
        deliver(ControlEvent.of(message), kind);
    }

    /** Sends audio, now or when it can be; its bytes are on loan. */
    public void audio(Bytes message) {
        start();
        deliver(ControlEvent.of(GeminiDialect.MESSAGE, message), Waiting.Kind.AUDIO);
    }

    private void deliver(ControlEvent message, Waiting.Kind kind) {
        Line line = current;
        if (ending != null) {
            return;
        }
        if (line != null
                && line.ready
                && !paused()
                && waiting.isEmpty()
                && line.leg().writable()) {
            line.leg().send(message);
        } else {
            waiting.add(message, kind);
        }
    }

    /** Whether nothing goes out since the next connection is being set up. */
    public boolean paused() {
        return next != null && next.setUp;
    }

    /** Drops the audio that waits. */
    public void dropAudio() {
        waiting.drop(Waiting.Kind.AUDIO);
    }

    private void drain() {
        Line line = current;
        while (line != null && line.ready && !paused() && line.leg().writable()) {
            Event first = waiting.poll();
            if (first == null) {
                break;
            }
            line.leg().send(first);
        }
        flush();
        owner.writable();
    }

    /** Whether more can be sent without too much waiting. */
    public boolean writable() {
        Line line = current;
        return !waiting.full() && (line == null || !line.ready || line.leg().writable());
    }

    public void flush() {
        if (current != null) {
            current.leg().flush();
        }
    }

    public long taken() {
        return taken + (current == null ? 0 : current.leg().taken());
    }

    public void reading(boolean on) {
        reading = on;
        lines.forEach(line -> line.leg().reading(on));
    }

    /** Ends all connections; {@link Owner#ended} follows. */
    public void close(CloseReason why) {
        if (ending != null) {
            return;
        }
        ending = why;
        List.of(age, deadline, retry).forEach(Runnable::run);
        waiting.clear();
        List.copyOf(lines).forEach(line -> line.leg().close(DONE));
        work.lane().execute(this::end);
    }

    private void end() {
        if (ending != null && lines.isEmpty()) {
            waiting.clear();
            owner.ended(ending);
        }
    }

    /** What is known of resuming the session. */
    public Resumption resumption() {
        return resumption;
    }

    /** The server ends the connection after this time. */
    public void goAway(Duration left) {
        replace(left.minus(MARGIN).isNegative() ? Duration.ZERO : left.minus(MARGIN));
    }

    /** Settings have changed that need a new connection. */
    public void renew() {
        Line coming = next;
        if (coming != null && coming.setUp) {
            drop(coming);
            next = null;
        }
        replace(null);
    }

    /** Has a new connection though an answer is waited for. */
    public void renewNow() {
        forced = true;
        renew();
    }

    /** Whether there is a connection that takes messages. */
    public boolean ready() {
        return current != null && current.ready && !paused();
    }

    /** Replaces the connection at a quiet moment, at the latest after a time; null: however long that takes. */
    private void replace(@Nullable Duration atLast) {
        replacing = true;
        if (atLast != null) {
            deadline.run();
            deadline = work.later(
                    () -> {
                        forced = true;
                        quiet();
                    },
                    atLast);
        }
        quiet();
    }

    /** It may have become quiet. */
    public void quiet() {
        if (!replacing || ending != null || current == null || !current.ready) {
            return;
        }
        Line coming = next;
        if (coming == null) {
            next = dial(resumption.handle());
        } else if (coming.open && !coming.setUp && (forced || owner.quiet())) {
            coming.handle = resumption.handle();
            setUp(coming);
        }
    }

    private void setUp(Line line) {
        line.setUp = true;
        line.fresh = line.handle == null;
        line.leg().send(ControlEvent.of(owner.setup(line.handle)));
        line.leg().flush();
        work.later(
                () -> {
                    if (!line.ready) {
                        drop(line);
                    }
                },
                SETUP);
    }

    private void ready(Line line) {
        line.ready = true;
        misses = 0;
        boolean first = !ready;
        ready = true;
        if (line == next) {
            Line old = current;
            next = null;
            current = line;
            if (old != null) {
                owner.interrupted(false);
                taken += old.leg().taken();
                drop(old);
            }
        }
        forced = false;
        deadline.run();
        age.run();
        age = work.later(() -> replace(null), model.longestConnection());
        if (line.fresh && !first) {
            boolean lost = waiting.dropContent();
            owner.history(lost).forEach(message -> line.leg().send(ControlEvent.of(message)));
        }
        owner.ready();
        drain();
        replacing = owner.outdated();
        quiet();
    }

    private static void drop(Line line) {
        line.leg().close(DONE);
    }

    @Override
    public void opened(Line line) {
        if (ending != null) {
            return;
        }
        line.open = true;
        line.leg().reading(reading);
        if (line == next) {
            quiet();
            return;
        }
        if (!opened) {
            opened = true;
            owner.opened();
        }
        if (wanted) {
            setUp(line);
        }
    }

    @Override
    public void message(Line line, ControlEvent message) {
        if (ending != null || (line != current && line != next)) {
            return;
        }
        if (!line.ready && line.setUp && message.jsonOrEmpty().has("setupComplete")) {
            ready(line);
        }
        owner.message(message);
    }

    @Override
    public void drained(Line line) {
        if (line == current) {
            drain();
        }
    }

    @Override
    public void closed(Line line, CloseReason why) {
        lines.remove(line);
        if (ending != null) {
            end();
        } else if (line == next) {
            next = null;
            notReplaced(line, why);
        } else if (line == current) {
            lost(line, why);
        }
    }

    /** The successor could not be had; the connection that is there goes on. */
    private void notReplaced(Line line, CloseReason why) {
        if (current == null) {
            again(why, true);
        } else if (misses++ < MOST_MISSES && (Closing.of(why) == Closing.PASSING || line.handle != null)) {
            if (line.setUp && Closing.of(why) != Closing.PASSING) {
                // It may be the handle that is wrong.
                resumption.forget();
            }
            retry.run();
            retry = work.later(this::quiet, AGAIN);
        } else {
            replacing = false;
            misses = 0;
            if (owner.changing()) {
                owner.notRenewed();
            }
        }
        drain();
    }

    private void lost(Line line, CloseReason why) {
        taken += line.leg().taken();
        current = null;
        if (!opened) {
            close(why);
            return;
        }
        if (line.ready) {
            owner.interrupted(true);
        }
        if (next == null) {
            again(why, line.handle != null && !line.ready);
        } else {
            // The successor is on its way already.
            Line coming = next;
            next = null;
            current = coming;
            if (coming.open && !coming.setUp) {
                setUp(coming);
            }
        }
    }

    private void again(CloseReason why, boolean resuming) {
        Closing how = Closing.of(why);
        switch (resumption.lost(how, resuming, ready, answeredTool)) {
            case Resumption.Next.End end -> close(how.end(why, model.name()));
            case Resumption.Next.Connect connect -> {
                retry.run();
                retry = work.later(() -> current = dial(connect.handle()), connect.after());
            }
        }
    }
}
