package dev.parley.gateway;

import dev.parley.RealtimeException;
import dev.parley.RealtimeSessionConfig;
import dev.parley.access.Authenticator;
import dev.parley.access.ClientKey;
import dev.parley.access.Credential;
import dev.parley.access.Grant;
import dev.parley.access.Quotas;
import dev.parley.protocol.ErrorDetail;
import dev.parley.provider.Providers;
import dev.parley.provider.RealtimeProvider;
import dev.parley.session.GatewayMeter;
import dev.parley.session.SessionTerms;
import dev.parley.transport.ClientRequest;
import dev.parley.transport.HttpRequest;
import dev.parley.transport.HttpResponse;
import dev.parley.transport.OriginPolicy;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Whom the gateway lets in, and to what. Safe for use by all threads; never blocks. */
public final class Door {
    private final OriginPolicy origins;
    private final Authenticator authenticator;
    private final Providers providers;
    private final String defaultProvider;
    private final GatewayMeter meter;
    private final Quotas quotas;
    private final CallRegister calls = new CallRegister();

    /**
     * A door.
     *
     * @param defaultProvider of sessions that name none
     * @param meter counts who is not let in
     * @param quotas how many may come in
     */
    public Door(
            OriginPolicy origins,
            Authenticator authenticator,
            Providers providers,
            String defaultProvider,
            GatewayMeter meter,
            Quotas quotas) {
        this.origins = origins;
        this.authenticator = authenticator;
        this.providers = providers;
        this.defaultProvider = defaultProvider;
        this.meter = meter;
        this.quotas = quotas;
    }

    /** What a client is granted; throws {@link Refusal} if it may not come in. */
    Grant admit(ClientRequest request) {
        if (!origins.allows(request)) {
            throw new Refusal(
                    403,
                    ErrorDetail.invalid(
                            "origin_not_allowed",
                            "This page may not connect: its Origin is neither the server's own nor on the list of"
                                    + " allowed origins.",
                            null));
        }
        return switch (authenticator.authenticate(
                Credential.of(request.headers(), request.subprotocols()),
                request.loopback(),
                request.principal().isPresent())) {
            case Authenticator.Admitted admitted -> admitted.grant();
            case Authenticator.Refused refused -> throw new Refusal(401, refused.error());
        };
    }

    /** Who a client is that has been let in. */
    SessionTerms.Caller caller(Grant grant, ClientRequest request) {
        return new SessionTerms.Caller(
                grant.key().map(ClientKey::name), request.principal(), Optional.of(request.remote()));
    }

    /** What a client wants to talk to; throws {@link Refusal} if that is not there, or not for this client. */
    Target target(Map<String, String> query, Grant grant, RealtimeSessionConfig base) {
        return Target.of(query, grant, base, providers, defaultProvider, calls);
    }

    /** A target with what a client's own session sets; throws {@link Refusal} if that names a model that is not for it. */
    Target configured(Target target, ObjectNode session, Grant grant) {
        return target.with(session, grant, providers);
    }

    /** The models to which a client may set a session of a target; empty: any. */
    Optional<Set<String>> models(Grant grant, Target target) {
        Set<String> offered = providers.models(target.provider());
        Set<String> granted = grant.profile().models();
        if (offered.isEmpty() && granted.isEmpty()) {
            return Optional.empty();
        }
        Set<String> models = new HashSet<>(offered.isEmpty() ? granted : offered);
        models.removeIf(model -> !granted.isEmpty() && !granted.contains(model));
        return Optional.of(models);
    }

    /** A place for one session more; throws {@link Refusal} if there is none. */
    Quotas.Seat seat(Grant grant) {
        return quotas.take(grant).orElseThrow(() -> quotas.full() ? gatewayFull() : keyFull());
    }

    private static Refusal gatewayFull() {
        return new Refusal(
                503,
                ErrorDetail.server(
                        "gateway_full", "The gateway has as many sessions as it may have at once; try again later."));
    }

    private static Refusal keyFull() {
        return new Refusal(
                429,
                new ErrorDetail(
                        "rate_limit_error",
                        "session_quota_exceeded",
                        "The key has as many sessions as it may have at once; end one, or try again later.",
                        null));
    }

    /** The provider of a target; throws {@link Refusal} if it lacks a setting. */
    RealtimeProvider provider(Target target) {
        try {
            return providers.named(target.provider());
        } catch (RealtimeException e) {
            throw new Refusal(503, ErrorDetail.server("provider_refused", String.valueOf(e.getMessage())));
        }
    }

    /** The answer to a request that was refused. */
    HttpResponse refused(Refusal refusal, HttpRequest request) {
        count(refusal);
        return open(HttpResponse.error(refusal.status(), refusal.error()), request);
    }

    /** Counts a request that was refused. */
    void count(Refusal refusal) {
        meter.refused(refusal.error().code());
    }

    /** A response as the page that asked may read it, if it is an allowed one (CORS). */
    HttpResponse open(HttpResponse response, HttpRequest request) {
        return origins.allows(request) ? CrossOrigin.open(response, request) : response;
    }

    CallRegister calls() {
        return calls;
    }
}
