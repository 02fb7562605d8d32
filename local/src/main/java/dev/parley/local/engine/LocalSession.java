package dev.parley.local.engine;

import dev.parley.local.input.Hearing;
import dev.parley.local.input.Turns;
import dev.parley.local.settings.ResponseSettings;
import dev.parley.local.settings.SessionSettings;
import dev.parley.local.settings.TurnSettings;
import dev.parley.local.work.Parts;
import dev.parley.local.work.Workers;
import dev.parley.protocol.EventType;
import dev.parley.provider.reply.LaneWork;
import dev.parley.provider.reply.Outlet;
import dev.parley.provider.reply.Refused;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One session: its settings, and how its turns lead to items and responses. All of it on the lane. */
final class LocalSession implements Turns.Listener, Responses.Listener {
    private final Outlet outlet;
    private final SessionSettings settings;
    private final Conversation conversation = new Conversation();
    private final Recognition recognition;
    private final Responses responses;
    private final ConversationItems items;
    private final Turns turns;

    /**
     * A session that has not been announced.
     *
     * @param transcription whether it only transcribes
     * @param longest after which it expires
     */
    LocalSession(
            Parts parts,
            Workers workers,
            LaneWork lane,
            Outlet outlet,
            String model,
            boolean transcription,
            Duration longest) {
        this.outlet = outlet;
        long expires = (lane.lane().epochMillis() + longest.toMillis()) / 1000;
        settings = new SessionSettings(outlet.id("sess"), model, expires, transcription);
        recognition = new Recognition(parts, workers, lane, outlet, settings::transcribes);
        responses = new Responses(parts, workers, lane, outlet, conversation, this);
        items = new ConversationItems(outlet, conversation, recognition, responses);
        turns = new Turns(parts, workers, lane, outlet, TurnSettings.DEFAULT, this);
    }

    void created() {
        tellSession(EventType.SESSION_CREATED);
    }

    private void tellSession(EventType type) {
        ObjectNode event = outlet.event(type);
        event.set("session", settings.json());
        outlet.send(event);
    }

    void update(ObjectNode session) {
        if (conversation.lastId() != null) {
            settings.fixType();
        }
        settings.update(session, responses.voiceHeard());
        turns.settings(settings.turns());
        tellSession(EventType.SESSION_UPDATED);
    }

    /** The items of the conversation, of a session that has one to be written to. */
    ConversationItems items() {
        return items;
    }

    /** Whether there are no responses and nothing but the user's speech. */
    boolean transcribesOnly() {
        return settings.transcribesOnly();
    }

    void append(byte[] pcm, int from, int length) {
        settings.fixType();
        turns.append(pcm, from, length);
    }

    void commit() {
        turns.commit();
    }

    void clear() {
        turns.clear();
        outlet.send(outlet.event(EventType.INPUT_AUDIO_CLEARED));
    }

    @Override
    public void speechStarted(TurnSettings found) {
        if (found.interruptResponse()) {
            responses.interrupt("turn_detected");
        }
    }

    @Override
    public void committed(String itemId, byte[] pcm, Hearing hearing, @Nullable TurnSettings found) {
        Item item = Item.speech(itemId, pcm);
        items.committed(item);
        recognition.turn(item, hearing, conversation);
        if (found != null && found.createResponse() && !settings.transcribesOnly()) {
            responses.answer(ResponseSettings.of(settings));
        }
    }

    @Override
    public void idle(String itemId, byte[] pcm) {
        Item item = Item.silence(itemId, pcm);
        items.committed(item);
        recognition.nothing(item);
        responses.answer(ResponseSettings.of(settings));
    }

    @Override
    public void responseStarted() {
        turns.responseStarted();
    }

    @Override
    public void responseEnded(Duration playback) {
        turns.responseEnded(playback);
    }

    /**
     * Starts a response.
     *
     * @param overrides null: as the session has it
     * @param words what it says, whatever it would answer; null: it answers
     */
    void respond(@Nullable ObjectNode overrides, @Nullable String words) {
        settings.fixType();
        ResponseSettings asked = overrides == null
                ? ResponseSettings.of(settings)
                : ResponseSettings.of(settings, overrides, responses.voiceHeard());
        responses.check(asked.alone());
        JsonNode input = asked.input();
        if (words == null) {
            responses.create(asked, input == null ? null : items.input(input));
        } else {
            responses.say(asked, words);
        }
    }

    void cancel(@Nullable String responseId) {
        boolean found = responseId == null ? responses.interrupt("client_cancelled") : responses.cancel(responseId);
        if (!found) {
            throw Refused.of("response_cancel_not_active", "Cancellation failed: no active response found", null);
        }
    }

    void pause(boolean on) {
        responses.pause(on);
    }

    /** Stops all work without a word. */
    void abandon() {
        responses.abandon();
        turns.abandon();
        recognition.abandon();
    }
}
