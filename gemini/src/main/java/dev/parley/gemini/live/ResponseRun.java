package dev.parley.gemini.live;

import dev.parley.protocol.Bytes;
import dev.parley.protocol.EventType;
import dev.parley.protocol.Json;
import dev.parley.provider.reply.Outlet;
import dev.parley.provider.reply.OutputCall;
import dev.parley.provider.reply.OutputMessage;
import dev.parley.provider.reply.OutputScope;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One response from {@code response.created} to {@code response.done}. Lane only. */
final class ResponseRun {
    private final Outlet outlet;
    private final Conversation conversation;
    private final ObjectNode response;
    private final boolean asked;
    private final boolean spoken;
    private final OutputScope scope;
    private @Nullable OutputMessage message;
    private int outputs;
    private boolean closing;

    /**
     * Begins a response.
     *
     * @param response as {@code response.created} shows it
     * @param asked whether the client asked for it
     * @param spoken whether it is speech, or else text
     */
    ResponseRun(Outlet outlet, Conversation conversation, ObjectNode response, boolean asked, boolean spoken) {
        this.outlet = outlet;
        this.conversation = conversation;
        this.response = response;
        this.asked = asked;
        this.spoken = spoken;
        this.scope = new OutputScope(outlet, id(), conversation, (ArrayNode) response.path("output"));
        tell(EventType.RESPONSE_CREATED);
    }

    String id() {
        return response.path("id").asString("");
    }

    /** Whether the client asked for it. */
    boolean asked() {
        return asked;
    }

    /** Whether anything has come of it. */
    boolean produced() {
        return outputs > 0;
    }

    /** Whether all of it has come, but perhaps for its last words and its usage. */
    boolean closing() {
        return closing;
    }

    void close() {
        closing = true;
    }

    /** Whether this item is what is being said. */
    boolean saying(String itemId) {
        return message != null && message.id().equals(itemId);
    }

    void audio(Bytes base64, int bytes) {
        if (spoken) {
            OutputMessage open = open();
            open.audio(base64);
            Conversation.Entry entry = conversation.find(open.id());
            if (entry != null) {
                entry.audioBytes += bytes;
            }
        }
    }

    /** A piece of what is said; where text is wanted, its words are the text. */
    void said(String words) {
        open().text(outputs > 0 && open().characters() == 0 ? words.stripLeading() : words);
    }

    /** A piece of what is written. */
    void text(String words) {
        if (!spoken) {
            open().text(words);
        }
    }

    void call(String callId, String name, String arguments) {
        closeMessage("completed");
        OutputCall.send(scope, outputs++, callId, name, arguments);
    }

    void usage(ObjectNode usage) {
        response.set("usage", usage);
    }

    private OutputMessage open() {
        OutputMessage known = message;
        if (known == null) {
            known = new OutputMessage(scope, outputs++, spoken);
            message = known;
        }
        return known;
    }

    private void closeMessage(String status) {
        OutputMessage open = message;
        message = null;
        if (open != null) {
            open.close(status);
        }
    }

    void complete() {
        end("completed", null);
    }

    /**
     * Ends it early.
     *
     * @param reason {@code turn_detected} or {@code client_cancelled}
     */
    void cancel(String reason) {
        end("cancelled", Json.object().put("type", "cancelled").put("reason", reason));
    }

    void filtered() {
        end("incomplete", Json.object().put("type", "incomplete").put("reason", "content_filter"));
    }

    void fail(String code, String text) {
        ObjectNode details = Json.object().put("type", "failed");
        details.putObject("error").put("type", "server_error").put("code", code).put("message", text);
        end("failed", details);
    }

    private void end(String status, @Nullable ObjectNode details) {
        closeMessage(status.equals("completed") ? "completed" : "incomplete");
        response.put("status", status);
        if (details != null) {
            response.set("status_details", details);
        }
        tell(EventType.RESPONSE_DONE);
    }

    private void tell(EventType type) {
        ObjectNode event = outlet.event(type);
        event.set("response", response.deepCopy());
        outlet.send(event);
    }
}
