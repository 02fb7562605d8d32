package dev.parley;

import dev.parley.agent.AgentSession;
import dev.parley.agent.Relay;
import dev.parley.gateway.Sessions;
import dev.parley.lane.Lane;
import dev.parley.lane.Mailbox;
import dev.parley.lane.SerialLane;
import dev.parley.leg.AdapterLeg;
import dev.parley.leg.BufferBudget;
import dev.parley.leg.CloseReason;
import dev.parley.leg.Failure;
import dev.parley.leg.Leg;
import dev.parley.provider.Providers;
import dev.parley.provider.RealtimeProvider;
import dev.parley.session.GatewayMeter;
import dev.parley.session.LiveSession;
import dev.parley.session.Participant;
import dev.parley.session.SessionLimits;
import dev.parley.session.SessionListener;
import dev.parley.session.SessionTerms;
import dev.parley.watch.Watch;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The live sessions of this process. Safe for use by all threads; futures complete off the lanes. */
public final class RealtimeService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RealtimeService.class);
    private static final CloseReason STOPPING = CloseReason.of(Failure.STOPPING, "the gateway is stopping");

    private final Map<String, LiveSession> sessions = new ConcurrentHashMap<>();
    /** The clients of the application's own transports from the first call on, and whether they are still wanted. */
    private final Map<String, AtomicBoolean> wanted = new ConcurrentHashMap<>();

    private final Providers providers;
    private final RealtimeSessionConfig defaultConfig;
    private final String defaultProvider;
    private final SessionLimits limits;
    private final GatewayMeter meter;
    /** Held by whoever begins to watch. */
    private final ReentrantLock lock = new ReentrantLock();

    private volatile boolean stopping;
    private volatile @Nullable Watch watch;

    RealtimeService(Providers providers, RealtimeModuleOptions options) {
        this.providers = providers;
        this.defaultConfig = options.defaultSessionConfig();
        this.defaultProvider = options.defaultProvider();
        this.limits = options.limits();
        this.meter = new GatewayMeter(new BufferBudget(options.buffers()));
    }

    /**
     * Begins a session with OpenAI for a client of the application's own transport.
     *
     * @param overrides what this session has different from the module's default configuration
     * @return completes when the provider is connected; fails with a {@link RealtimeException} if it cannot be
     */
    public CompletableFuture<OpenAIRealtimeSession> createOpenAISession(
            RealtimeClientAdapter client, RealtimeSessionConfig overrides) {
        return begin(client, "openai", defaultConfig.with(overrides), Relay::new)
                .thenApply(LiveSession::handle);
    }

    /** As {@link #createOpenAISession}, with any provider. */
    public CompletableFuture<RealtimeSession> createSession(
            RealtimeClientAdapter client, String provider, RealtimeSessionConfig overrides) {
        return begin(client, provider, defaultConfig.with(overrides), Relay::new)
                .thenApply(LiveSession::handle);
    }

    /** As {@link #createOpenAISession}, with a voice agent and its provider. */
    public CompletableFuture<RealtimeSession> createSession(RealtimeClientAdapter client, VoiceAgent agent) {
        return begin(
                        client,
                        agent.provider().orElse(defaultProvider),
                        agent.sessionConfig(defaultConfig),
                        AgentSession.of(agent))
                .thenApply(LiveSession::handle);
    }

    private CompletableFuture<LiveSession> begin(
            RealtimeClientAdapter client,
            String providerName,
            RealtimeSessionConfig config,
            Participant.Factory participant) {
        CompletableFuture<LiveSession> connected = new CompletableFuture<>();
        String clientId = client.id();
        RealtimeProvider provider;
        try {
            provider = providers.named(providerName);
        } catch (RealtimeException e) {
            return CompletableFuture.failedFuture(e);
        }
        if (stopping) {
            return CompletableFuture.failedFuture(
                    new RealtimeException.ConnectionFailed("the gateway is stopping; no session begins any more"));
        }
        AtomicBoolean still = new AtomicBoolean(true);
        if (wanted.putIfAbsent(clientId, still) != null) {
            return CompletableFuture.failedFuture(new RealtimeException.ConnectionFailed(
                    "the client '" + clientId + "' has a session already; remove it first, or give another id"));
        }
        Lane lane = new SerialLane();
        lane.execute(() -> {
            try {
                AdapterLeg leg = new AdapterLeg(client, lane);
                LiveSession session = LiveSession.begin(
                        observed(SessionTerms.of(clientId, config, limits, participant)),
                        leg,
                        provider,
                        lane,
                        meter,
                        new Completing(connected));
                leg.link(session.clientLink());
                keep(session);
                if (!still.get()) {
                    session.handle().disconnect();
                }
            } catch (RuntimeException e) {
                wanted.remove(clientId);
                connected.completeExceptionally(new RealtimeException.ConnectionFailed(
                        "the session could not begin: " + e.getClass().getName()));
            }
        });
        return connected;
    }

    private SessionTerms observed(SessionTerms terms) {
        Watch now = watch;
        return now == null ? terms : now.observed(terms);
    }

    private void keep(LiveSession session) {
        sessions.put(session.clientId(), session);
        // Only now, so that either this or stop() sees the other.
        if (stopping) {
            session.end(STOPPING);
        }
    }

    /** Begins a session for a client that a server has connected. Called on the lane; see {@link Sessions}. */
    LiveSession begin(SessionTerms terms, String providerName, Leg client, Lane lane, Consumer<CloseReason> ended) {
        RealtimeProvider provider;
        try {
            provider = providers.named(providerName);
        } catch (RealtimeException e) {
            provider = new UnavailableProvider(providerName, String.valueOf(e.getMessage()));
        }
        LiveSession session = LiveSession.begin(observed(terms), client, provider, lane, meter, new Telling(ended));
        keep(session);
        return session;
    }

    Providers providers() {
        return providers;
    }

    /** The session of a client. */
    public Optional<RealtimeSession> getSession(String clientId) {
        return Optional.ofNullable(sessions.get(clientId)).map(LiveSession::handle);
    }

    /** Ends the session of a client, if there is one, or if one is about to begin. */
    public void removeSession(String clientId) {
        AtomicBoolean still = wanted.get(clientId);
        if (still != null) {
            still.set(false);
        }
        getSession(clientId).ifPresent(RealtimeSession::disconnect);
    }

    /** What each session has carried so far, in no particular order. */
    public List<RealtimeSessionStats> getStats() {
        return sessions.values().stream()
                .map(session -> session.handle().stats())
                .toList();
    }

    /** How many sessions there are, those counted that are being connected or closed. */
    public int getSessionCount() {
        return sessions.size();
    }

    /** What all sessions have done so far. */
    public RealtimeMetrics metrics() {
        return meter.read();
    }

    /**
     * Has sessions watched that begin from now on, until the service is closed: what was said in them is kept in memory, the
     * last of it, while they last. Called again it answers the same watch.
     */
    public Watch watch() {
        lock.lock();
        try {
            Watch now = watch;
            if (now == null) {
                now = new Watch(meter);
                watch = now;
            }
            return now;
        } finally {
            lock.unlock();
        }
    }

    /** The provider of sessions that name none. */
    public String defaultProvider() {
        return defaultProvider;
    }

    GatewayMeter meter() {
        return meter;
    }

    /** Bytes that wait in all sessions because somebody is slow. */
    public long bufferedBytes() {
        return meter.budget().used();
    }

    /** Ends every session: clients are told {@code gateway_stopping} and closed with 1012, later ones too. Returns at once. */
    public void stop() {
        stopping = true;
        sessions.values().forEach(session -> session.end(STOPPING));
    }

    /** Ends every session and frees the providers. */
    @Override
    public void close() {
        stop();
        providers.close();
    }

    private class Forgetting implements SessionListener {
        @Override
        public void began(LiveSession session) {
            LOG.debug(
                    "session {} began with provider {}",
                    session.id(),
                    session.handle().provider());
        }

        @Override
        public void ended(LiveSession session, CloseReason why) {
            sessions.remove(session.clientId(), session);
            LOG.debug("session {} ended: {} {}", session.id(), why.failure(), why.code());
        }
    }

    private final class Telling extends Forgetting {
        private final Consumer<CloseReason> told;

        private Telling(Consumer<CloseReason> told) {
            this.told = told;
        }

        @Override
        public void ended(LiveSession session, CloseReason why) {
            // First, so that no session is left only once a call's end is on its way.
            try {
                told.accept(why);
            } finally {
                super.ended(session, why);
            }
        }
    }

    private final class Completing extends Forgetting {
        private final CompletableFuture<LiveSession> connected;

        private Completing(CompletableFuture<LiveSession> connected) {
            this.connected = connected;
        }

        @Override
        public void began(LiveSession session) {
            super.began(session);
            connected.completeAsync(() -> session, Mailbox.threads());
        }

        @Override
        public void ended(LiveSession session, CloseReason why) {
            wanted.remove(session.clientId());
            super.ended(session, why);
            Mailbox.threads()
                    .execute(() -> connected.completeExceptionally(new RealtimeException.ConnectionFailed(
                            "the session ended before it began: " + why.text())));
        }
    }
}
