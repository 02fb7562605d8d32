package dev.parley.session;

import dev.parley.OpenAIRealtimeSession;
import dev.parley.RealtimeException;
import dev.parley.RealtimeSessionStats;
import dev.parley.lane.Lane;
import dev.parley.leg.BufferBudget;
import dev.parley.leg.CloseReason;
import dev.parley.leg.Failure;
import dev.parley.leg.Leg;
import dev.parley.leg.LegListener;
import dev.parley.protocol.AudioEvent;
import dev.parley.protocol.ControlEvent;
import dev.parley.protocol.ErrorDetail;
import dev.parley.protocol.Event;
import dev.parley.protocol.EventType;
import dev.parley.protocol.Ids;
import dev.parley.protocol.ItemKey;
import dev.parley.provider.Capabilities;
import dev.parley.provider.RealtimeProvider;
import dev.parley.transcode.AudioBridge;
import dev.parley.transcode.Exits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One session: wires a client's leg and a provider's leg through the machines that know the rules.
 *
 * <p>The way of an event, in reading order: {@link #fromClient}, or {@link #received}, then {@link Side#send}. All of
 * it, and every field here, belongs to the lane; the public methods post to it.
 */
public final class LiveSession {
    private final String id;
    private final SessionTerms terms;
    private final RealtimeProvider provider;
    private final Capabilities capabilities;
    private final Lane lane;
    private final SessionListener listener;
    private final Instant connectedAt;
    private final Side clientSide;
    private final Side providerSide;
    private final AudioBridge audio;
    private final SessionMeter meter;
    private final GatewayMeter gateway;
    private final Batch batch;
    private final BufferBudget.Account room;
    private final OpenAIRealtimeSession handle;
    private final Participant participant;

    private volatile Lifecycle.State life = Lifecycle.State.START;
    private boolean overflowed;
    /** Until when the provider must be connected, and then until when the session may last. */
    private Runnable deadline = () -> {};

    private CloseReason end = CloseReason.of(Failure.NORMAL, "");

    private LiveSession(
            SessionTerms asked, RealtimeProvider provider, Lane lane, GatewayMeter gateway, SessionListener listener) {
        this.id = Ids.next("sess", lane.random());
        this.provider = provider;
        this.capabilities = provider.capabilities(asked.config().model().orElse(provider.defaultModel()));
        this.terms = asked.configured(capabilities);
        this.lane = lane;
        this.listener = listener;
        this.connectedAt = Instant.ofEpochMilli(lane.epochMillis());
        this.gateway = gateway;
        this.batch = new Batch(lane);
        this.room = gateway.budget().account();
        this.clientSide = new Side(
                lane,
                terms.limits(),
                room,
                gateway.clients,
                batch,
                terms.limits().farewell(),
                () -> endBecause(Failure.CLIENT_TOO_SLOW, "the client reads too slowly"),
                event -> participant().delivered(event));
        this.providerSide = new Side(
                lane,
                terms.limits(),
                room,
                gateway.providers,
                batch,
                Duration.ZERO,
                () -> endBecause(Failure.PROVIDER_STALLED, "the provider takes no more data"),
                event -> {});
        this.audio = new AudioBridge(
                terms.config(), capabilities, terms.limits().maxAudio(), lane.random(), new ProviderEdge());
        this.meter = new SessionMeter(terms.config());
        this.handle = new SessionHandle(this, provider.name());
        this.participant = terms.participant().join(new SessionFloor(this));
    }

    /**
     * Begins a session for a client that is connected: dials the provider. Called on the lane.
     *
     * @param client the client's leg; what happens on it is to be told to {@link #clientLink()}
     */
    public static LiveSession begin(
            SessionTerms terms,
            Leg client,
            RealtimeProvider provider,
            Lane lane,
            GatewayMeter gateway,
            SessionListener listener) {
        LiveSession session = new LiveSession(terms, provider, lane, gateway, listener);
        gateway.began(session.meter);
        session.clientSide.attach(client, true);
        session.dial();
        return session;
    }

    private void dial() {
        ErrorDetail fault = ClientEventCheck.fault(terms.config(), capabilities);
        if (fault != null) {
            notDialled(Failure.CONFIG_REFUSED, fault.message());
            return;
        }
        try {
            LegListener link = new Link(providerSide, clientSide, batch, room, new FromProvider(), this::flush);
            providerSide.attach(provider.connect(audio.provided(), terms.start(), lane, link), false);
        } catch (RuntimeException e) {
            // A foreign exception's text may hold what a client is not to see.
            String text = e instanceof RealtimeException ? String.valueOf(e.getMessage()) : "the provider failed";
            notDialled(Failure.PROVIDER_REFUSED, text);
            return;
        }
        Duration patience = terms.limits().dialTimeout();
        deadline = lane.schedule(
                () -> endBecause(
                        Failure.PROVIDER_TIMEOUT,
                        "the provider '" + provider.name() + "' did not answer within " + patience.toMillis() + " ms"),
                patience);
    }

    private void notDialled(Failure failure, String text) {
        life = new Lifecycle.State(Lifecycle.Phase.DIALLING, true, false);
        // After begin() has returned, so that whoever holds the session sees its end as any other.
        lane.execute(() -> endBecause(failure, text));
    }

    /** What is told of the client's leg goes here. */
    public LegListener clientLink() {
        return new Link(clientSide, providerSide, batch, room, new FromClient(), this::flush);
    }

    // ---- The two ways of an event ----------------------------------------------------------------------------------

    void fromClient(Event event) {
        ErrorDetail fault = ClientEventCheck.fault(event, capabilities, terms);
        if (fault == null) {
            participant.fromClient(event);
        } else {
            tellClient(fault, event.eventId());
        }
    }

    void toProvider(Event event) {
        if (audio.toProvider(event)) {
            meter.sent.count(event);
        }
    }

    private boolean send(Event event) {
        if (!providerSide.send(event)) {
            overflow(event);
            return false;
        }
        overflowed &= !providerSide.open();
        if (providerSide.full()) {
            clientSide.reading(false);
        }
        return true;
    }

    private void received(Event event) {
        meter.received.count(event);
        if (event instanceof ControlEvent control
                && (control.type().equals(EventType.SESSION_UPDATED)
                        || control.type().equals(EventType.SESSION_CREATED))) {
            meter.learn(control);
        }
        participant.fromProvider(event);
    }

    void toClient(Event event) {
        if (!clientSide.send(event)) {
            gateway.clients.noRoom.increment();
            endBecause(Failure.CLIENT_TOO_SLOW, "more waits for the client than may be kept");
        } else if (clientSide.full()) {
            providerSide.reading(false);
        }
    }

    /** One error for each run of events that found no room, since more of them would only make it worse. */
    private void overflow(Event event) {
        gateway.providers.noRoom.increment();
        if (overflowed && event instanceof AudioEvent) {
            return;
        }
        overflowed = true;
        String text = "Too much was sent before the provider could take it; '" + event.type()
                + "' was dropped. Wait for session.created, or send less.";
        tellClient(ErrorDetail.server("input_buffer_full", text), event.eventId());
    }

    void tellClient(ErrorDetail error, @Nullable String cause) {
        toClient(error.event(Ids.next("event", lane.random()), cause));
    }

    // ---- Its life --------------------------------------------------------------------------------------------------

    private void endBecause(Failure failure, String text) {
        live(new Lifecycle.Input.End(CloseReason.of(failure, text)));
        flush();
    }

    /** What was sent since the last time goes out, on both sides. */
    private void flush() {
        providerSide.flush();
        clientSide.flush();
        batch.end();
    }

    private void live(Lifecycle.Input input) {
        List<Lifecycle.Action> actions = new ArrayList<>(4);
        life = Lifecycle.step(life, input, actions::add);
        // Only now, since an action may bring the next input.
        actions.forEach(this::act);
    }

    private Runnable endAfter(Duration longest) {
        String text = "your session hit the maximum duration of " + longest.toSeconds() + " seconds";
        return lane.schedule(() -> endBecause(Failure.SESSION_EXPIRED, text), longest);
    }

    private void act(Lifecycle.Action action) {
        switch (action) {
            case Lifecycle.Action.Begin begin -> {
                deadline.run();
                deadline = terms.limits().longest().map(this::endAfter).orElse(deadline);
                providerSide.opened(terms.firstUpdate(audio.provided())
                        .map(audio::first)
                        .map(meter.sent::counted)
                        .orElse(null));
                participant.began();
                listener.began(this);
            }
            case Lifecycle.Action.TellClient tell -> {
                end = tell.why();
                clientSide.lastWord(tell.why().error().event(Ids.next("event", lane.random()), null));
            }
            case Lifecycle.Action.CloseClient close -> clientSide.close(close.why());
            case Lifecycle.Action.CloseProvider close -> {
                deadline.run();
                providerSide.close(close.why());
            }
            case Lifecycle.Action.Forget forget -> {
                gateway.ended(meter, end.failure());
                try {
                    participant.ended(end);
                } finally {
                    listener.ended(this, end);
                }
            }
        }
    }

    /** Where events go from the bridge at the provider's edge. */
    private final class ProviderEdge implements Exits {
        @Override
        public boolean toProvider(Event event) {
            return send(event);
        }

        @Override
        public void fromProvider(Event event) {
            received(event);
        }

        @Override
        public void tellClient(ErrorDetail error, @Nullable String cause) {
            LiveSession.this.tellClient(error, cause);
        }
    }

    private final class FromClient implements Link.Told {
        @Override
        public void event(Event event) {
            fromClient(event);
        }

        @Override
        public void closed(CloseReason why) {
            clientSide.closed();
            end = life.phase() == Lifecycle.Phase.ENDING ? end : why;
            live(new Lifecycle.Input.ClientClosed(why));
        }
    }

    private final class FromProvider implements Link.Told {
        @Override
        public void opened() {
            live(new Lifecycle.Input.ProviderOpened());
        }

        @Override
        public void event(Event event) {
            audio.fromProvider(event);
        }

        @Override
        public void closed(CloseReason why) {
            deadline.run();
            providerSide.closed();
            live(new Lifecycle.Input.ProviderClosed(why));
            flush();
        }
    }

    // ---- For the application, through its handle -------------------------------------------------------------------

    /** What the application may do with this session, from any thread. */
    public OpenAIRealtimeSession handle() {
        return handle;
    }

    /** Parley's id of the session. */
    public String id() {
        return id;
    }

    /** The id of the session's client. */
    public String clientId() {
        return terms.clientId();
    }

    /** Ends the session for a reason that the client is told. May be called from any thread. */
    public void end(CloseReason why) {
        post(() -> live(new Lifecycle.Input.End(why)));
    }

    boolean ending() {
        return life.phase() == Lifecycle.Phase.ENDING || life.phase() == Lifecycle.Phase.ENDED;
    }

    /** Runs a task on the lane, if the session has not ended by then. */
    void post(Runnable task) {
        post(task, () -> {});
    }

    /** Runs a task on the lane, or another one if the session has ended by then. */
    void post(Runnable task, Runnable tooLate) {
        lane.execute(() -> {
            if (life.phase() == Lifecycle.Phase.DIALLING || life.phase() == Lifecycle.Phase.LIVE) {
                task.run();
                flush();
            } else {
                tooLate.run();
            }
        });
    }

    Participant participant() {
        return participant;
    }

    Capabilities provider() {
        return capabilities;
    }

    Lane lane() {
        return lane;
    }

    SessionTerms terms() {
        return terms;
    }

    BufferBudget.Account room() {
        return room;
    }

    long dropUnsent(ItemKey item) {
        return clientSide.dropUnsent(item);
    }

    /** Ends the session from within a task on the lane. */
    void endNow(CloseReason why) {
        live(new Lifecycle.Input.End(why));
    }

    RealtimeSessionStats stats() {
        return meter.stats(terms.clientId(), id, provider.name(), connectedAt);
    }
}
