package dev.parley.session;

import dev.parley.protocol.ControlEvent;
import dev.parley.protocol.ErrorDetail;
import dev.parley.protocol.Event;
import dev.parley.protocol.EventType;
import dev.parley.turn.PlaybackReport;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a client may send. Whatever it may not is refused with {@code not_allowed} and changes nothing.
 *
 * <p>The fields of a session count wherever a client could set them: in {@code session.update}, as overrides in
 * {@code response.create}, and, for the instructions, as items of the role {@code system}.
 *
 * @param events the types of events that may be sent; empty: all
 * @param sessionFields the fields of the session that may be set, as paths such as {@code audio.output.voice}, each with
 *     all below it; not present: all
 * @param models the only ones that a session may be set to; not present: any
 */
public record ClientPolicy(Set<EventType> events, Optional<Set<String>> sessionFields, Optional<Set<String>> models) {
    /** Everything may be sent. */
    public static final ClientPolicy ALL = new ClientPolicy(Set.of(), Optional.empty());

    /** What a response has that is no setting of the session. */
    private static final Set<String> OF_RESPONSE = Set.of("conversation", "metadata", "input");

    public ClientPolicy {
        events = Set.copyOf(events);
        sessionFields = sessionFields.map(Set::copyOf);
        models = models.map(Set::copyOf);
    }

    /** A policy under which any model may be named. */
    public ClientPolicy(Set<EventType> events, Optional<Set<String>> sessionFields) {
        this(events, sessionFields, Optional.empty());
    }

    /** This policy, with a session that is set to none but these models; not present: to any. */
    public ClientPolicy offering(Optional<Set<String>> only) {
        return new ClientPolicy(events, sessionFields, only);
    }

    /** Whether everything may be sent, so that no event need be looked at. */
    public boolean open() {
        return events.isEmpty() && sessionFields.isEmpty() && models.isEmpty();
    }

    /** Why an event may not be sent, or null. */
    @Nullable
    ErrorDetail fault(Event event) {
        // A playback report goes no further than the gateway, which asks for it.
        if (!events.isEmpty() && !events.contains(event.type()) && !PlaybackReport.is(event)) {
            return refusal("The event '" + event.type().name() + "' may not be sent to this gateway.", "type");
        }
        if ((sessionFields.isEmpty() && models.isEmpty()) || !(event instanceof ControlEvent control)) {
            return null;
        }
        // By its fields whatever its type, since a provider may know the same event by another name.
        ObjectNode json = control.jsonOrEmpty();
        ErrorDetail fault = control.type().equals(EventType.SESSION_UPDATE) || json.has("session")
                ? fault(json.path("session")).orElse(null)
                : null;
        fault = fault == null ? response(json.path("response")) : fault;
        return fault == null ? item(json.path("item"), "item") : fault;
    }

    /** Why a session may not be configured so, if it may not. */
    public Optional<ErrorDetail> fault(JsonNode session) {
        JsonNode model = session.path("model");
        if (models.isPresent() && !model.isMissingNode() && !models.get().contains(model.asString(""))) {
            return Optional.of(refusal("The model is not among those that this client may have.", "session.model"));
        }
        if (sessionFields.isEmpty()) {
            return Optional.empty();
        }
        if (sessionFields.get().isEmpty()) {
            return Optional.of(
                    refusal("The session's settings are the server's; a client may not change them.", "session"));
        }
        return Optional.ofNullable(fields(session, "", "session", Set.of("type")));
    }

    private @Nullable ErrorDetail response(JsonNode response) {
        ErrorDetail fault = fields(response, "", "response", OF_RESPONSE);
        if (fault != null) {
            return fault;
        }
        int index = 0;
        for (JsonNode item : response.path("input")) {
            fault = item(item, "response.input[" + index++ + "]");
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }

    private @Nullable ErrorDetail item(JsonNode item, String param) {
        return item.path("role").asString("").equals("system") && !allows("instructions")
                ? refusal("Items of the role 'system' are instructions, which are the server's.", param + ".role")
                : null;
    }

    private @Nullable ErrorDetail fields(JsonNode of, String prefix, String param, Set<String> free) {
        if (!(of instanceof ObjectNode object)) {
            return null;
        }
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            String path = prefix + field.getKey();
            if (free.contains(path) || allows(path)) {
                continue;
            }
            ErrorDetail fault = field.getValue().isObject() && allowsBelow(path)
                    ? fields(field.getValue(), path + ".", param, free)
                    : refusal(
                            "The setting '" + path + "' is the server's; a client may not change it.",
                            param + "." + path);
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }

    private boolean allows(String path) {
        return sessionFields.isEmpty()
                || sessionFields.get().stream().anyMatch(field -> path.equals(field) || path.startsWith(field + "."));
    }

    private boolean allowsBelow(String path) {
        return sessionFields.orElse(Set.of()).stream().anyMatch(field -> field.startsWith(path + "."));
    }

    private static ErrorDetail refusal(String message, String param) {
        return ErrorDetail.invalid("not_allowed", message, param);
    }
}
