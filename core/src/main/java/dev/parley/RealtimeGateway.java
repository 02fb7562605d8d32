package dev.parley;

import dev.parley.access.Authenticator;
import dev.parley.access.ClientSecrets;
import dev.parley.access.Quotas;
import dev.parley.dialect.Dialect;
import dev.parley.dialect.GatewayDialect;
import dev.parley.dialect.WireForm;
import dev.parley.gateway.CallRoute;
import dev.parley.gateway.ChoicesRoute;
import dev.parley.gateway.Door;
import dev.parley.gateway.Forms;
import dev.parley.gateway.Preflight;
import dev.parley.gateway.SecretRoute;
import dev.parley.gateway.Upgrades;
import dev.parley.transport.Admission.Wrapping;
import dev.parley.transport.HttpRequest;
import dev.parley.transport.HttpResponse;
import dev.parley.transport.OriginPolicy;
import dev.parley.transport.RealtimeServer;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * The door for clients: mounts WebSockets and the REST calls that go with them on a server, and begins a session for
 * each client that may come in.
 *
 * <p>On the configured path each event goes out in an envelope, {@code {"event":"realtime","data":…,"timestamp":ms}};
 * on {@code /v1/realtime}, and on Azure's {@code /openai/v1/realtime}, the wire is OpenAI's own; on Azure's older
 * {@code /openai/realtime} and on {@code /voice-live/realtime} it is what clients of those services speak.
 */
public final class RealtimeGateway {
    /** Where the OpenAI Realtime API itself is spoken: at OpenAI's own path, and at Azure's. */
    private static final List<String> OPENAI_PATHS = List.of("/v1/realtime", "/openai/v1/realtime");
    /** Where clients of Azure's preview speak the beta. */
    private static final String AZURE_PREVIEW_PATH = "/openai/realtime";
    /** Where clients of Azure AI Voice Live connect. */
    private static final String VOICE_LIVE_PATH = "/voice-live/realtime";

    private static final Set<String> TAKEN =
            Set.of("/v1/realtime", "/openai/v1/realtime", AZURE_PREVIEW_PATH, VOICE_LIVE_PATH);

    private final RealtimeModuleOptions options;
    private final AttachOptions at;
    private final Upgrades upgrades;
    private final SecretRoute secrets;
    private final CallRoute calls;
    private final Preflight preflight;
    private final ChoicesRoute choices;

    /**
     * A gateway to a service.
     *
     * @throws RealtimeException if the path is another API's
     */
    public RealtimeGateway(RealtimeService service, RealtimeModuleOptions options) {
        this.options = options;
        this.at = new AttachOptions(options.path(), options.limits().maxMessage());
        ClientSecrets issued = new ClientSecrets(InstantSource.system());
        OriginPolicy origins = new OriginPolicy(options.allowedOrigins());
        Door door = new Door(
                origins,
                new Authenticator(options.access(), issued),
                service.providers(),
                options.defaultProvider(),
                service.meter(),
                new Quotas(options.maxSessions()));
        this.upgrades = new Upgrades(door, service::begin, options.limits(), options.agents());
        this.secrets = new SecretRoute(door, issued);
        this.calls = new CallRoute(door, service::begin, options.limits());
        this.preflight = new Preflight(origins);
        this.choices = new ChoicesRoute(door, service.providers(), options);
    }

    /**
     * Answers what a client may choose: providers, their models and voices, and whether they can be had now. JSON; a
     * client that may not come in gets the same error as at the WebSocket.
     */
    public HttpResponse choices(HttpRequest request) {
        return choices.answer(request);
    }

    /** Mounts the gateway at the module's path. */
    public void attachToServer(RealtimeServer server) {
        attachToServer(server, at);
    }

    /**
     * Mounts the gateway: the relay at its path, unless an agent has that path, and each agent at its own.
     *
     * @throws RealtimeException if an agent's path is another API's
     */
    public void attachToServer(RealtimeServer server, AttachOptions mounted) {
        Supplier<Dialect> beta = WireForm.BETA::ofClient;
        Forms enveloped = new Forms(() -> new GatewayDialect(options.mirrorTranscripts()), beta, Wrapping.ENVELOPE);
        mount(server, mounted, mounted.path(), enveloped, options.defaultSessionConfig());
        for (VoiceAgent agent : options.agents()) {
            checkPath(agent.path());
            Upgrades.Way way = new Upgrades.Way(enveloped, options.defaultSessionConfig(), Optional.of(agent));
            mount(server, mounted, agent.path(), way);
        }
        Forms plain = new Forms(WireForm.GA::ofClient, beta, Wrapping.PLAIN);
        mount(server, mounted, AZURE_PREVIEW_PATH, new Forms(beta, beta, Wrapping.PLAIN), RealtimeSessionConfig.EMPTY);
        Supplier<Dialect> voiceLive = WireForm.VOICE_LIVE::ofClient;
        mount(
                server,
                mounted,
                VOICE_LIVE_PATH,
                new Forms(voiceLive, voiceLive, Wrapping.PLAIN),
                RealtimeSessionConfig.EMPTY);
        for (String path : OPENAI_PATHS) {
            mount(server, mounted, path, plain, RealtimeSessionConfig.EMPTY);
            server.mountHttp("POST", path + "/client_secrets", secrets::answer);
            server.mountHttp("POST", path + "/calls", calls::answer);
            server.mountHttp("OPTIONS", path + "/calls", preflight::answer);
            server.mountHttp("OPTIONS", path + "/client_secrets", preflight::answer);
        }
    }

    private void mount(RealtimeServer server, AttachOptions at, String path, Forms forms, RealtimeSessionConfig base) {
        mount(server, at, path, new Upgrades.Way(forms, base, Optional.empty()));
    }

    private void mount(RealtimeServer server, AttachOptions at, String path, Upgrades.Way way) {
        server.mountWebSocket(
                new RealtimeServer.SocketRoute(
                        path,
                        at.maxPayload(),
                        options.limits().clientIdle(),
                        options.limits().farewell()),
                request -> CompletableFuture.completedFuture(upgrades.decide(request, way)));
        server.mountHttp("GET", path, request -> upgrades.explain(request, way));
        server.mountHttp("OPTIONS", path, preflight::answer);
    }

    /**
     * Where and how a gateway is mounted.
     *
     * @param path where clients connect with the envelope
     * @param maxPayload the longest message taken from a client, in bytes
     */
    public record AttachOptions(String path, int maxPayload) {
        public AttachOptions {
            checkPath(path);
        }
    }

    private static void checkPath(String path) {
        if (TAKEN.contains(path)) {
            throw new RealtimeException.InvalidConfig(
                    "the path '" + path + "' is another API's; choose another for clients that expect the envelope");
        }
    }
}
