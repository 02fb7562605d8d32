package dev.parley.local.engine;

import dev.parley.local.input.Hearing;
import dev.parley.local.input.InputAudio;
import dev.parley.local.speech.Transcript;
import dev.parley.local.work.Parts;
import dev.parley.local.work.Workers;
import dev.parley.protocol.EventType;
import dev.parley.provider.reply.LaneWork;
import dev.parley.provider.reply.Outlet;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.node.ObjectNode;

/** The items whose speech is being recognised: files what was heard, and tells it where that was asked for. On the lane. */
final class Recognition {
    private final Parts parts;
    private final Workers workers;
    private final LaneWork lane;
    private final Outlet outlet;
    private final BooleanSupplier told;
    private final Map<Item, Hearing> hearings = new HashMap<>();

    /** @param told whether the session asks for transcripts, at the time */
    Recognition(Parts parts, Workers workers, LaneWork lane, Outlet outlet, BooleanSupplier told) {
        this.parts = parts;
        this.workers = workers;
        this.lane = lane;
        this.outlet = outlet;
        this.told = told;
    }

    /** Takes up a turn whose audio has been heard along: it ends here. */
    void turn(Item item, Hearing hearing, Conversation home) {
        await(item, hearing, home, true);
        hearing.end();
    }

    /** Recognises an item that came with its audio, unless it needs no recognition or is being recognised. */
    void item(Item item, Conversation home, boolean tell) {
        if (!item.pending() || hearings.containsKey(item)) {
            return;
        }
        Hearing hearing = new Hearing(parts.ears(), workers, lane);
        byte[] pcm = item.pcm();
        await(item, hearing, home, tell);
        workers.compute(() -> {
            new InputAudio().append(pcm, 0, pcm.length, frame -> hearing.accept(frame.pcm16k()));
            hearing.end();
        });
    }

    /** Tells of an item in which there was nothing to be recognised. */
    void nothing(Item item) {
        if (told.getAsBoolean()) {
            completed(item, "");
        }
    }

    private void await(Item item, Hearing hearing, Conversation home, boolean tell) {
        hearings.put(item, hearing);
        hearing.tell(transcript -> {
            if (hearings.remove(item) == null) {
                return;
            }
            if (tell && told.getAsBoolean()) {
                tell(item, transcript);
            }
            home.heard(item, transcript.understood() ? transcript.text() : "", transcript.understood());
        });
    }

    private void tell(Item item, Transcript transcript) {
        if (!transcript.understood()) {
            ObjectNode failed = event(EventType.INPUT_TRANSCRIPT_FAILED, item);
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
            ObjectNode delta = event(EventType.INPUT_TRANSCRIPT_DELTA, item);
            outlet.send(delta.put("delta", i == 0 ? words[i] : " " + words[i]));
        }
        completed(item, transcript.text());
    }

    private void completed(Item item, String text) {
        ObjectNode completed = event(EventType.INPUT_TRANSCRIPT_COMPLETED, item);
        completed.put("transcript", text);
        completed.putObject("usage").put("type", "duration").put("seconds", Math.ceilDiv(item.audioMs(), 1000));
        outlet.send(completed);
    }

    private ObjectNode event(EventType type, Item item) {
        return outlet.event(type).put("item_id", item.id()).put("content_index", item.audioIndex());
    }

    /** Gives up what is still to be heard of an item. */
    void forget(Item item) {
        Hearing hearing = hearings.remove(item);
        if (hearing != null) {
            hearing.cancel();
            // A response that answers to it must not wait for its words.
            item.heard("", false);
        }
    }

    /** Gives everything up. */
    void abandon() {
        hearings.values().forEach(Hearing::cancel);
        hearings.clear();
    }
}
