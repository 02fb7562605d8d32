package dev.parley.gateway;

import dev.parley.RealtimeSessionConfig;
import dev.parley.access.ClientSecrets;
import dev.parley.access.Grant;
import dev.parley.event.session.ClientSecretRequest;
import dev.parley.protocol.ErrorDetail;
import dev.parley.protocol.Json;
import dev.parley.provider.RealtimeProvider;
import dev.parley.transport.HttpRequest;
import dev.parley.transport.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.ObjectNode;

/**
 * Issues client secrets: for a browser or an app that is to connect without the key of the server behind it. OpenAI
 * Realtime: {@code POST /v1/realtime/client_secrets}.
 */
public final class SecretRoute {
    private static final int DEFAULT_SECONDS = 600;

    private final Door door;
    private final ClientSecrets secrets;

    /** For clients at a door, out of this store. */
    public SecretRoute(Door door, ClientSecrets secrets) {
        this.door = door;
        this.secrets = secrets;
    }

    /** Answers one request. */
    public HttpResponse answer(HttpRequest request) {
        try {
            return door.open(issue(request), request);
        } catch (Refusal refusal) {
            return door.refused(refusal, request);
        }
    }

    private HttpResponse issue(HttpRequest request) {
        Grant grant = door.admit(request);
        if (grant.bySecret()) {
            throw new Refusal(
                    401,
                    ErrorDetail.invalid(
                            "invalid_api_key", "Client secrets are issued for a key, not for a client secret.", null));
        }
        ObjectNode body = Bodies.object(request);
        ClientSecretRequest.check(body).ifPresent(fault -> {
            throw new Refusal(400, fault);
        });
        ObjectNode session = body.path("session") instanceof ObjectNode given ? given : Json.object();
        if (grant.key().isEmpty()) {
            // Without a key the one who asks is a client like any other.
            grant.profile()
                    .policy()
                    .fault(session)
                    .filter(fault -> !session.isEmpty())
                    .ifPresent(fault -> {
                        throw new Refusal(403, fault);
                    });
        }
        RealtimeSessionConfig config =
                RealtimeSessionConfig.builder().session(session).build();
        Target target = door.target(
                Map.of(), new Grant(grant.key(), grant.profile(), config, false), RealtimeSessionConfig.EMPTY);
        RealtimeProvider provider = door.provider(target);
        Duration lifetime =
                Duration.ofSeconds(body.path("expires_after").path("seconds").asInt(DEFAULT_SECONDS));
        ClientSecrets.Issued issued = secrets.issue(grant.key(), config, lifetime)
                .orElseThrow(() -> new Refusal(
                        429,
                        new ErrorDetail(
                                "rate_limit_error",
                                "too_many_client_secrets",
                                "Too many client secrets are out; ask for ones that expire sooner.",
                                null)));
        ObjectNode answer = Json.object().put("value", issued.value()).put("expires_at", issued.expiresAt());
        answer.set("session", EffectiveSession.of(target.session(), provider, RandomGenerator.getDefault()));
        return HttpResponse.json(200, answer);
    }
}
