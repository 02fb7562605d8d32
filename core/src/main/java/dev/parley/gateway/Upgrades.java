package dev.parley.gateway;

import dev.parley.RealtimeSessionConfig;
import dev.parley.VoiceAgent;
import dev.parley.access.Grant;
import dev.parley.access.Quotas;
import dev.parley.agent.AgentSession;
import dev.parley.agent.Relay;
import dev.parley.dialect.BinaryAudio;
import dev.parley.dialect.Dialect;
import dev.parley.lane.Lane;
import dev.parley.leg.Leg;
import dev.parley.leg.LegListener;
import dev.parley.protocol.ErrorDetail;
import dev.parley.protocol.Ids;
import dev.parley.session.SessionLimits;
import dev.parley.session.SessionTerms;
import dev.parley.transport.Admission;
import dev.parley.transport.ClientRequest;
import dev.parley.transport.HttpRequest;
import dev.parley.transport.HttpResponse;
import dev.parley.transport.UpgradeRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Decides on clients that want to open a WebSocket. Never blocks. */
public final class Upgrades {
    /** Those of which one may be chosen: the first of these that the client offers. */
    private static final List<String> SUBPROTOCOLS = List.of(BinaryAudio.SUBPROTOCOL, "realtime");

    private static final String BETA_SUBPROTOCOL = "openai-beta.realtime-v1";

    private final Door door;
    private final Sessions sessions;
    private final SessionLimits limits;
    private final Map<String, VoiceAgent> agents;

    /**
     * For clients at a door.
     *
     * @param limits what a session may take whose profile sets nothing of its own
     * @param agents whom clients may ask for as the model
     */
    public Upgrades(Door door, Sessions sessions, SessionLimits limits, List<VoiceAgent> agents) {
        this.door = door;
        this.sessions = sessions;
        this.limits = limits;
        this.agents = agents.stream().collect(Collectors.toMap(VoiceAgent::name, Function.identity()));
    }

    /**
     * What is at a path.
     *
     * @param forms how events are written
     * @param base what sessions start with
     * @param agent who is talked to; empty: the model itself, or the agent that the client asks for as the model
     */
    public record Way(Forms forms, RealtimeSessionConfig base, Optional<VoiceAgent> agent) {}

    /** Decides on one client. */
    public Admission decide(UpgradeRequest request, Way way) {
        Forms forms = way.forms();
        try {
            Grant grant = door.admit(request);
            Wish wish = wish(request, grant, way);
            Quotas.Seat seat = door.seat(grant);
            Dialect texts = beta(request) ? forms.beta().get() : forms.usual().get();
            Optional<String> subprotocol = SUBPROTOCOLS.stream()
                    .filter(request.subprotocols()::contains)
                    .findFirst();
            boolean binary = subprotocol.equals(Optional.of(BinaryAudio.SUBPROTOCOL));
            return new Admission.Admitted(
                    subprotocol,
                    binary ? new BinaryAudio(texts) : texts,
                    forms.wrapping(),
                    new Beginning(grant, wish.target(), seat, wish.agent(), door.caller(grant, request)));
        } catch (Refusal refusal) {
            door.count(refusal);
            return new Admission.Refused(refusal.status(), refusal.error());
        }
    }

    /**
     * Answers a plain request for a WebSocket's address: why a client like this one would be refused, if it would. A page
     * cannot see what an upgrade was answered with, and asks here.
     */
    public HttpResponse explain(HttpRequest request, Way way) {
        HttpResponse answer = HttpResponse.upgradeRequired(request.path());
        try {
            Grant grant = door.admit(request);
            wish(request, grant, way);
            door.seat(grant).free();
        } catch (Refusal refusal) {
            answer = HttpResponse.error(refusal.status(), refusal.error());
        }
        return door.open(answer, request);
    }

    /** Whom a client wants to talk to, and as what; throws {@link Refusal} if that is not there for it. */
    private Wish wish(ClientRequest request, Grant grant, Way way) {
        Map<String, String> query = query(request);
        Optional<VoiceAgent> agent = way.agent();
        if (agent.isEmpty()) {
            agent = Optional.ofNullable(agents.get(query.getOrDefault("model", "")));
            agent.ifPresent(asked -> query.remove("model"));
        }
        agent.ifPresent(talking -> keepToAgent(query, talking));
        return new Wish(agent, door.target(query, grant, way.base()));
    }

    private record Wish(Optional<VoiceAgent> agent, Target target) {}

    /**
     * Leaves of a query what a client of an agent may ask for: neither another provider, nor a session that is not the
     * agent's, as one that joins a call or only transcribes would be.
     */
    private static void keepToAgent(Map<String, String> query, VoiceAgent agent) {
        for (String other : List.of("call_id", "intent")) {
            if (query.containsKey(other)) {
                throw new Refusal(
                        400,
                        ErrorDetail.invalid(
                                "invalid_value",
                                "A session with an agent neither joins a call nor only transcribes; leave out '" + other
                                        + "', or connect to the model itself.",
                                other));
            }
        }
        query.remove("provider");
        agent.provider().ifPresent(provider -> query.put("provider", provider));
        if (query.getOrDefault("model", "").contains("/")) {
            query.remove("model");
        }
    }

    /** Azure's older path names the model {@code deployment}. */
    private static Map<String, String> query(ClientRequest request) {
        Map<String, String> query = new HashMap<>(request.query());
        String deployment = query.remove("deployment");
        if (deployment != null) {
            query.putIfAbsent("model", deployment);
        }
        return query;
    }

    private static boolean beta(UpgradeRequest request) {
        return request.header("openai-beta").orElse("").contains("realtime=v1")
                || request.subprotocols().contains(BETA_SUBPROTOCOL);
    }

    private final class Beginning implements Admission.ClientSession {
        private final Grant grant;
        private final Target target;
        private final Quotas.Seat seat;
        private final Optional<VoiceAgent> agent;
        private final SessionTerms.Caller caller;

        private Beginning(
                Grant grant, Target target, Quotas.Seat seat, Optional<VoiceAgent> agent, SessionTerms.Caller caller) {
            this.grant = grant;
            this.target = target;
            this.seat = seat;
            this.agent = agent;
            this.caller = caller;
        }

        @Override
        public LegListener begin(Leg client, Lane lane) {
            SessionTerms terms = new SessionTerms(
                    Ids.next("client", lane.random()),
                    agent.map(talking -> talking.sessionConfig(target.session()))
                            .orElseGet(target::session),
                    target.start(),
                    grant.profile().policy().offering(door.models(grant, target)),
                    grant.profile().longest().map(limits::lasting).orElse(limits),
                    caller,
                    agent.map(AgentSession::of).orElse(Relay::new));
            return sessions.begin(terms, target.provider(), client, lane, why -> seat.free())
                    .clientLink();
        }

        @Override
        public void abandoned() {
            seat.free();
        }
    }
}
