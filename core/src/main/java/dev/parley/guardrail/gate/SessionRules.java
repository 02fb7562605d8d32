package dev.parley.guardrail.gate;

import dev.parley.RealtimeSessionConfig;
import dev.parley.protocol.ErrorDetail;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What of a session's settings is the gateway's while guardrails check what the user says: the provider asks for no
 * responses by itself, and makes transcripts. Remembers what was wished for instead. Lane only.
 */
final class SessionRules {
    private static final String DETECTION = "turndetection";
    private static final Set<String> TRANSCRIPTION = Set.of("transcription", "inputaudiotranscription");
    private static final String CREATE = "createresponse";
    private static final String IDLE = "idletimeoutms";
    /** What may hold anything under any name. */
    private static final Set<String> OTHERS = Set.of("tools", "prompt", "tracing");

    private JsonNode detection;
    private JsonNode transcription;
    private boolean automatic;

    /** The rules of a session that starts so. */
    SessionRules(RealtimeSessionConfig config) {
        JsonNode input = config.session()
                .<JsonNode>map(session -> session.path("audio").path("input"))
                .orElseGet(MissingNode::getInstance);
        detection = input.path("turn_detection");
        transcription = input.path("transcription");
        automatic = config.answersHeld();
    }

    /** Whether ends of turns are to ask for responses, by the gateway's hand. */
    boolean automatic() {
        return automatic && detection.isObject();
    }

    /**
     * Makes a {@code session} that is to be set keep the rules.
     *
     * @param client whether a client sets it, whose transcription is not its own to choose
     * @return why it may not be set at all, or null
     */
    @Nullable
    ErrorDetail keep(ObjectNode session, boolean client) {
        JsonNode type = session.path("type");
        if (!type.isMissingNode() && !type.asString("").equals("realtime")) {
            return refused("A session with guardrails is of the type 'realtime' and remains it.", "session.type");
        }
        ErrorDetail shape = object(session, "audio", "session.audio");
        if (shape == null && session.get("audio") instanceof ObjectNode audio) {
            shape = object(audio, "input", "session.audio.input");
        }
        if (shape == null) {
            shape = check(session);
        }
        if (shape != null) {
            return shape;
        }
        walk(session, client);
        if (session.path("audio").get("input") instanceof ObjectNode input) {
            // A provider may take the whole for new.
            if (!input.has("turn_detection") && !detection.isMissingNode()) {
                input.set("turn_detection", detection.deepCopy());
            }
            if (!input.has("transcription") && transcription.isObject()) {
                input.set("transcription", transcription.deepCopy());
            }
        }
        return null;
    }

    private static @Nullable ErrorDetail object(ObjectNode of, String field, String param) {
        return of.has(field) && !of.get(field).isObject() ? type(param) : null;
    }

    private static ErrorDetail type(String param) {
        return ErrorDetail.invalid("invalid_type", "Invalid type for '" + param + "': expected an object.", param);
    }

    private static ErrorDetail refused(String message, String param) {
        return ErrorDetail.invalid("not_allowed", message, param);
    }

    /** Why a session may not be set, whatever is remembered of it. */
    private static @Nullable ErrorDetail check(JsonNode node) {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            JsonNode value = field.getValue();
            ErrorDetail fault = null;
            if (plain(field.getKey()).equals(DETECTION)) {
                if (!value.isNull() && !value.isObject()) {
                    fault = type("session.audio.input.turn_detection");
                } else if (value.properties().stream()
                        .anyMatch(each -> plain(each.getKey()).equals(IDLE)
                                && !each.getValue().isNull())) {
                    fault = refused(
                            "An idle timeout asks for answers that no guardrail has allowed.",
                            "session.audio.input.turn_detection.idle_timeout_ms");
                }
            } else if (!OTHERS.contains(field.getKey())) {
                fault = check(value);
            }
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }

    private void walk(JsonNode node, boolean client) {
        for (Map.Entry<String, JsonNode> field : List.copyOf(node.properties())) {
            String name = plain(field.getKey());
            if (name.equals(DETECTION)) {
                detect(field.getValue());
            } else if (TRANSCRIPTION.contains(name) && node instanceof ObjectNode object) {
                boolean works = !field.getValue().path("model").asString("").isEmpty();
                if (transcription.isObject() && (client || !works)) {
                    object.set(field.getKey(), transcription.deepCopy());
                } else {
                    transcription = field.getValue().deepCopy();
                }
            } else if (!OTHERS.contains(field.getKey())) {
                walk(field.getValue(), client);
            }
        }
    }

    private void detect(JsonNode wished) {
        if (wished instanceof ObjectNode object) {
            boolean off = object.has("type")
                    && Set.of("", "none").contains(object.path("type").asString(""));
            automatic = !off && object.path("create_response").asBoolean(true);
            for (String name : List.copyOf(object.propertyNames())) {
                if (plain(name).equals(CREATE) || plain(name).equals(IDLE)) {
                    object.remove(name);
                }
            }
            object.put("create_response", false);
        }
        detection = wished.deepCopy();
    }

    /** Whether a {@code session} as the provider tells it keeps the rules; what it does not tell of, it may. */
    static boolean kept(JsonNode session) {
        for (Map.Entry<String, JsonNode> field : session.properties()) {
            String name = plain(field.getKey());
            JsonNode value = field.getValue();
            boolean broken = name.equals(DETECTION)
                    ? value.path("create_response").asBoolean(false)
                    : TRANSCRIPTION.contains(name) && value.isNull();
            if (broken || (!OTHERS.contains(field.getKey()) && !kept(value))) {
                return false;
            }
        }
        return true;
    }

    /** A field's name however it is spelled. */
    private static String plain(String name) {
        return name.replaceAll("[^\\p{Alnum}]", "").toLowerCase(Locale.ROOT);
    }
}
