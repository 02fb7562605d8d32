package dev.parley;

import dev.parley.protocol.Ids;
import dev.parley.session.LiveSession;
import dev.parley.transport.Admission;
import dev.parley.transport.Dialect;
import dev.parley.transport.GatewayDialect;
import dev.parley.transport.OriginPolicy;
import dev.parley.transport.PlainDialect;
import dev.parley.transport.RealtimeServer;
import dev.parley.transport.UpgradeRequest;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * The door for clients: mounts WebSockets on a server and begins a session for each client that may come in.
 *
 * <p>On the configured path each event goes out in an envelope, {@code {"event":"realtime","data":…,"timestamp":ms}};
 * on {@code /v1/realtime} the wire is OpenAI's own.
 */
public final class RealtimeGateway {
    /** Where the OpenAI Realtime API itself is spoken. */
    private static final String OPENAI_PATH = "/v1/realtime";
    /** 21 MiB: 15 MiB of audio in base64. */
    private static final int MAX_PAYLOAD = 21 << 20;

    private final RealtimeService service;
    private final RealtimeModuleOptions options;
    private final OriginPolicy origins;

    /** A gateway to a service. */
    public RealtimeGateway(RealtimeService service, RealtimeModuleOptions options) {
        this.service = service;
        this.options = options;
        this.origins = new OriginPolicy(options.allowedOrigins());
    }

    /** Mounts the gateway at the module's path. */
    public void attachToServer(RealtimeServer server) {
        attachToServer(server, new AttachOptions(options.path(), MAX_PAYLOAD));
    }

    /** Mounts the gateway. */
    public void attachToServer(RealtimeServer server, AttachOptions at) {
        server.mountWebSocket(
                new RealtimeServer.SocketRoute(
                        at.path(), at.maxPayload(), options.limits().clientIdle()),
                request -> admit(
                        request,
                        () -> new GatewayDialect(options.mirrorTranscripts()),
                        Admission.Wrapping.ENVELOPE,
                        options.defaultSessionConfig()));
        server.mountWebSocket(
                new RealtimeServer.SocketRoute(
                        OPENAI_PATH, at.maxPayload(), options.limits().clientIdle()),
                request -> admit(request, PlainDialect::new, Admission.Wrapping.PLAIN, RealtimeSessionConfig.EMPTY));
    }

    private CompletionStage<Admission> admit(
            UpgradeRequest request,
            Supplier<Dialect> dialect,
            Admission.Wrapping wrapping,
            RealtimeSessionConfig config) {
        return CompletableFuture.completedFuture(decide(request, dialect, wrapping, config));
    }

    private Admission decide(
            UpgradeRequest request,
            Supplier<Dialect> dialect,
            Admission.Wrapping wrapping,
            RealtimeSessionConfig config) {
        if (!origins.allows(request)) {
            return new Admission.Refused(
                    403,
                    "This page may not connect: its Origin is neither the server's own nor on the list of allowed"
                            + " origins.");
        }
        for (String parameter : new String[] {"call_id", "intent"}) {
            if (request.query().containsKey(parameter)) {
                return new Admission.Refused(
                        400, "The parameter '" + parameter + "' is not supported; connect with 'model'.");
            }
        }
        String model = request.query().getOrDefault("model", "").strip();
        RealtimeSessionConfig session =
                model.isEmpty() ? config : config.toBuilder().model(model).build();
        Optional<String> subprotocol =
                request.subprotocols().contains("realtime") ? Optional.of("realtime") : Optional.empty();
        return new Admission.Admitted(subprotocol, dialect.get(), wrapping, (leg, lane) -> {
            LiveSession live = service.begin(Ids.next("client", lane.random()), leg, Optional.empty(), session, lane);
            return live.clientLink();
        });
    }

    /**
     * Where and how a gateway is mounted.
     *
     * @param path where clients connect with the envelope
     * @param maxPayload the longest message taken from a client, in bytes
     */
    public record AttachOptions(String path, int maxPayload) {}
}
