package dev.parley.gemini.live;

import dev.parley.gemini.wire.ServerMessage;
import dev.parley.protocol.Json;
import dev.parley.provider.reply.Outlet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The functions that Gemini has called, under OpenAI's ids and Gemini's, and what they answered. Lane only. */
final class ToolCalls {
    private static final int MOST = 512;

    /** Where a call stands. */
    private enum State {
        OPEN,
        ANSWERED,
        /** Gemini no longer wants to know. */
        CANCELLED,
        /** Of a connection that is gone: its result is told as text. */
        FOREIGN
    }

    private static final class Known {
        private final String geminiId;
        private final String name;
        private State state = State.OPEN;
        /** Whether it was made before the last connection was set up, which therefore knows it. */
        private boolean resumed;

        private Known(String geminiId, String name) {
            this.geminiId = geminiId;
            this.name = name;
        }
    }

    /** What becomes of a result. */
    enum Fate {
        /** It waits for the others, or to be asked for. */
        COLLECTED,
        /** Nobody wants it. */
        UNWANTED,
        /** The model is told as text. */
        TOLD,
        /** There is no such call. */
        UNKNOWN
    }

    private final Outlet outlet;
    private final boolean ids;
    private final SequencedMap<String, Known> calls = new LinkedHashMap<>();
    private final Map<String, String> byGeminiId = new HashMap<>();
    private final SequencedMap<String, ObjectNode> results = new LinkedHashMap<>();

    /**
     * No calls.
     *
     * @param ids whether Gemini takes its ids back
     */
    ToolCalls(Outlet outlet, boolean ids) {
        this.outlet = outlet;
        this.ids = ids;
    }

    /** Files a call under a new id; null if Gemini has made it before. */
    @Nullable
    String called(ServerMessage.Call call) {
        if (byGeminiId.containsKey(call.id())) {
            return null;
        }
        String id = outlet.id("call");
        calls.put(id, new Known(call.id(), call.name()));
        if (!call.id().isEmpty()) {
            byGeminiId.put(call.id(), id);
        }
        if (calls.size() > MOST) {
            byGeminiId.remove(calls.pollFirstEntry().getValue().geminiId);
        }
        return id;
    }

    /** The arguments of a call as OpenAI's events show them. */
    static String arguments(JsonNode args) {
        return args.isObject() ? args.toString() : "{}";
    }

    /** Gemini no longer wants the results of these calls. */
    void cancelled(List<String> geminiIds) {
        for (String geminiId : geminiIds) {
            Known known = calls.get(byGeminiId.getOrDefault(geminiId, ""));
            if (known != null && known.state == State.OPEN) {
                known.state = State.CANCELLED;
            }
        }
    }

    /** A function has answered. */
    Fate answered(String callId, String output) {
        Known known = calls.get(callId);
        if (known == null) {
            return Fate.UNKNOWN;
        }
        State before = known.state;
        if (before == State.FOREIGN) {
            known.state = State.ANSWERED;
            return Fate.TOLD;
        }
        if (before != State.OPEN) {
            return Fate.UNWANTED;
        }
        known.state = State.ANSWERED;
        ObjectNode result = Json.object();
        if (ids && !known.geminiId.isEmpty()) {
            result.put("id", known.geminiId);
        }
        result.put("name", known.name).set("response", response(output));
        results.put(callId, result);
        return Fate.COLLECTED;
    }

    /** Gemini takes objects alone. */
    private static ObjectNode response(String output) {
        try {
            JsonNode json = Json.mapper().readTree(output);
            if (json instanceof ObjectNode object) {
                return object;
            }
            if (json != null && !json.isMissingNode()) {
                return Json.object().set("output", json);
            }
        } catch (tools.jackson.core.JacksonException e) {
            // Plain text.
        }
        return Json.object().put("output", output);
    }

    /** Whether a call is still to be answered. */
    boolean open() {
        return calls.values().stream().anyMatch(known -> known.state == State.OPEN);
    }

    /** Whether there are results that Gemini has not got. */
    boolean collected() {
        return !results.isEmpty();
    }

    /** The results so far, for one message. */
    List<ObjectNode> take() {
        List<ObjectNode> taken = List.copyOf(results.values());
        results.clear();
        return taken;
    }

    /** A connection is set up to go on with what is there now. */
    void setUp() {
        calls.values().forEach(known -> known.resumed = true);
    }

    /**
     * That connection is ready: calls that the one before it has made meanwhile are not known to it.
     *
     * @return those of them whose results wait, which are to be told as text
     */
    List<String> ready() {
        List<String> told = new ArrayList<>();
        calls.forEach((id, known) -> {
            if (known.state == State.OPEN && !known.resumed) {
                known.state = State.FOREIGN;
            } else if (!known.resumed && results.remove(id) != null) {
                told.add(id);
            }
        });
        return told;
    }

    /** A connection begins afresh, which knows of no call; results that have not gone out are told with its history. */
    void forget() {
        results.clear();
        calls.values().stream()
                .filter(known -> known.state == State.OPEN)
                .forEach(known -> known.state = State.FOREIGN);
        byGeminiId.clear();
    }
}
