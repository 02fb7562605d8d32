package dev.parley.console.admin;

import dev.parley.protocol.Bytes;
import dev.parley.protocol.ErrorDetail;
import dev.parley.protocol.Json;
import dev.parley.transport.HttpRequest;
import dev.parley.transport.HttpResponse;
import dev.parley.watch.ObservedSession;
import dev.parley.watch.Watch;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What is asked of one session, at {@code /admin/sessions/ID} and below. */
final class SessionRoutes {
    private static final String PATH = "/admin/sessions/";
    /** How many characters a text may have. */
    private static final int LONGEST = 8_192;

    private final Watch watch;
    private final SessionList list;
    private final Streams streams;

    SessionRoutes(Watch watch, SessionList list, Streams streams) {
        this.watch = watch;
        this.list = list;
        this.streams = streams;
    }

    HttpResponse answer(HttpRequest request) {
        String rest = request.path().substring(PATH.length());
        int slash = rest.indexOf('/');
        String id = slash < 0 ? rest : rest.substring(0, slash);
        String what = slash < 0 ? "" : rest.substring(slash + 1);
        String method = request.method().equals("HEAD") ? "GET" : request.method();
        return switch (what) {
            case "" ->
                switch (method) {
                    case "GET" -> Answers.json(200, list.whole(session(id)));
                    case "DELETE" -> {
                        session(id).close();
                        yield accepted();
                    }
                    default -> notTaken(request, "GET, HEAD, DELETE");
                };
            case "live" -> method.equals("GET") ? streams.one(session(id)) : notTaken(request, "GET, HEAD");
            case "text" -> {
                if (!method.equals("POST")) {
                    yield notTaken(request, "POST");
                }
                ObservedSession session = session(id);
                session.sendText(text(request.body()));
                yield accepted();
            }
            case "interrupt" -> {
                if (!method.equals("POST")) {
                    yield notTaken(request, "POST");
                }
                session(id).interrupt();
                yield accepted();
            }
            default -> throw new Refusal(404, "not_found", "There is nothing at this address of the admin API.");
        };
    }

    private ObservedSession session(String id) {
        return watch.session(id)
                .orElseThrow(() -> new Refusal(
                        404,
                        ErrorDetail.invalid(
                                "session_not_found",
                                "There is no session of this id; it may have ended. GET /admin/sessions lists those there are.",
                                "id")));
    }

    private static String text(Bytes body) {
        JsonNode text;
        try {
            text = Json.parse(body).path("text");
        } catch (Json.JsonSyntaxException e) {
            throw new Refusal(400, "invalid_json", "The body is " + e.getMessage() + ". Send {\"text\":\"...\"}.");
        }
        if (text.isMissingNode()) {
            throw new Refusal(
                    400,
                    ErrorDetail.invalid(
                            "missing_required_parameter", "The body has no 'text'. Send {\"text\":\"...\"}.", "text"));
        }
        if (!text.isString()) {
            throw new Refusal(
                    400, ErrorDetail.invalid("invalid_type", "'text' is no string. Send {\"text\":\"...\"}.", "text"));
        }
        int length = text.asString().length();
        if (text.asString().isBlank() || length > LONGEST) {
            throw new Refusal(
                    400,
                    ErrorDetail.invalid(
                            "invalid_value",
                            "'text' has " + length + " characters; it must have 1 to " + LONGEST
                                    + ", and not spaces alone.",
                            "text"));
        }
        return text.asString();
    }

    private static HttpResponse accepted() {
        ObjectNode body = Json.object().put("accepted", true);
        return Answers.json(202, body);
    }

    private static HttpResponse notTaken(HttpRequest request, String allowed) {
        return Answers.guarded(HttpResponse.error(
                        405,
                        ErrorDetail.invalid(
                                "method_not_allowed",
                                "This address does not take " + request.method() + "; it takes " + allowed + ".",
                                null)))
                .with("allow", allowed);
    }
}
