package dev.parley.local.engine;

import dev.parley.local.mind.Responder;
import dev.parley.local.settings.ResponseSettings;
import dev.parley.local.voice.Voicing;
import dev.parley.local.work.Parts;
import dev.parley.local.work.Workers;
import dev.parley.protocol.EventType;
import dev.parley.protocol.Json;
import dev.parley.provider.reply.LaneWork;
import dev.parley.provider.reply.Outlet;
import dev.parley.provider.reply.OutputCall;
import dev.parley.provider.reply.OutputScope;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One response from {@code response.created} to {@code response.done}: puts out what the mind says in order, as text or
 * speech. Used on the lane.
 */
final class ResponseRun implements Voicing.Sink {
    private final Parts parts;
    private final Workers workers;
    private final LaneWork lane;
    private final Outlet outlet;
    private final ResponseSettings settings;
    private final Consumer<ResponseRun> whenDone;
    private final String id;
    private final ObjectNode response;
    private final OutputScope scope;
    private final @Nullable Conversation conversation;
    private final Thought thought;

    /** What the mind said and has not been put out. */
    private final Deque<Thought.Step> steps = new ArrayDeque<>();

    private @Nullable Speech message;
    private @Nullable Voicing voicing;
    private boolean spoken;
    private boolean paused;
    private boolean advancing;
    private boolean over;
    private int outputs;
    private int inputText;
    private int inputAudio;
    private int outputText;
    private int outputAudioMs;
    private Duration playback = Duration.ZERO;

    /** @param conversation null for a response outside of it */
    ResponseRun(
            Parts parts,
            Workers workers,
            LaneWork lane,
            Outlet outlet,
            ResponseSettings settings,
            @Nullable Conversation conversation,
            @Nullable String conversationId,
            Consumer<ResponseRun> whenDone) {
        this.parts = parts;
        this.workers = workers;
        this.lane = lane;
        this.outlet = outlet;
        this.settings = settings;
        this.whenDone = whenDone;
        this.conversation = conversation;
        id = outlet.id("resp");
        response = settings.response(id, conversation == null ? null : conversationId);
        scope = new OutputScope(outlet, id, conversation, (ArrayNode) response.path("output"));
        thought = new Thought(parts, workers, lane, settings.speaks(), this::take);
    }

    String id() {
        return id;
    }

    /** This item's message, if it is the one being put out. */
    @Nullable
    Speech puttingOut(Item item) {
        return message != null && message.id().equals(item.id()) ? message : null;
    }

    /** The voice that it was heard in, or null. */
    @Nullable
    String voiceHeard() {
        return outputAudioMs > 0 || (message != null && message.audioMs() > 0) ? settings.voice() : null;
    }

    /** Once it has ended: how long its audio still plays; nothing, if it was cancelled. */
    Duration playback() {
        return playback;
    }

    void created() {
        outlet.send(event(EventType.RESPONSE_CREATED));
    }

    /** Asks the mind about these items, which have all been recognised. */
    void think(List<Item> items) {
        inputText = Usage.text(settings.characters());
        for (Item item : items) {
            inputText += item.textTokens();
            inputAudio += item.audioTokens();
        }
        thought.begin(new Responder.Request(
                settings.instructions(),
                Conversation.turns(items),
                settings.tools(),
                settings.toolChoice(),
                settings.parallelCalls(),
                settings.maxTokens()));
    }

    /** Says these words, whatever the mind would say. */
    void read(String words) {
        thought.given(words);
    }

    private void take(Thought.Step step) {
        steps.add(step);
        advance();
    }

    /** Puts out what can be put out now. */
    private void advance() {
        if (advancing) {
            return;
        }
        advancing = true;
        try {
            putOut();
        } finally {
            advancing = false;
        }
    }

    private void putOut() {
        while (!over && !steps.isEmpty()) {
            Thought.Step step = steps.peekFirst();
            if (step instanceof Thought.Say say) {
                steps.removeFirst();
                say(say.text());
                continue;
            }
            if (!messageClosed()) {
                return;
            }
            steps.removeFirst();
            if (step instanceof Thought.Call call) {
                call(call);
            } else if (step instanceof Thought.End end) {
                finish(end.error());
            }
        }
    }

    private void say(String text) {
        if (settings.speaks()) {
            Voicing voice = voicing;
            if (voice == null) {
                voice = new Voicing(parts, settings.voice(), workers, lane, this);
                voice.pause(paused);
                voicing = voice;
                spoken = false;
            }
            open();
            voice.say(text);
        } else {
            open().text(text);
            limit();
        }
    }

    private void call(Thought.Call call) {
        int tokens = Usage.text(call.name().length() + call.arguments().length());
        if (outputText + Usage.assistantAudio(outputAudioMs) + tokens > settings.maxTokens()) {
            tooLong();
        } else {
            outputText += tokens;
            OutputCall.send(scope, outputs++, outlet.id("call"), call.name(), call.arguments());
        }
    }

    private Speech open() {
        Speech known = message;
        if (known == null) {
            known = new Speech(scope, outputs++, settings.speaks(), conversation);
            message = known;
        }
        return known;
    }

    /** Closes the message if all of it has left; answers whether none is open. */
    private boolean messageClosed() {
        if (message == null) {
            return true;
        }
        if (voicing != null && !spoken) {
            voicing.end();
            return !over && message == null;
        }
        close("completed");
        return true;
    }

    private void close(String status) {
        Speech open = message;
        if (voicing != null) {
            playback = voicing.ahead();
            voicing.stop();
            voicing = null;
        }
        if (open != null) {
            message = null;
            outputText += Usage.text(open.characters());
            outputAudioMs += open.audioMs();
            open.close(status);
        }
    }

    @Override
    public void sentence(String text) {
        if (message != null) {
            message.text(text);
            limit();
        }
    }

    @Override
    public void audio(byte[] pcm) {
        if (message != null) {
            message.audio(pcm);
            limit();
        }
    }

    @Override
    public void spoken() {
        spoken = true;
        close("completed");
        advance();
    }

    @Override
    public void failed() {
        close("incomplete");
        finish(Thought.error("voice_failed", "The voice failed to speak."));
    }

    /** Ends the response once it has as many tokens as it may. */
    private void limit() {
        Speech open = message;
        if (open == null || over) {
            return;
        }
        int tokens = outputText + Usage.text(open.characters()) + Usage.assistantAudio(outputAudioMs + open.audioMs());
        if (tokens >= settings.maxTokens()) {
            tooLong();
        }
    }

    private void tooLong() {
        end("incomplete", Json.object().put("type", "incomplete").put("reason", "max_output_tokens"));
    }

    private void finish(@Nullable ObjectNode error) {
        if (error == null) {
            end("completed", null);
        } else {
            ObjectNode details = Json.object().put("type", "failed");
            details.set("error", error);
            end("failed", details);
        }
    }

    /**
     * Ends the response early.
     *
     * @param reason {@code turn_detected} or {@code client_cancelled}
     */
    void cancel(String reason) {
        end("cancelled", Json.object().put("type", "cancelled").put("reason", reason));
    }

    /** Stops all work without a word, since nobody listens any more. */
    void abandon() {
        over = true;
        thought.stop();
        if (voicing != null) {
            voicing.stop();
        }
    }

    private void end(String status, @Nullable ObjectNode details) {
        if (over) {
            return;
        }
        over = true;
        thought.stop();
        close(status.equals("completed") ? "completed" : "incomplete");
        if (status.equals("cancelled")) {
            playback = Duration.ZERO;
        }
        response.put("status", status);
        if (details != null) {
            response.set("status_details", details);
        }
        response.set("usage", new Usage(inputText, inputAudio, outputText, Usage.assistantAudio(outputAudioMs)).json());
        outlet.send(event(EventType.RESPONSE_DONE));
        whenDone.accept(this);
    }

    private ObjectNode event(EventType type) {
        ObjectNode event = outlet.event(type);
        event.set("response", response.deepCopy());
        return event;
    }

    /** Holds back audio, or goes on. */
    void pause(boolean on) {
        paused = on;
        if (voicing != null) {
            voicing.pause(on);
        }
    }
}
