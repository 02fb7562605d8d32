package dev.parley.gateway;

import dev.parley.RealtimeSessionConfig;
import dev.parley.access.Grant;
import dev.parley.access.Quotas;
import dev.parley.lane.Lane;
import dev.parley.leg.Leg;
import dev.parley.leg.LegListener;
import dev.parley.protocol.Ids;
import dev.parley.session.SessionLimits;
import dev.parley.session.SessionTerms;
import dev.parley.transport.Admission;
import dev.parley.transport.UpgradeRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Decides on clients that want to open a WebSocket. Never blocks. */
public final class Upgrades {
    private static final String SUBPROTOCOL = "realtime";
    private static final String BETA_SUBPROTOCOL = "openai-beta.realtime-v1";

    private final Door door;
    private final Sessions sessions;
    private final SessionLimits limits;

    /**
     * For clients at a door.
     *
     * @param limits what a session may take whose profile sets nothing of its own
     */
    public Upgrades(Door door, Sessions sessions, SessionLimits limits) {
        this.door = door;
        this.sessions = sessions;
        this.limits = limits;
    }

    /**
     * Decides on one client.
     *
     * @param base what sessions start with at this path
     */
    public Admission decide(UpgradeRequest request, Forms forms, RealtimeSessionConfig base) {
        try {
            Grant grant = door.admit(request);
            Target target = door.target(query(request), grant, base);
            Quotas.Seat seat = door.seat(grant);
            Optional<String> subprotocol =
                    request.subprotocols().contains(SUBPROTOCOL) ? Optional.of(SUBPROTOCOL) : Optional.empty();
            return new Admission.Admitted(
                    subprotocol,
                    beta(request) ? forms.beta().get() : forms.usual().get(),
                    forms.wrapping(),
                    new Beginning(grant, target, seat));
        } catch (Refusal refusal) {
            door.count(refusal);
            return new Admission.Refused(refusal.status(), refusal.error());
        }
    }

    /** Azure's older path names the model {@code deployment}. */
    private static Map<String, String> query(UpgradeRequest request) {
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

        private Beginning(Grant grant, Target target, Quotas.Seat seat) {
            this.grant = grant;
            this.target = target;
            this.seat = seat;
        }

        @Override
        public LegListener begin(Leg client, Lane lane) {
            SessionTerms terms = new SessionTerms(
                    Ids.next("client", lane.random()),
                    target.session(),
                    target.start(),
                    grant.profile().policy().offering(door.models(grant, target)),
                    grant.profile().longest().map(limits::lasting).orElse(limits));
            return sessions.begin(terms, target.provider(), client, lane, why -> seat.free())
                    .clientLink();
        }

        @Override
        public void abandoned() {
            seat.free();
        }
    }
}
