package dev.parley.gemini;

import dev.parley.RealtimeException;
import dev.parley.lane.Lane;
import dev.parley.leg.BufferBudget;
import dev.parley.leg.CloseReason;
import dev.parley.leg.Failure;
import dev.parley.leg.Leg;
import dev.parley.leg.LegListener;
import dev.parley.protocol.Event;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The leg of a connection that waits for its access token; once that is there, all goes to the one that is dialled with it. */
final class TokenLeg implements Leg, LegListener {
    /** Less than a session waits for its provider, so that it is told which of the two is missing. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final Lane lane;
    private final LegListener listener;
    private final BiFunction<String, LegListener, Leg> dial;
    private @Nullable Leg dialled;
    private boolean reading = true;
    private boolean over;
    private Runnable timer = () -> {};

    /**
     * A leg that waits.
     *
     * @param dial connects with a token
     */
    TokenLeg(Lane lane, LegListener listener, BiFunction<String, LegListener, Leg> dial) {
        this.lane = lane;
        this.listener = listener;
        this.dial = dial;
    }

    /** Asks for the token. On the lane; nothing is told before this returns. */
    void await(AccessTokens source) {
        timer = lane.schedule(
                () -> fail(CloseReason.of(
                        Failure.PROVIDER_TIMEOUT,
                        "there was no access token for Vertex AI within " + PATIENCE.toSeconds() + " s")),
                PATIENCE);
        // Whoever makes tokens may read files or call servers before it answers.
        CompletableFuture<String> asked = CompletableFuture.supplyAsync(
                        source::next,
                        task -> Thread.ofVirtual().name("parley-token").start(task))
                .thenCompose(token -> token);
        CompletableFuture<Void> unused = asked.handle((token, failure) -> {
            lane.execute(() -> {
                if (failure == null) {
                    connect(token);
                } else {
                    fail(CloseReason.of(Failure.PROVIDER_REFUSED, said(failure)));
                }
            });
            return null;
        });
    }

    private void connect(String token) {
        if (over || dialled != null) {
            return;
        }
        timer.run();
        Leg leg = dial.apply(token, this);
        dialled = leg;
        leg.reading(reading);
    }

    private static String said(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        // A foreign exception's text may hold what a client is not to see.
        return "there is no access token for Vertex AI: "
                + (cause instanceof RealtimeException
                        ? cause.getMessage()
                        : cause.getClass().getSimpleName());
    }

    private void fail(CloseReason why) {
        if (!over && dialled == null) {
            over = true;
            timer.run();
            listener.closed(this, why);
        }
    }

    // ---- What its owner asks --------------------------------------------------------------------------------------

    @Override
    public void send(Event event) {
        if (dialled != null) {
            dialled.send(event);
        }
    }

    @Override
    public boolean writable() {
        return dialled != null && dialled.writable();
    }

    @Override
    public long taken() {
        return dialled == null ? 0 : dialled.taken();
    }

    @Override
    public void flush() {
        if (dialled != null) {
            dialled.flush();
        }
    }

    @Override
    public void reading(boolean on) {
        reading = on;
        if (dialled != null) {
            dialled.reading(on);
        }
    }

    @Override
    public void close(CloseReason why) {
        if (dialled != null) {
            dialled.close(why);
        } else {
            // Not from within the owner's call.
            lane.execute(() -> {
                if (dialled == null) {
                    fail(why);
                } else {
                    dialled.close(why);
                }
            });
        }
    }

    // ---- What the dialled leg tells -------------------------------------------------------------------------------

    @Override
    public void opened(Leg leg) {
        listener.opened(this);
    }

    @Override
    public void event(Leg leg, Event event) {
        listener.event(this, event);
    }

    @Override
    public void batchEnd(Leg leg) {
        listener.batchEnd(this);
    }

    @Override
    public void writable(Leg leg, boolean now) {
        listener.writable(this, now);
    }

    @Override
    public void closed(Leg leg, CloseReason why) {
        over = true;
        listener.closed(this, why);
    }

    @Override
    public BufferBudget.Account room() {
        return listener.room();
    }
}
