package dev.parley.gemini.live;

import dev.parley.gemini.setup.GeminiModel;
import dev.parley.gemini.setup.GeminiModel.TextInput;
import dev.parley.gemini.uplink.Uplink;
import dev.parley.gemini.uplink.Waiting;
import dev.parley.gemini.wire.Messages;
import dev.parley.provider.reply.Refused;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What clients have added to the conversation and Gemini has not been told, since telling it would make it answer, or would
 * cut off what it says. Lane only.
 */
final class PendingTurns {
    private static final int MOST = 256;
    /** The most that waits, in characters. */
    private static final int LONGEST = 16 << 20;

    private final GeminiModel model;
    private final Uplink uplink;
    private final InputAudio audio;
    private final List<ObjectNode> items = new ArrayList<>();
    private final List<byte[]> speech = new ArrayList<>();
    private long length;

    PendingTurns(GeminiModel model, Uplink uplink, InputAudio audio) {
        this.model = model;
        this.uplink = uplink;
        this.audio = audio;
    }

    boolean isEmpty() {
        return items.isEmpty() && speech.isEmpty();
    }

    /** Whether the conversation so far, beside what is asked now, is told before everything else. */
    boolean history(boolean ask) {
        return model.initialHistory() && (items.size() > 1 || (!ask && !items.isEmpty()));
    }

    /**
     * Refuses an item that cannot be told.
     *
     * @throws Refused if the model takes it at no time, or no more
     */
    void check(ObjectNode item) {
        boolean users = item.path("role").asString("user").equals("user")
                && item.path("type").asString("").equals("message");
        if (model.textInput() == TextInput.REALTIME && uplink.started() && !users) {
            throw Refused.unsupported(
                    "gemini",
                    "item.role",
                    "items that are not the user's once the conversation has begun, with the model '" + model.name()
                            + "'; add them before everything else");
        }
        if (model.textInput() == TextInput.REALTIME && item.path("content").findValue("audio") != null) {
            throw Refused.unsupported(
                    "gemini",
                    "item.content",
                    "audio in items with the model '" + model.name() + "'; send it by input_audio_buffer.append");
        }
        if (items.size() >= MOST || length + Conversation.characters(item) > LONGEST) {
            throw Refused.of(
                    "input_buffer_full",
                    "Too many items wait to be told to the model; ask for a response before adding more.",
                    "item");
        }
    }

    void add(ObjectNode item) {
        if (Conversation.turn(item) == null) {
            // It says nothing that a model could be told.
            return;
        }
        items.add(item);
        length += Conversation.characters(item);
    }

    /**
     * Refuses a turn of the client's for which there is no room.
     *
     * @throws Refused if too much waits
     */
    void check(long bytes) {
        if (speech.stream().mapToLong(pcm -> pcm.length).sum() + bytes > InputAudio.MOST_KEPT) {
            throw Refused.of(
                    "input_buffer_full",
                    "Too much committed audio waits to be asked about; ask for a response before committing more.",
                    null);
        }
    }

    /** A turn that the client has committed. */
    void add(byte[] pcm) {
        speech.add(pcm);
    }

    /** Tells Gemini what there is, without asking for an answer; where that cannot be done, it goes on waiting. */
    void mention() {
        if (items.isEmpty() || (uplink.started() && model.textInput() == TextInput.REALTIME)) {
            return;
        }
        boolean first = history(false) && !uplink.started();
        List<ObjectNode> turns = turns();
        uplink.send(Messages.content(turns, first), Waiting.Kind.CONTENT);
    }

    /**
     * Tells Gemini what there is, and asks for an answer.
     *
     * @param instructions for this answer, or null
     */
    void ask(@Nullable String instructions) {
        boolean begun = uplink.started();
        boolean seeds = !begun && history(true);
        List<ObjectNode> turns = turns();
        if (instructions != null) {
            int last = turns.isEmpty() ? 0 : turns.size() - 1;
            turns.add(last, Messages.turn("user", Messages.text(Conversation.instruction(instructions))));
        }
        if (seeds) {
            List<ObjectNode> before = turns.subList(0, turns.size() - 1);
            uplink.send(Messages.content(List.copyOf(before), true), Waiting.Kind.CONTENT);
            before.clear();
        }
        if (turns.isEmpty() && speech.isEmpty()) {
            nudge();
        } else if (model.textInput() == TextInput.CONTENT) {
            if (!turns.isEmpty()) {
                uplink.send(
                        Messages.content(turns, speech.isEmpty()),
                        speech.isEmpty() ? Waiting.Kind.QUESTION : Waiting.Kind.CONTENT);
            }
        } else {
            realtime(turns);
        }
        if (!speech.isEmpty()) {
            audio.sendTurn(List.copyOf(speech));
            speech.clear();
        }
    }

    private void realtime(List<ObjectNode> turns) {
        StringBuilder text = new StringBuilder();
        for (ObjectNode turn : turns) {
            for (JsonNode part : turn.path("parts")) {
                JsonNode blob = part.path("inlineData");
                if (blob.isObject()) {
                    uplink.send(
                            Messages.video(
                                    blob.path("mimeType").asString(""),
                                    blob.path("data").asString("")),
                            Waiting.Kind.CONTENT);
                } else {
                    text.append(text.isEmpty() ? "" : "\n")
                            .append(part.path("text").asString(""));
                }
            }
        }
        if (!text.isEmpty()) {
            uplink.send(Messages.realtimeText(text.toString()), Waiting.Kind.QUESTION);
        }
    }

    /** Makes the model speak though nothing new was said. */
    void nudge() {
        uplink.send(nudge(model), Waiting.Kind.QUESTION);
    }

    /** The message that makes a model speak. */
    static ObjectNode nudge(GeminiModel model) {
        return model.textInput() == TextInput.CONTENT
                ? Messages.content(List.of(Messages.turn("user", Messages.text(model.nudge()))), true)
                : Messages.realtimeText(model.nudge());
    }

    private List<ObjectNode> turns() {
        List<ObjectNode> turns = new ArrayList<>();
        for (ObjectNode item : items) {
            ObjectNode turn = Conversation.turn(item);
            if (turn != null) {
                turns.add(turn);
            }
        }
        items.clear();
        length = 0;
        return turns;
    }
}
