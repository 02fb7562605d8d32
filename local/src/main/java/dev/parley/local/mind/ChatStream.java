package dev.parley.local.mind;

import dev.parley.protocol.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads a chat endpoint's answer: a stream of server-sent events, or one JSON object. */
final class ChatStream {
    /** The longest answer, in characters. */
    private static final int LONGEST = 4 << 20;

    private static final int MOST_CALLS = 32;

    private final Responder.Sink sink;
    private final Runnable heard;
    private final TreeMap<Integer, Call> calls = new TreeMap<>();
    private boolean goOn = true;
    private boolean any;

    /** A call as its pieces come in. */
    private static final class Call {
        private final StringBuilder name = new StringBuilder();
        private final StringBuilder arguments = new StringBuilder();
    }

    /** @param heard runs whenever something came */
    ChatStream(Responder.Sink sink, Runnable heard) {
        this.sink = sink;
        this.heard = heard;
    }

    void read(InputStream body) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        StringBuilder plain = new StringBuilder();
        int left = LONGEST;
        boolean ended = false;
        for (String line = lines.readLine(); line != null && goOn && !ended; line = lines.readLine()) {
            heard.run();
            left -= line.length();
            if (left < 0) {
                throw fault();
            }
            if (line.startsWith("data:")) {
                String data = line.substring(5).strip();
                ended = data.equals("[DONE]");
                if (!ended) {
                    part(parse(data));
                }
            } else if (line.startsWith("{") || !plain.isEmpty()) {
                plain.append(line).append('\n');
            }
        }
        if (!plain.isEmpty()) {
            part(parse(plain.toString()));
        }
        if (!any && goOn) {
            throw fault();
        }
        for (Call call : calls.values()) {
            String arguments = call.arguments.isEmpty() ? "{}" : call.arguments.toString();
            goOn = goOn && sink.call(call.name.toString(), arguments);
        }
    }

    private static ObjectNode parse(String json) {
        try {
            return Json.parse(json.getBytes(StandardCharsets.UTF_8));
        } catch (Json.JsonSyntaxException e) {
            throw fault();
        }
    }

    private static ResponderException fault() {
        return new ResponderException(
                "chat_endpoint_error", "The chat endpoint sent something that is not a chat completion.");
    }

    private void part(ObjectNode part) {
        if (part.hasNonNull("error")) {
            throw new ResponderException("chat_endpoint_error", "The chat endpoint reported an error.");
        }
        JsonNode choice = part.path("choices").path(0);
        any |= part.has("choices");
        JsonNode delta = choice.has("message") ? choice.path("message") : choice.path("delta");
        String text = delta.path("content").asString("");
        if (!text.isEmpty()) {
            goOn = sink.text(text);
        }
        int position = 0;
        for (JsonNode piece : delta.path("tool_calls")) {
            // Some endpoints leave the index out and send each call whole.
            int index = piece.path("index").asInt(choice.has("message") ? position++ : calls.size());
            if (calls.size() >= MOST_CALLS && !calls.containsKey(index)) {
                throw fault();
            }
            Call call = calls.computeIfAbsent(index, i -> new Call());
            call.name.append(piece.path("function").path("name").asString(""));
            JsonNode arguments = piece.path("function").path("arguments");
            call.arguments.append(arguments.isObject() ? arguments.toString() : arguments.asString(""));
        }
    }
}
