package dev.parley.console.admin;

import dev.parley.RealtimeMetrics;
import dev.parley.RealtimeService;
import dev.parley.protocol.ErrorDetail;
import dev.parley.protocol.Json;
import dev.parley.transport.HttpHost;
import dev.parley.transport.HttpRequest;
import dev.parley.transport.HttpResponse;
import dev.parley.watch.Watch;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The admin API of a gateway: what its sessions do and have done, as JSON and server-sent events, and the means to step in.
 * Without a key it answers this machine alone; see {@code docs/admin.md}.
 *
 * <p>From when it is made, sessions that begin are watched, and once a second what they do is added up: that is kept for
 * an hour, and what is said in a session as long as it lasts, in memory alone. Safe for use by all threads; closing it ends
 * the adding up and its streams.
 */
public final class AdminApi implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AdminApi.class);

    private final RealtimeService service;
    private final String version;
    private final AdminKey key;
    private final History history;
    private final SessionList sessions;
    private final SessionRoutes routes;
    private final Streams streams;
    private final long startedAt = System.currentTimeMillis();
    private final long startedNanos = System.nanoTime();

    /**
     * The admin API of a gateway.
     *
     * @param key what whoever asks has to show, {@code Authorization: Bearer KEY}; empty: only this machine is answered. Its
     *     SHA-256 alone is kept
     * @param version which Parley this is, as the API tells it
     */
    public AdminApi(RealtimeService service, Optional<String> key, String version) {
        this.service = service;
        this.version = version;
        this.key = new AdminKey(key);
        Watch watch = service.watch();
        Rates rates = new Rates();
        this.sessions = new SessionList(watch, rates);
        this.history = new History(service, watch, rates);
        this.streams = new Streams(history, sessions);
        this.routes = new SessionRoutes(watch, sessions, streams);
        history.start();
    }

    /** Mounts the API. On a module, to be called before it listens. */
    public void mount(HttpHost host) {
        mount(host, "GET", "/admin/overview", request -> Answers.json(200, overview()));
        mount(host, "GET", "/admin/history", request -> Answers.json(200, history.json()));
        mount(host, "GET", "/admin/sessions", request -> Answers.json(200, sessions.json()));
        mount(host, "GET", "/admin/live", request -> streams.all());
        for (String method : List.of("GET", "POST", "DELETE")) {
            mount(host, method, "/admin/sessions/*", routes::answer);
        }
    }

    private void mount(HttpHost host, String method, String path, Function<HttpRequest, HttpResponse> answer) {
        host.mountHttp(method, path, request -> {
            try {
                key.check(request);
                return answer.apply(request);
            } catch (Refusal refusal) {
                return Answers.guarded(HttpResponse.error(refusal.status(), refusal.error()));
            } catch (RuntimeException e) {
                LOG.error("{} {} failed with {}", method, path, e.getClass().getName());
                return Answers.guarded(
                        HttpResponse.error(500, ErrorDetail.server("internal_error", "The gateway failed to answer.")));
            }
        });
    }

    private ObjectNode overview() {
        RealtimeMetrics now = service.metrics();
        ObjectNode json = Json.object()
                .put("version", version)
                .put("started_at", startedAt)
                .put("uptime_ms", (System.nanoTime() - startedNanos) / 1_000_000)
                .put("default_provider", service.defaultProvider());
        ObjectNode counts = json.putObject("sessions")
                .put("live", now.sessions().live())
                .put("begun", now.sessions().begun());
        counts.set("ended", counted(now.sessions().ended()));
        json.set("refusals", counted(now.refusals()));
        json.set("to_provider", direction(now.toProvider()));
        json.set("to_client", direction(now.toClient()));
        return json.put("buffered_bytes", now.buffers().bytes())
                .put("buffered_bytes_limit", now.buffers().limit());
    }

    private static ObjectNode counted(Map<String, Long> counts) {
        ObjectNode json = Json.object();
        counts.entrySet().stream()
                .filter(count -> count.getValue() > 0)
                .sorted(Map.Entry.comparingByKey())
                .forEach(count -> json.put(count.getKey(), count.getValue()));
        return json;
    }

    private static ObjectNode direction(RealtimeMetrics.Direction direction) {
        return Json.object()
                .put("events", direction.events())
                .put("bytes", direction.bytes())
                .put("audio_ms", direction.audioMillis());
    }

    @Override
    public void close() {
        history.close();
        streams.close();
    }
}
