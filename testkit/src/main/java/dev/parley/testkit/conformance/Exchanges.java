package dev.parley.testkit.conformance;

import dev.parley.RealtimeModule;
import dev.parley.RealtimeModuleOptions;
import dev.parley.protocol.Json;
import dev.parley.testkit.FakeConnection;
import dev.parley.testkit.FakeRealtimeServer;
import dev.parley.testkit.conformance.Recording.Exchange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A recording's exchanges over HTTP, made again with a real gateway on loopback, before a fake provider that answers as
 * the recorded one did. Client secrets are the gateway's own, so that what is compared is the session that comes with
 * them; of calls both ways are compared: what the provider is sent, and what the client gets.
 */
final class Exchanges {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String SECRETS = "/client_secrets";
    private static final String CALLS = "/calls";

    private final String base;
    private final Provider provider;
    private final HttpClient http;
    private final List<Difference> differences = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private int replayed;
    /** What the last exchange for a secret came to, with which the next one may be made. */
    private @Nullable String secret;
    /** The session that the secret was asked for. */
    private @Nullable JsonNode secretSession;

    /** What came of the exchanges of a recording. */
    record Outcome(int replayed, List<Difference> differences, List<String> notes) {}

    private Exchanges(String base, Provider provider, HttpClient http) {
        this.base = base;
        this.provider = provider;
        this.http = http;
    }

    static Outcome of(Recording recording) {
        if (recording.exchanges().isEmpty()) {
            return new Outcome(0, List.of(), List.of());
        }
        boolean azure = path(recording.exchanges().getFirst()).startsWith("/openai/");
        Provider provider = new Provider();
        try (FakeRealtimeServer server = FakeRealtimeServer.start(provider::serve);
                RealtimeModule module = RealtimeModule.forRoot(options(server, azure));
                HttpClient http = HttpClient.newHttpClient()) {
            Exchanges run = new Exchanges("http://127.0.0.1:" + module.listen(0).getPort(), provider, http);
            int number = 0;
            for (Exchange exchange : recording.exchanges()) {
                number++;
                run.make(exchange, "exchange " + number);
            }
            return new Outcome(run.replayed, run.differences, run.notes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static RealtimeModuleOptions options(FakeRealtimeServer server, boolean azure) {
        String origin = server.baseUrl().replaceFirst("/v1$", "");
        return RealtimeModuleOptions.builder()
                .environment(Map.of(
                        "OPENAI_API_KEY",
                        "sk-replay",
                        "OPENAI_BASE_URL",
                        origin + "/v1",
                        "AZURE_OPENAI_API_KEY",
                        "sk-replay",
                        "AZURE_OPENAI_ENDPOINT",
                        origin))
                .defaultProvider(azure ? "azure" : "openai")
                .build();
    }

    private static String path(Exchange exchange) {
        return URI.create(exchange.request().path("uri").asString("")).getPath();
    }

    private void make(Exchange exchange, String where) throws IOException, InterruptedException {
        String path = path(exchange);
        String name = exchange.request().path("method").asString("") + " " + path;
        if (!name.equals("POST " + path) || !(path.endsWith(SECRETS) || path.endsWith(CALLS))) {
            notes.add(where + " was not replayed: the gateway has no " + name);
            return;
        }
        replayed++;
        provider.next = exchange;
        provider.asked.clear();
        HttpResponse<String> answer = post(exchange, path);
        int status = exchange.response().path("status").path("code").asInt(0);
        if (answer.statusCode() != status) {
            differences.add(new Difference(
                    where + " to the client", name, "status", "was " + status + " and is " + answer.statusCode()));
        } else if (path.endsWith(SECRETS)) {
            compareSecret(exchange, Json.parse(answer.body().getBytes(StandardCharsets.UTF_8)), where, name);
        } else {
            compareCall(exchange, answer, where, name);
        }
    }

    private HttpResponse<String> post(Exchange exchange, String path) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(PATIENCE)
                .header("Content-Type", type(exchange.request()))
                .POST(HttpRequest.BodyPublishers.ofString(body(exchange.request())));
        if (secret != null) {
            request.header("Authorization", "Bearer " + secret);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String type(JsonNode message) {
        return message.path("headers").path("content-type").path(0).asString("application/json");
    }

    private static String body(JsonNode message) {
        if (message.has("parsed_body")) {
            return message.path("parsed_body").toString();
        }
        JsonNode body = message.path("body");
        return body.path("string").asString(body.asString(""));
    }

    /** Ids and times are the gateway's own; all else is as the provider would have answered. */
    private void compareSecret(Exchange exchange, ObjectNode actual, String where, String name) {
        secret = actual.path("value").asString("");
        secretSession = exchange.request().path("parsed_body").path("session");
        ObjectNode expected = Json.parse(body(exchange.response()).getBytes(StandardCharsets.UTF_8));
        adopt(expected, actual, "value");
        adopt(expected, actual, "expires_at");
        if (expected.path("session") instanceof ObjectNode session
                && actual.path("session") instanceof ObjectNode own) {
            adopt(session, own, "id");
            adopt(session, own, "expires_at");
        }
        Difference.between(expected, actual, where + " to the client", name).ifPresent(differences::add);
    }

    private static void adopt(ObjectNode expected, ObjectNode actual, String field) {
        if (expected.path(field).getNodeType() == actual.path(field).getNodeType()) {
            expected.set(field, actual.path(field));
        }
    }

    private void compareCall(Exchange exchange, HttpResponse<String> answer, String where, String name) {
        Difference.between(outcome(body(exchange.response()), location(exchange)), outcome(answer), where, name)
                .ifPresent(differences::add);
        Offer offer = Offer.of(type(exchange.request()), body(exchange.request()));
        ObjectNode expected = Json.object().put("sdp", offer.sdp());
        JsonNode session = offer.session().isEmpty() && secretSession != null
                ? secretSession
                : offer.session().map(JsonNode.class::cast).orElse(Json.object());
        expected.set("session", session);
        Difference.between(expected, provider.offered(), where + " to the provider", name)
                .ifPresent(differences::add);
    }

    private static String location(Exchange exchange) {
        return exchange.response().path("headers").path("location").path(0).asString("");
    }

    private static ObjectNode outcome(HttpResponse<String> answer) {
        return outcome(answer.body(), answer.headers().firstValue("location").orElse(""));
    }

    private static ObjectNode outcome(String sdp, String location) {
        return Json.object().put("sdp", sdp).put("call_id", location.substring(location.lastIndexOf('/') + 1));
    }

    /** The provider, which answers a call as the recording says and takes the gateway's own connection to it. */
    private static final class Provider {
        private record Asked(String target, String type, String body) {}

        private final List<Asked> asked = new CopyOnWriteArrayList<>();
        private volatile @Nullable Exchange next;

        void serve(FakeConnection connection) throws IOException {
            connection.request();
            Map<String, String> headers = connection.headers();
            if (headers.containsKey("upgrade")) {
                connection.accept();
                return;
            }
            String target = connection.target();
            Exchange recorded = next;
            if (target.contains(SECRETS)) {
                connection.answer(200, Map.of("Content-Type", "application/json"), "{\"value\":\"ek_replay\"}");
            } else if (target.endsWith("/hangup") || recorded == null) {
                connection.answer(200, Map.of(), "");
            } else {
                connection.answer(
                        recorded.response().path("status").path("code").asInt(500),
                        Map.of("Content-Type", type(recorded.response()), "Location", location(recorded)),
                        Exchanges.body(recorded.response()));
            }
            asked.add(new Asked(target, headers.getOrDefault("content-type", ""), connection.body()));
        }

        /** The offer and the session that arrived, in one request or in two. */
        ObjectNode offered() {
            Map<String, JsonNode> parts = new HashMap<>();
            for (Asked each : asked) {
                if (each.target().contains(SECRETS)) {
                    parts.put(
                            "session",
                            Json.parse(each.body().getBytes(StandardCharsets.UTF_8))
                                    .path("session"));
                } else {
                    Offer offer = Offer.of(each.type(), each.body());
                    parts.put("sdp", Json.mapper().valueToTree(offer.sdp()));
                    offer.session().ifPresent(session -> parts.put("session", session));
                }
            }
            ObjectNode all = Json.object();
            parts.forEach(all::set);
            return all;
        }
    }

    /** The body of a request that offers a call. */
    private record Offer(String sdp, Optional<ObjectNode> session) {
        static Offer of(String type, String body) {
            int boundary = type.indexOf("boundary=");
            if (boundary < 0) {
                return new Offer(body, Optional.empty());
            }
            String delimiter = "--" + type.substring(boundary + 9).replace("\"", "");
            String sdp = "";
            Optional<ObjectNode> session = Optional.empty();
            for (String part : body.split(Pattern.quote(delimiter), -1)) {
                int begin = part.indexOf("\r\n\r\n") + 4;
                int end = part.lastIndexOf("\r\n");
                if (part.contains("name=\"sdp\"")) {
                    sdp = part.substring(begin, end);
                } else if (part.contains("name=\"session\"")) {
                    session = Optional.of(Json.parse(part.substring(begin, end).getBytes(StandardCharsets.UTF_8)));
                }
            }
            return new Offer(sdp, session);
        }
    }
}
