package dev.parley.gateway;

import dev.parley.RealtimeSessionConfig;
import dev.parley.access.Grant;
import dev.parley.access.Quotas;
import dev.parley.agent.Relay;
import dev.parley.event.session.Session;
import dev.parley.lane.Lane;
import dev.parley.lane.SerialLane;
import dev.parley.leg.CallLeg;
import dev.parley.leg.CloseReason;
import dev.parley.leg.Failure;
import dev.parley.protocol.Bytes;
import dev.parley.protocol.ErrorDetail;
import dev.parley.provider.Calls;
import dev.parley.provider.RealtimeProvider;
import dev.parley.provider.Start;
import dev.parley.session.ClientPolicy;
import dev.parley.session.LiveSession;
import dev.parley.session.SessionLimits;
import dev.parley.session.SessionTerms;
import dev.parley.transport.HttpRequest;
import dev.parley.transport.HttpResponse;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Places calls whose media goes from the client straight to the provider (WebRTC), and joins each with a session of the
 * gateway's own, so that it is counted and controlled like any other. OpenAI Realtime: {@code POST /v1/realtime/calls}.
 */
public final class CallRoute {
    private static final Logger LOG = LoggerFactory.getLogger(CallRoute.class);

    private final Door door;
    private final Sessions sessions;
    private final SessionLimits limits;

    /**
     * For clients at a door.
     *
     * @param limits what a session may take whose profile sets nothing of its own
     */
    public CallRoute(Door door, Sessions sessions, SessionLimits limits) {
        this.door = door;
        this.sessions = sessions;
        this.limits = limits;
    }

    /** Answers one request; blocks until the provider has answered. */
    public HttpResponse answer(HttpRequest request) {
        try {
            return door.open(place(request), request);
        } catch (Refusal refusal) {
            return door.refused(refusal, request);
        }
    }

    private HttpResponse place(HttpRequest request) {
        Grant grant = door.admit(request);
        Offer offer = Offer.of(request);
        if (offer.hasDataChannel() && !grant.profile().policy().open()) {
            throw new Refusal(
                    403,
                    ErrorDetail.invalid(
                            "not_allowed",
                            "Events on a call's data channel go straight to the provider, so that the client's profile"
                                    + " could not hold there. Leave the data channel out of the offer, or connect by"
                                    + " WebSocket.",
                            "sdp"));
        }
        Target asked = door.target(request.query(), grant, RealtimeSessionConfig.EMPTY);
        Target target = offer.session()
                .map(session ->
                        door.configured(asked, allowed(session, grant.profile().policy()), grant))
                .orElse(asked);
        RealtimeSessionConfig config = target.session();
        RealtimeProvider provider = door.provider(target);
        Calls calls = provider.calls()
                .orElseThrow(() -> new Refusal(
                        400,
                        ErrorDetail.invalid(
                                "unsupported_by_provider",
                                "The provider '" + provider.name() + "' takes no WebRTC offers; connect by WebSocket.",
                                null)));
        Quotas.Seat seat = door.seat(grant);
        Calls.Answer answer;
        try {
            answer = calls.place(offer.sdp(), config).join();
        } catch (RuntimeException e) {
            // Also of a switchboard that breaks its word and throws.
            answer = new Calls.Answer.Refused(502, ErrorDetail.server("provider_unreachable", "The provider failed."));
        }
        return switch (answer) {
            case Calls.Answer.Refused refused -> {
                seat.free();
                throw new Refusal(refused.status(), refused.error());
            }
            case Calls.Answer.Placed placed -> {
                join(placed.callId(), config, grant, provider, calls, seat, door.caller(grant, request));
                yield new HttpResponse(
                        201,
                        Map.of("content-type", "application/sdp", "location", "/v1/realtime/calls/" + placed.callId()),
                        Bytes.utf8(placed.sdp()));
            }
        };
    }

    private static ObjectNode allowed(ObjectNode session, ClientPolicy policy) {
        Session.check(session, "session").ifPresent(fault -> {
            throw new Refusal(400, fault);
        });
        policy.fault(session).ifPresent(fault -> {
            throw new Refusal(403, fault);
        });
        return session;
    }

    /** Begins the session beside the call. */
    private void join(
            String callId,
            RealtimeSessionConfig config,
            Grant grant,
            RealtimeProvider provider,
            Calls calls,
            Quotas.Seat seat,
            SessionTerms.Caller caller) {
        door.calls().add(callId, grant, provider.name());
        SessionTerms terms = new SessionTerms(
                callId,
                config,
                new Start.Join(callId),
                ClientPolicy.ALL,
                grant.profile().longest().map(limits::lasting).orElse(limits),
                caller,
                Relay::new);
        Consumer<CloseReason> ended = why -> {
            seat.free();
            door.calls().remove(callId);
            // Where only the connection beside the call is lost, the call itself goes on, uncounted and without an end.
            if (why.failure() != Failure.PROVIDER_CLOSED) {
                calls.hangUp(callId);
            }
        };
        Lane lane = new SerialLane();
        lane.execute(() -> {
            CallLeg leg = new CallLeg(lane);
            try {
                LiveSession session = sessions.begin(terms, provider.name(), leg, lane, ended);
                leg.link(session.clientLink());
            } catch (RuntimeException e) {
                LOG.error(
                        "The session of a call could not begin: {}",
                        e.getClass().getName());
                ended.accept(CloseReason.of(Failure.INTERNAL, "the session could not begin"));
            }
        });
    }
}
