package dev.parley.local.engine;

import dev.parley.local.settings.Fields;
import dev.parley.local.settings.Refused;
import dev.parley.local.settings.ResponseSettings;
import dev.parley.local.settings.SessionSettings;
import dev.parley.local.settings.TurnSettings;
import dev.parley.local.speech.Transcript;
import dev.parley.local.work.LaneWork;
import dev.parley.local.work.Parts;
import dev.parley.local.work.Workers;
import dev.parley.protocol.EventType;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** One session: what each client event does. All of it on the lane. */
final class LocalSession implements Turns.Listener {
    private static final int SECONDS_A_YEAR = 365 * 24 * 3600;

    private final Parts parts;
    private final Workers workers;
    private final LaneWork lane;
    private final Outlet outlet;
    private final SessionSettings settings;
    private final Conversation conversation = new Conversation();
    private final Responses responses;
    private final Turns turns;
    private final Map<Item, Hearing> hearings = new HashMap<>();
    private boolean voiceUsed;

    LocalSession(Parts parts, Workers workers, LaneWork lane, Outlet outlet, String model) {
        this.parts = parts;
        this.workers = workers;
        this.lane = lane;
        this.outlet = outlet;
        // A session here does not end by itself; the field is there for clients that read it.
        long expires = lane.lane().epochMillis() / 1000 + SECONDS_A_YEAR;
        settings = new SessionSettings(outlet.id("sess"), model, expires);
        responses = new Responses(parts, workers, lane, outlet, conversation);
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

    void update(Fields session) {
        settings.update(session, voiceUsed);
        turns.settings(settings.turns());
        tellSession(EventType.SESSION_UPDATED);
    }

    void append(byte[] pcm, int from, int length) {
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
    public void committed(Item item, Hearing hearing, boolean byServer) {
        ObjectNode event = outlet.event(EventType.INPUT_AUDIO_COMMITTED);
        outlet.send(event.put("previous_item_id", conversation.lastId()).put("item_id", item.id()));
        announce(item, conversation.append(item));
        recognise(item, hearing, conversation);
        hearing.end();
        TurnSettings found = settings.turns();
        if (byServer && found != null && found.createResponse()) {
            respond(ResponseSettings.of(settings), null, true);
        }
    }

    private void announce(Item item, @Nullable String previous) {
        for (EventType type : new EventType[] {EventType.ITEM_ADDED, EventType.ITEM_DONE}) {
            ObjectNode event = outlet.event(type);
            event.put("previous_item_id", previous).set("item", item.json().deepCopy());
            outlet.send(event);
        }
    }

    private void recognise(Item item, Hearing hearing, Conversation home) {
        hearings.put(item, hearing);
        hearing.tell(transcript -> {
            if (hearings.remove(item) == null) {
                return;
            }
            if (home == conversation && settings.transcribes()) {
                tellTranscript(item, transcript);
            }
            home.heard(item, transcript.understood() ? transcript.text() : "", transcript.understood());
        });
    }

    private void tellTranscript(Item item, Transcript transcript) {
        if (!transcript.understood()) {
            ObjectNode failed = transcription(EventType.INPUT_TRANSCRIPT_FAILED, item);
            // Every field a string: clients that check events drop one with a null here.
            failed.putObject("error")
                    .put("type", "transcription_error")
                    .put("code", "audio_unintelligible")
                    .put("message", "The audio could not be transcribed.");
            outlet.send(failed);
            return;
        }
        String[] words = transcript.text().split(" ", -1);
        for (int i = 0; i < words.length; i++) {
            ObjectNode delta = transcription(EventType.INPUT_TRANSCRIPT_DELTA, item);
            outlet.send(delta.put("delta", i == 0 ? words[i] : " " + words[i]));
        }
        ObjectNode completed = transcription(EventType.INPUT_TRANSCRIPT_COMPLETED, item);
        completed.put("transcript", transcript.text());
        completed.putObject("usage").put("type", "duration").put("seconds", Math.ceilDiv(item.audioMs(), 1000));
        outlet.send(completed);
    }

    private ObjectNode transcription(EventType type, Item item) {
        return outlet.event(type).put("item_id", item.id()).put("content_index", 0);
    }

    /** Takes an item; {@code previousId} null: at the end. */
    void create(Fields sent, @Nullable String previousId) {
        Item item = ItemReader.read(sent, outlet.id("item"));
        if (conversation.find(item.id()) != null) {
            throw Refused.of(
                    "item_create_duplicate_item_id",
                    "Error adding item: an item with id '" + item.id() + "' already exists.",
                    "item.id");
        }
        if (item.type().equals("function_call_output") && !conversation.hasCall(item.callId())) {
            throw Refused.of(
                    "invalid_tool_call_id",
                    "Tool call ID '" + item.callId() + "' not found in conversation.",
                    "item.call_id");
        }
        announce(item, place(item, previousId));
        hear(item, conversation);
    }

    private @Nullable String place(Item item, @Nullable String previousId) {
        if (previousId == null) {
            return conversation.append(item);
        }
        if (previousId.equals("root")) {
            return conversation.insertAfter(null, item);
        }
        Item previous = conversation.find(previousId);
        if (previous == null) {
            throw unknown("create", "previous_item_id", previousId);
        }
        return conversation.insertAfter(previous, item);
    }

    private void hear(Item item, Conversation home) {
        if (item.pending()) {
            Hearing hearing = new Hearing(parts.ears(), workers, lane);
            byte[] pcm = item.pcm();
            recognise(item, hearing, home);
            workers.compute(() -> {
                new InputAudio().append(pcm, 0, pcm.length, frame -> hearing.accept(frame.pcm16k()));
                hearing.end();
            });
        }
    }

    private static Refused unknown(String verb, String param, String id) {
        return Refused.of(
                "item_" + verb + "_invalid_" + (verb.equals("create") ? "previous_item_id" : "item_id"),
                "Error: there is no item with id '" + id + "' in the conversation.",
                param);
    }

    private Item find(String verb, String id) {
        Item item = conversation.find(id);
        if (item == null) {
            throw unknown(verb, "item_id", id);
        }
        return item;
    }

    void retrieve(String id) {
        Item item = find("retrieve", id);
        ObjectNode event = outlet.event(EventType.ITEM_RETRIEVED);
        event.set("item", item.retrieved());
        outlet.send(event);
    }

    void truncate(String id, int contentIndex, int audioEndMs) {
        Item item = find("truncate", id);
        boolean running = responses.puttingOut(item);
        if (!running && !item.isAssistantAudio()) {
            throw Refused.value("item_id", "Only model output audio messages can be truncated.");
        }
        if (contentIndex != 0) {
            throw Refused.value("content_index", "The message has one part of content; its index is 0.");
        }
        if (!running && audioEndMs > item.audioMs()) {
            throw tooShort(item.audioMs(), audioEndMs);
        }
        if (running) {
            responses.interrupt("client_cancelled");
        }
        item.truncate(Math.min(audioEndMs, item.audioMs()));
        ObjectNode event = outlet.event(EventType.ITEM_TRUNCATED);
        event.put("item_id", id).put("content_index", contentIndex).put("audio_end_ms", audioEndMs);
        outlet.send(event);
    }

    private static Refused tooShort(int ms, int asked) {
        return Refused.value("audio_end_ms", "Audio content of " + ms + "ms is already shorter than " + asked + "ms");
    }

    void delete(String id) {
        Item item = find("delete", id);
        if (responses.puttingOut(item)) {
            responses.interrupt("client_cancelled");
        }
        Hearing hearing = hearings.remove(item);
        if (hearing != null) {
            hearing.cancel();
        }
        conversation.remove(item);
        outlet.send(outlet.event(EventType.ITEM_DELETED).put("item_id", id));
    }

    void respond(@Nullable Fields overrides) {
        ResponseSettings asked =
                overrides == null ? ResponseSettings.of(settings) : ResponseSettings.of(settings, overrides);
        responses.check(asked.alone());
        Conversation context = overrides != null && overrides.given("input") ? context(overrides) : null;
        respond(asked, context, false);
    }

    private void respond(ResponseSettings asked, @Nullable Conversation context, boolean turn) {
        voiceUsed |= asked.speaks();
        if (turn) {
            responses.answer(asked);
        } else {
            responses.create(asked, context);
        }
    }

    private Conversation context(Fields overrides) {
        Conversation context = new Conversation();
        int count = overrides.array("input").size();
        for (int i = 0; i < count; i++) {
            Fields element = overrides.element("input", i);
            if (element.raw("type").asString("").equals("item_reference")) {
                element.only(Set.of("type", "id"));
                Item known = conversation.find(element.string("id"));
                if (known == null) {
                    throw Refused.value(element.at("id"), "There is no such item in the conversation.");
                }
                context.append(known);
            } else {
                context.append(ItemReader.read(element, outlet.id("item")));
            }
        }
        for (Item item : context.items()) {
            if (!hearings.containsKey(item)) {
                hear(item, context);
            }
        }
        return context;
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
        turns.clear();
        hearings.values().forEach(Hearing::cancel);
        hearings.clear();
    }
}
