package dev.parley.local.engine;

import dev.parley.local.engine.InputAudio.Frame;
import dev.parley.local.settings.Refused;
import dev.parley.local.settings.TurnSettings;
import dev.parley.local.speech.SpeechDetector;
import dev.parley.local.work.LaneWork;
import dev.parley.local.work.Parts;
import dev.parley.local.work.Workers;
import dev.parley.protocol.EventType;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The user's turns: takes the audio that the client writes, finds turns in it or waits for the client's commit, and has
 * them recognised. Used on the lane.
 */
final class Turns {
    /** What is kept of audio without speech in it while the server looks for turns, in frames: 5 s. */
    private static final int KEPT = 250;

    /** The silence after which a turn may be over, in ms. */
    private static final int GUESS_MS = 200;

    /** What a session does about turns. */
    interface Listener {
        /** Somebody began to speak. */
        void speechStarted(TurnSettings settings);

        /** The buffer was committed as this item. */
        void committed(Item item, Hearing hearing, boolean byServer);
    }

    private final Parts parts;
    private final Workers workers;
    private final LaneWork lane;
    private final Outlet outlet;
    private final Listener listener;
    private final InputAudio input = new InputAudio();
    private final SpeechDetector detector;
    private @Nullable TurnSettings settings;
    private VoiceActivity activity;
    private @Nullable Hearing hearing;
    /** The turn so far, ended early while it is being waited whether it is over. */
    private @Nullable Hearing guess;
    /** The item that the turn which has begun will become. */
    private @Nullable String itemId;

    private boolean full;
    private boolean fullTold;

    Turns(Parts parts, Workers workers, LaneWork lane, Outlet outlet, TurnSettings settings, Listener listener) {
        this.parts = parts;
        this.workers = workers;
        this.lane = lane;
        this.outlet = outlet;
        this.listener = listener;
        this.settings = settings;
        detector = parts.detectors().get();
        activity = new VoiceActivity(settings.threshold(), settings.silenceDurationMs());
    }

    /** Takes up new settings; null: the client commits. */
    void settings(@Nullable TurnSettings changed) {
        if (java.util.Objects.equals(changed, settings)) {
            return;
        }
        settings = changed;
        activity = changed == null ? activity : new VoiceActivity(changed.threshold(), changed.silenceDurationMs());
        activity.reset();
        itemId = null;
        if (changed != null) {
            forgetHearing();
        } else if (hearing == null) {
            listenToBuffer(input.frameCount());
        }
    }

    /** @throws Refused if the buffer is full; what does not fit is lost */
    void append(byte[] pcm, int from, int length) {
        input.append(pcm, from, length, this::frame);
        if (full && !fullTold) {
            fullTold = true;
            throw Refused.of(
                    "input_audio_buffer_full",
                    "The input audio buffer holds " + InputAudio.MOST_MS / 1000
                            + " s; its oldest audio was dropped. Commit or clear it.",
                    "audio");
        }
    }

    private void frame(Frame frame) {
        TurnSettings turns = settings;
        boolean speakingBefore = activity.speaking();
        VoiceActivity.Change change =
                turns == null ? VoiceActivity.Change.NONE : activity.step(detector.accept(frame.pcm16k(), 0));
        if (turns == null || speakingBefore) {
            hear(frame);
        }
        if (turns == null) {
            bound();
            return;
        }
        if (input.bufferedMs() > InputAudio.MOST_MS && activity.speaking()) {
            // Nobody speaks for so long; a turn must end some time.
            stopped();
            return;
        }
        switch (change) {
            case STARTED -> started(turns);
            case STOPPED -> stopped();
            case NONE -> {
                if (activity.speaking()) {
                    guess();
                } else {
                    input.keepLast(Math.max(KEPT, frames(turns.prefixPaddingMs())));
                }
            }
        }
    }

    private void bound() {
        if (input.bufferedMs() > InputAudio.MOST_MS) {
            input.keepLast(InputAudio.MOST_MS / VoiceActivity.FRAME_MS);
            full = true;
        }
    }

    private void hear(Frame frame) {
        Hearing listening = hearing;
        if (listening == null) {
            listening = new Hearing(parts.ears(), workers, lane);
            hearing = listening;
        }
        listening.accept(frame.pcm16k());
    }

    /** Recognises the turn once it may be over, so that its text is there when it is known to be. */
    private void guess() {
        int silent = activity.silentMs();
        if (silent == 0 && guess != null) {
            guess.cancel();
            guess = null;
        }
        if (silent == GUESS_MS && parts.ears().decidesAtEnd()) {
            Hearing early = new Hearing(parts.ears(), workers, lane);
            input.frames().forEach(frame -> early.accept(frame.pcm16k()));
            early.end();
            guess = early;
        }
    }

    private static int frames(int ms) {
        return Math.ceilDiv(ms, VoiceActivity.FRAME_MS);
    }

    private void started(TurnSettings turns) {
        int speech = activity.framesSinceFirst();
        input.keepLast(speech + frames(turns.prefixPaddingMs()));
        String id = outlet.id("item");
        itemId = id;
        ObjectNode event = outlet.event(EventType.SPEECH_STARTED);
        event.put("audio_start_ms", input.writtenMs() - (long) input.frameCount() * VoiceActivity.FRAME_MS);
        outlet.send(event.put("item_id", id));
        listener.speechStarted(turns);
        listenToBuffer(input.frameCount());
    }

    private void listenToBuffer(int frames) {
        forgetHearing();
        int skipped = input.frameCount() - frames;
        for (Frame frame : input.frames()) {
            if (skipped-- <= 0) {
                hear(frame);
            }
        }
    }

    private void stopped() {
        ObjectNode event = outlet.event(EventType.SPEECH_STOPPED);
        outlet.send(event.put("audio_end_ms", input.writtenMs()).put("item_id", itemId));
        commit(true);
    }

    /** @throws Refused if there is too little to commit */
    void commit() {
        int ms = input.bufferedMs();
        if (ms < 100) {
            throw Refused.of(
                    "input_audio_buffer_commit_empty",
                    "Error committing input audio buffer: buffer too small. Expected at least 100ms of audio, but"
                            + " buffer only has " + ms + ".00ms of audio.",
                    null);
        }
        if (settings != null && hearing == null) {
            listenToBuffer(input.frameCount());
        }
        commit(false);
    }

    private void commit(boolean byServer) {
        String id = itemId == null ? outlet.id("item") : itemId;
        Hearing heard = hearing == null ? new Hearing(parts.ears(), workers, lane) : hearing;
        if (byServer && guess != null) {
            heard.cancel();
            heard = guess;
            guess = null;
        }
        hearing = null;
        forgetHearing();
        itemId = null;
        full = false;
        fullTold = false;
        activity.reset();
        listener.committed(Item.speech(id, input.take()), heard, byServer);
    }

    void clear() {
        full = false;
        fullTold = false;
        input.clear();
        activity.reset();
        itemId = null;
        forgetHearing();
    }

    private void forgetHearing() {
        if (hearing != null) {
            hearing.cancel();
            hearing = null;
        }
        if (guess != null) {
            guess.cancel();
            guess = null;
        }
    }

    boolean speaking() {
        return activity.speaking();
    }
}
