package dev.parley.testkit.gemini;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A model that says what one has said in a recording: after each turn of the user the messages that came after the
 * corresponding one. Turns correspond by their order, whatever they look like.
 */
public final class RecordedGemini implements GeminiScript {
    private final Queue<List<ObjectNode>> answers = new ArrayDeque<>();

    /**
     * A model after a recording.
     *
     * @param recorded lines of the form <code>{"dir":"sent"|"recv","data":{…}}</code>, {@code sent} by the client
     */
    public RecordedGemini(List<? extends JsonNode> recorded) {
        answersOf(recorded).forEach(answer -> answers.add(answer.messages()));
    }

    /**
     * What came after a turn of the user.
     *
     * @param sent what the client sent since the answer before, the turn last
     * @param messages what the model sent
     */
    public record Answer(List<ObjectNode> sent, List<ObjectNode> messages) {}

    /** The turns of a recording; what came before the first, such as {@code setupComplete}, is left out. */
    public static List<Answer> answersOf(List<? extends JsonNode> recorded) {
        List<Answer> answers = new ArrayList<>();
        List<ObjectNode> sent = new ArrayList<>();
        boolean asked = false;
        for (JsonNode line : recorded) {
            if (!(line.path("data") instanceof ObjectNode message)) {
                continue;
            }
            if (line.path("dir").asString("").equals("sent")) {
                sent.add(message);
                asked |= asks(message);
            } else if (asked) {
                answers.add(new Answer(List.copyOf(sent), new ArrayList<>(List.of(message))));
                sent.clear();
                asked = false;
            } else if (!answers.isEmpty()) {
                answers.getLast().messages().add(message);
            }
        }
        return answers;
    }

    /** Whether a message makes the model answer. */
    private static boolean asks(JsonNode message) {
        JsonNode content = field(message, "clientContent");
        JsonNode realtime = field(message, "realtimeInput");
        return field(content, "turnComplete").asBoolean(false)
                || field(message, "toolResponse").isObject()
                || realtime.has("text")
                || realtime.has("audio")
                || field(realtime, "activityEnd").isObject();
    }

    /** A field in either of the two spellings that clients use. */
    public static JsonNode field(JsonNode of, String name) {
        return of.has(name)
                ? of.path(name)
                : of.path(name.replaceAll("([A-Z])", "_$1").toLowerCase(java.util.Locale.ROOT));
    }

    @Override
    public void answer(UserTurn turn, FakeGeminiSession session) throws IOException {
        List<ObjectNode> answer = answers.poll();
        if (answer == null) {
            session.fault("the user took more turns than were recorded");
            return;
        }
        for (ObjectNode message : answer) {
            session.send(message);
        }
    }
}
