package dev.parley.local.engine;

import dev.parley.local.mind.Responder;
import dev.parley.local.mind.ResponderException;
import dev.parley.local.settings.ModelSettings;
import dev.parley.local.settings.ResponseSettings;
import dev.parley.local.work.LaneWork;
import dev.parley.local.work.Parts;
import dev.parley.local.work.Workers;
import dev.parley.protocol.EventType;
import dev.parley.protocol.Json;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One response from {@code response.created} to {@code response.done}: asks the mind, and puts out what it says in
 * order, as text or speech. Used on the lane.
 */
final class ResponseRun implements Voicing.Sink {
    private static final Logger LOG = LoggerFactory.getLogger(ResponseRun.class);
    /** The most text of one response, in characters, whatever the mind says. */
    private static final int MOST_TEXT = 64_000;

    /** What the mind said and has not been put out. */
    private sealed interface Step {}

    private record Say(String text) implements Step {}

    private record Call(String name, String arguments) implements Step {}

    /** The end, with what went wrong, or null. */
    private record End(@Nullable ObjectNode error) implements Step {}

    private final Parts parts;
    private final Workers workers;
    private final LaneWork lane;
    private final Outlet outlet;
    private final ResponseSettings settings;
    private final Consumer<ResponseRun> whenDone;
    private final String id;
    private final ObjectNode response;
    private final OutputScope scope;

    private final Deque<Step> steps = new ArrayDeque<>();
    private final Sentences sentences = new Sentences(text -> steps.add(new Say(text)));
    private @Nullable OutputMessage message;
    private @Nullable Voicing voicing;
    private boolean spoken;
    private boolean paused;
    private boolean advancing;
    private boolean capped;
    private int outputs;
    private int taken;
    private int inputText;
    private int inputAudio;
    private int outputText;
    private int outputAudioMs;
    private Runnable thinking = () -> {};
    private volatile boolean over;

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
        id = outlet.id("resp");
        response = settings.response(id, conversation == null ? null : conversationId);
        scope = new OutputScope(outlet, id, conversation, (ArrayNode) response.path("output"));
    }

    String id() {
        return id;
    }

    /** Whether this item is the one being put out. */
    boolean puttingOut(Item item) {
        return message != null && message.id().equals(item.id());
    }

    void created() {
        outlet.send(event(EventType.RESPONSE_CREATED));
    }

    /** Asks the mind about these items, which have all been recognised. */
    void think(List<Item> items) {
        if (over) {
            return;
        }
        inputText = Usage.text(settings.instructions().length()
                + settings.json().path("tools").toString().length()
                - 2);
        for (Item item : items) {
            inputText += item.textTokens();
            inputAudio += item.audioTokens();
        }
        Responder.Request request = new Responder.Request(
                settings.instructions(),
                Conversation.turns(items),
                ModelSettings.toolsOf(settings.json()),
                ModelSettings.choiceOf(settings.json()),
                settings.maxTokens());
        thinking = workers.think(() -> ask(request));
    }

    /** On a worker. */
    private void ask(Responder.Request request) {
        ObjectNode error = null;
        try {
            parts.responder().reply(request, new Responder.Sink() {
                @Override
                public boolean text(String piece) {
                    return give(() -> said(piece));
                }

                @Override
                public boolean call(String name, String arguments) {
                    return give(() -> called(name, arguments));
                }
            });
        } catch (ResponderException e) {
            error = error(e.code(), e.getMessage());
        } catch (RuntimeException | Error e) {
            if (!over) {
                LOG.warn("The mind failed: {}", e.getClass().getName());
            }
            error = error("mind_failed", "The mind failed to answer.");
        }
        ObjectNode outcome = error;
        give(() -> answered(outcome));
    }

    private boolean give(Runnable step) {
        if (!over) {
            lane.post(() -> {
                if (!over) {
                    step.run();
                    advance();
                }
            });
        }
        return !over;
    }

    private static ObjectNode error(String code, @Nullable String text) {
        return Json.object().put("type", "server_error").put("code", code).put("message", text);
    }

    private void said(String piece) {
        taken += piece.length();
        if (taken > MOST_TEXT) {
            capped = true;
            thinking.run();
        } else if (settings.speaks()) {
            sentences.add(piece);
        } else if (!piece.isEmpty()) {
            steps.add(new Say(piece));
        }
    }

    private void called(String name, String arguments) {
        sentences.flush();
        steps.add(new Call(name, arguments));
    }

    private void answered(@Nullable ObjectNode error) {
        sentences.flush();
        // What it was stopped for is no fault of the mind.
        steps.add(new End(capped ? null : error));
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
            Step step = steps.peekFirst();
            if (step instanceof Say say) {
                steps.removeFirst();
                say(say.text());
                continue;
            }
            if (!messageClosed()) {
                return;
            }
            steps.removeFirst();
            if (step instanceof Call call) {
                outputText += Usage.text(call.name().length() + call.arguments().length());
                OutputCall.send(scope, outputs++, call.name(), call.arguments());
            } else if (step instanceof End end) {
                finish(end);
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

    private OutputMessage open() {
        OutputMessage known = message;
        if (known == null) {
            known = new OutputMessage(scope, outputs++, settings.speaks());
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
        OutputMessage open = message;
        if (voicing != null) {
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
        finish(new End(error("voice_failed", "The voice failed to speak.")));
    }

    /** Ends the response once it has as many tokens as it may. */
    private void limit() {
        OutputMessage open = message;
        if (open == null || over) {
            return;
        }
        int tokens = outputText + Usage.text(open.characters()) + Usage.assistantAudio(outputAudioMs + open.audioMs());
        if (tokens >= settings.maxTokens()) {
            end("incomplete", Json.object().put("type", "incomplete").put("reason", "max_output_tokens"));
        }
    }

    private void finish(End end) {
        if (end.error() == null) {
            end("completed", null);
        } else {
            ObjectNode details = Json.object().put("type", "failed");
            details.set("error", end.error());
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
        thinking.run();
        if (voicing != null) {
            voicing.stop();
        }
    }

    private void end(String status, @Nullable ObjectNode details) {
        if (over) {
            return;
        }
        over = true;
        thinking.run();
        close(status.equals("completed") ? "completed" : "incomplete");
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
