package dev.parley.testkit.gemini;

import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a client may send at which time. Gemini Live: {@code BidiGenerateContentClientMessage}. */
final class MessageRules {
    private static final Set<String> KINDS =
            Set.of("setup", "clientContent", "realtimeInput", "toolResponse", "contextUpdate");
    private static final Set<String> REALTIME =
            Set.of("audio", "video", "text", "activityStart", "activityEnd", "audioStreamEnd");
    private static final Pattern PCM = Pattern.compile("audio/pcm;\\s?rate=(\\d+)");
    /** Less speech than this between two signals is no turn, in ms. */
    private static final int SHORTEST = 100;

    private final boolean vertex;
    private final Map<String, String> openCalls = new HashMap<>();
    private final Set<String> pastCalls = new HashSet<>();
    private @Nullable KnownModel model;
    private boolean manual;
    private boolean inActivity;
    private double activityMillis;
    private boolean answered;
    private boolean pending;

    MessageRules(boolean vertex) {
        this.vertex = vertex;
    }

    // ---- What the session tells
    // --------------------------------------------------------------------------------------

    void called(String id, String name) {
        openCalls.put(id, name);
    }

    void cancelled(String id) {
        if (openCalls.remove(id) != null) {
            pastCalls.add(id);
        }
    }

    Set<String> openCalls() {
        return Set.copyOf(openCalls.keySet());
    }

    /** The name of an open call. */
    String name(String id) {
        return openCalls.getOrDefault(id, "");
    }

    /** The model has answered once. */
    void answered() {
        answered = true;
    }

    KnownModel model() {
        if (model == null) {
            throw new IllegalStateException("no setup yet");
        }
        return model;
    }

    boolean manual() {
        return manual;
    }

    boolean inActivity() {
        return inActivity;
    }

    // ---- The rules
    // ---------------------------------------------------------------------------------------------------

    /** Checks a message; its kind, such as {@code clientContent}. */
    String check(JsonNode message) throws Violation {
        if (!message.isObject() || message.size() != 1) {
            throw Violation.invalid("Invalid value (oneof), oneof field 'message_type' is already set.");
        }
        String kind = message.propertyNames().iterator().next();
        if (!KINDS.contains(kind)) {
            throw Violation.invalid("Invalid JSON payload received. Unknown name \"" + kind + "\": Cannot find field.");
        }
        JsonNode value = message.path(kind);
        if (!value.isObject()) {
            throw Violation.invalid("Invalid value at '" + kind + "'");
        }
        if (kind.equals("setup") == (model != null)) {
            throw Violation.invalid(
                    model == null ? "setup must be the first message and only the first" : "setup was sent already");
        }
        switch (kind) {
            case "setup" -> setUp(value);
            case "clientContent" -> content(value);
            case "realtimeInput" -> realtime(value);
            case "toolResponse" -> toolResponse(value);
            default -> contextUpdate(value);
        }
        return kind;
    }

    private void setUp(JsonNode setup) throws Violation {
        model = SetupRules.check(setup, vertex);
        manual = setup.at("/realtimeInputConfig/automaticActivityDetection/disabled")
                .asBoolean(false);
    }

    private void content(JsonNode content) throws Violation {
        SetupRules.known(content, Set.of("turns", "turnComplete"), "client_content");
        if (answered && !model().takesContentLater()) {
            throw SetupRules.invalidArgument();
        }
        for (JsonNode turn : content.path("turns")) {
            SetupRules.content(turn, "client_content.turns");
        }
        pending |= !content.path("turns").isEmpty();
        if (content.path("turnComplete").asBoolean(false)) {
            if (!pending) {
                throw Violation.invalid("No turn to complete");
            }
            pending = false;
        }
    }

    private void realtime(JsonNode input) throws Violation {
        if (input.has("mediaChunks")) {
            throw Violation.invalid("realtime_input.media_chunks is deprecated. Use audio, video, or text instead.");
        }
        SetupRules.known(input, REALTIME, "realtime_input");
        if (input.size() != 1) {
            throw SetupRules.invalidArgument();
        }
        String name = input.propertyNames().iterator().next();
        switch (name) {
            case "audio" -> activityMillis += millis(input.path("audio"));
            case "video" -> video(input.path("video"));
            case "text" -> text(input.path("text"));
            case "audioStreamEnd" -> {
                if (manual || !input.path(name).isBoolean()) {
                    throw SetupRules.invalidArgument();
                }
            }
            default -> activity(name.equals("activityStart"), input.path(name));
        }
    }

    private void activity(boolean begins, JsonNode value) throws Violation {
        if (!value.isObject()) {
            throw Violation.invalid("Invalid value at 'realtime_input.activity'");
        }
        if (!manual) {
            throw Violation.invalid(
                    "Explicit activity control is not supported when automatic activity detection is" + " enabled.");
        }
        if (begins == inActivity) {
            throw SetupRules.invalidArgument();
        }
        if (!begins && activityMillis < SHORTEST) {
            throw Violation.invalid("No turn to complete");
        }
        inActivity = begins;
        activityMillis = 0;
    }

    private static double millis(JsonNode audio) throws Violation {
        byte[] pcm = data(audio);
        if (pcm.length == 0 || pcm.length % 2 != 0) {
            throw SetupRules.invalidArgument();
        }
        return pcm.length * 500.0 / hertz(audio);
    }

    /** The rate by which audio is labelled. */
    static int hertz(JsonNode audio) throws Violation {
        Matcher label = PCM.matcher(audio.path("mimeType").asString(""));
        if (!label.matches()) {
            throw Violation.invalid("Unsupported MIME type: audio must be labelled as audio/pcm;rate=N");
        }
        return Integer.parseInt(label.group(1));
    }

    /** The bytes of a blob. */
    static byte[] data(JsonNode blob) throws Violation {
        SetupRules.known(blob, Set.of("data", "mimeType"), "realtime_input.blob");
        try {
            return Base64.getDecoder().decode(blob.path("data").asString(""));
        } catch (IllegalArgumentException e) {
            throw Violation.invalid("Invalid value at 'realtime_input.blob.data' (TYPE_BYTES)");
        }
    }

    private static void video(JsonNode video) throws Violation {
        if (data(video).length == 0 || !video.path("mimeType").asString("").equals("image/jpeg")) {
            throw Violation.invalid("Unsupported MIME type: video must be image/jpeg");
        }
    }

    private static void text(JsonNode text) throws Violation {
        if (!text.isString() || text.asString().isEmpty()) {
            throw SetupRules.invalidArgument();
        }
    }

    private void toolResponse(JsonNode response) throws Violation {
        SetupRules.known(response, Set.of("functionResponses"), "tool_response");
        if (response.path("functionResponses").isEmpty()) {
            throw SetupRules.invalidArgument();
        }
        for (JsonNode one : response.path("functionResponses")) {
            SetupRules.known(
                    one,
                    Set.of("id", "name", "response", "scheduling", "willContinue"),
                    "tool_response.function_responses[0]");
            if (!one.path("response").isObject()
                    || one.path("name").asString("").isEmpty()) {
                throw Violation.invalid("Invalid value at 'tool_response.function_responses[0].response'");
            }
            answer(one);
        }
    }

    private void answer(JsonNode response) throws Violation {
        String name = response.path("name").asString("");
        if (vertex) {
            if (response.has("id")) {
                throw Violation.unknown("id", "tool_response.function_responses[0]");
            }
            String id = openCalls.entrySet().stream()
                    .filter(call -> call.getValue().equals(name))
                    .map(Map.Entry::getKey)
                    .sorted()
                    .findFirst()
                    .orElseThrow(() -> new Violation(1008, "Operation is not implemented, or supported, or enabled."));
            cancelled(id);
            return;
        }
        String id = response.path("id").asString("");
        if (!name.equals(openCalls.get(id)) && !pastCalls.contains(id)) {
            throw new Violation(1008, "Operation is not implemented, or supported, or enabled.");
        }
        cancelled(id);
    }

    private void contextUpdate(JsonNode update) throws Violation {
        if (!model().takesContextUpdate()) {
            throw Violation.invalid(
                    "Invalid JSON payload received. Unknown name \"contextUpdate\": Cannot find field.");
        }
        SetupRules.known(update, Set.of("systemInstruction", "tools"), "context_update");
        if (update.has("systemInstruction")) {
            SetupRules.content(update.path("systemInstruction"), "context_update.system_instruction");
        }
        SetupRules.known(update.path("tools"), Set.of("tools"), "context_update.tools");
        for (JsonNode tool : update.at("/tools/tools")) {
            for (JsonNode function : tool.path("functionDeclarations")) {
                ToolRules.check(function);
            }
        }
    }
}
