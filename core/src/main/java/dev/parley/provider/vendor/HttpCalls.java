package dev.parley.provider.vendor;

import dev.parley.RealtimeSessionConfig;
import dev.parley.protocol.Bytes;
import dev.parley.protocol.ErrorDetail;
import dev.parley.protocol.Json;
import dev.parley.provider.Address;
import dev.parley.provider.Calls;
import dev.parley.provider.vendor.Vendor.CallForm;
import dev.parley.transport.Connector;
import dev.parley.transport.HttpCall;
import dev.parley.transport.HttpResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * WebRTC calls over OpenAI's REST surface: {@code POST …/realtime/calls} and {@code …/calls/{id}/hangup}. Holds no state.
 */
final class HttpCalls implements Calls {
    /** What goes into URLs and headers. */
    private static final Pattern CALL_ID = Pattern.compile("[A-Za-z0-9._~-]{1,200}");

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int MAX_BODY = 1 << 20;
    /** The longest text of a provider's error that is passed on, in characters. */
    private static final int LONGEST = 500;

    private static final String SDP = "application/sdp";

    private final Account account;
    private final Connector connector;

    HttpCalls(Account account, Connector connector) {
        this.account = account;
        this.connector = connector;
    }

    @Override
    public CompletableFuture<Answer> place(String offer, RealtimeSessionConfig config) {
        ObjectNode session = session(config);
        CompletableFuture<Answer> answer = account.vendor().calls() == CallForm.BY_SECRET
                ? secret(session)
                        .thenCompose(got -> got.status() / 100 == 2
                                ? offer(offer, Fields.secret(got))
                                : CompletableFuture.completedFuture(refused(got)))
                : post("/calls", Map.of(), account.headers(), parts(offer, session))
                        .thenApply(this::placed);
        return answer.exceptionally(failure -> unreachable());
    }

    private ObjectNode session(RealtimeSessionConfig config) {
        ObjectNode session = config.session().orElseGet(() -> Json.object().put("type", "realtime"));
        String model = config.model().orElse(account.model());
        if (!model.isEmpty()) {
            session.put("model", model);
        }
        return session;
    }

    private CompletableFuture<HttpResponse> secret(ObjectNode session) {
        ObjectNode body = Json.object();
        body.set("session", session);
        return post("/client_secrets", Map.of(), account.headers(), new Body("application/json", Json.write(body)));
    }

    /** The offer alone, with a secret that the session is tied to; the secret takes the key's place. */
    private CompletableFuture<Answer> offer(String offer, Optional<String> secret) {
        if (secret.isEmpty()) {
            return CompletableFuture.completedFuture(unclear("its client secret could not be read"));
        }
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(account.headers());
        headers.remove(account.vendor().key().auth().header());
        headers.put("Authorization", "Bearer " + secret.get());
        return post("/calls", Map.of("webrtcfilter", "on"), headers, new Body(SDP, Bytes.utf8(offer)))
                .thenApply(this::placed);
    }

    @Override
    public CompletableFuture<Void> hangUp(String callId) {
        return post(
                        "/calls/" + Address.segment(callId) + "/hangup",
                        Map.of(),
                        account.headers(),
                        new Body("application/json", Bytes.utf8("")))
                .handle((answer, failure) -> null);
    }

    private CompletableFuture<HttpResponse> post(
            String path, Map<String, String> query, Map<String, String> headers, Body body) {
        URI uri = account.base().http(account.vendor().place().root() + path, query);
        Map<String, String> all = new TreeMap<>(headers);
        if (body.bytes().length() > 0) {
            all.put("Content-Type", body.type());
        }
        all.put("Accept", path.equals("/calls") ? SDP : "application/json");
        return connector.exchange(new HttpCall("POST", uri, all, body.bytes(), TIMEOUT, MAX_BODY));
    }

    private static Body parts(String offer, ObjectNode session) {
        String boundary = "parley-" + UUID.randomUUID();
        String body = part(boundary, "sdp", SDP, offer)
                + part(boundary, "session", "application/json", session.toString())
                + "--" + boundary + "--\r\n";
        return new Body("multipart/form-data; boundary=" + boundary, Bytes.utf8(body));
    }

    private static String part(String boundary, String name, String type, String content) {
        return "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\nContent-Type: " + type
                + "\r\n\r\n" + content + "\r\n";
    }

    private Answer placed(HttpResponse answer) {
        if (answer.status() / 100 != 2) {
            return refused(answer);
        }
        String location = answer.headers().getOrDefault("location", "");
        int query = location.indexOf('?');
        String path = query < 0 ? location : location.substring(0, query);
        String callId = path.substring(path.lastIndexOf('/') + 1);
        if (!CALL_ID.matcher(callId).matches()) {
            return unclear("it named no call (no Location, or a strange one)");
        }
        return new Answer.Placed(callId, text(answer));
    }

    private Answer refused(HttpResponse answer) {
        // The provider refuses the gateway's key, not the client's.
        boolean ours = answer.status() == 401 || answer.status() == 403;
        int status = !ours && answer.status() >= 400 && answer.status() < 600 ? answer.status() : 502;
        JsonNode error = Fields.json(answer).path("error");
        String hint = ours ? "; check the gateway's key for it, and whether that may use this model." : ".";
        String own = "The provider '" + account.name() + "' answered the call with HTTP " + answer.status() + hint;
        return new Answer.Refused(
                status,
                new ErrorDetail(
                        told(error, "type", status < 500 ? "invalid_request_error" : "server_error"),
                        told(error, "code", "provider_refused"),
                        // Where it refuses the key, a provider may quote a part of it.
                        ours ? own : told(error, "message", own),
                        error.path("param").asString(null)));
    }

    /** What an error tells, if it is a short text without the key. */
    private String told(JsonNode error, String field, String otherwise) {
        String text = error.path(field).asString("");
        boolean fit = !text.isEmpty()
                && text.length() <= LONGEST
                && account.key().filter(text::contains).isEmpty();
        return fit ? text : otherwise;
    }

    private Answer unclear(String what) {
        return new Answer.Refused(
                502,
                ErrorDetail.server(
                        "provider_refused",
                        "The provider '" + account.name() + "' answered the call, but " + what + "."));
    }

    private Answer unreachable() {
        return new Answer.Refused(
                502,
                ErrorDetail.server(
                        "provider_unreachable",
                        "The provider '" + account.name() + "' did not answer the call within " + TIMEOUT.toSeconds()
                                + " s. Try again."));
    }

    private static String text(HttpResponse answer) {
        return new String(answer.body().array(0, answer.body().length()), StandardCharsets.UTF_8);
    }

    /** What a request holds, and of which type it is. */
    private record Body(String type, Bytes bytes) {}

    /** What is read of an answer's JSON. */
    private static final class Fields {
        static ObjectNode json(HttpResponse answer) {
            if (!answer.headers()
                    .getOrDefault("content-type", "")
                    .toLowerCase(Locale.ROOT)
                    .contains("json")) {
                return Json.object();
            }
            try {
                return Json.parse(answer.body());
            } catch (Json.JsonSyntaxException e) {
                return Json.object();
            }
        }

        static Optional<String> secret(HttpResponse answer) {
            return json(answer)
                    .path("value")
                    .asStringOpt()
                    // It goes into a header.
                    .filter(value -> !value.isEmpty() && value.chars().allMatch(c -> c > ' ' && c < 127));
        }
    }
}
