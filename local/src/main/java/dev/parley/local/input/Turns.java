package dev.parley.local.input;

import dev.parley.local.input.InputAudio.Frame;
import dev.parley.local.settings.ServerVad;
import dev.parley.local.settings.TurnSettings;
import dev.parley.local.speech.SpeechDetector;
import dev.parley.local.work.Parts;
import dev.parley.local.work.Workers;
import dev.parley.protocol.EventType;
import dev.parley.provider.reply.LaneWork;
import dev.parley.provider.reply.Outlet;
import dev.parley.provider.reply.Refused;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The user's turns: takes the audio that the client writes, finds turns in it or waits for the client's commit, and has
 * them recognised. Used on the lane.
 */
public final class Turns {
    /** What is kept of audio without speech in it while the server looks for turns, in frames: 5 s. */
    private static final int KEPT = 250;

    private static final EventType TIMEOUT_TRIGGERED = EventType.of("input_audio_buffer.timeout_triggered");

    /** What a session does about turns. */
    public interface Listener {
        /** Somebody began to speak. */
        void speechStarted(TurnSettings settings);

        /**
         * The buffer was committed as this item.
         *
         * @param pcm what was in it
         * @param settings of the server, if it was the one to find the end; null: the client committed
         */
        void committed(String itemId, byte[] pcm, Hearing hearing, @Nullable TurnSettings settings);

        /** Nobody spoke for as long as the session waits; the buffer was committed as this item. */
        void idle(String itemId, byte[] pcm);
    }

    private final Parts parts;
    private final Workers workers;
    private final LaneWork lane;
    private final Outlet outlet;
    private final Listener listener;
    private final InputAudio input = new InputAudio();
    private final SpeechDetector detector;
    private final EarlyHearing early;
    private final IdleTimeout idle;
    private @Nullable TurnSettings settings;
    private VoiceActivity activity;
    private @Nullable Hearing hearing;
    /** The item that the turn which has begun will become. */
    private @Nullable String itemId;

    private boolean full;
    private boolean fullTold;

    public Turns(Parts parts, Workers workers, LaneWork lane, Outlet outlet, TurnSettings settings, Listener listener) {
        this.parts = parts;
        this.workers = workers;
        this.lane = lane;
        this.outlet = outlet;
        this.listener = listener;
        this.settings = settings;
        detector = parts.detectors().get();
        activity = activity(settings);
        early = new EarlyHearing(parts, workers, lane);
        idle = new IdleTimeout(lane);
    }

    private static VoiceActivity activity(TurnSettings settings) {
        return new VoiceActivity(settings.threshold(), settings.longestSilenceMs());
    }

    /** Takes up new settings; null: the client commits. */
    public void settings(@Nullable TurnSettings changed) {
        if (Objects.equals(changed, settings)) {
            return;
        }
        settings = changed;
        idle.stop();
        activity = changed == null ? activity : activity(changed);
        activity.reset();
        itemId = null;
        if (changed != null) {
            forgetHearing();
        } else if (hearing == null) {
            listenToBuffer(input.frameCount());
        }
    }

    /**
     * Takes what the client writes.
     *
     * @throws Refused if the buffer is full; what does not fit is lost
     */
    public void append(byte[] pcm, int from, int length) {
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
        if (turns == null) {
            hear(frame);
            bound();
            return;
        }
        boolean speakingBefore = activity.speaking();
        VoiceActivity.Change change = activity.step(detector.accept(frame.pcm16k(), 0));
        if (speakingBefore) {
            hear(frame);
        }
        if (change == VoiceActivity.Change.STARTED) {
            started(turns);
        } else if (change == VoiceActivity.Change.STOPPED) {
            stopped(turns);
        } else if (!activity.speaking()) {
            input.keepLast(Math.max(KEPT, frames(turns.prefixPaddingMs())));
        } else if (input.bufferedMs() > InputAudio.MOST_MS) {
            // Nobody speaks for so long; a turn must end some time.
            stopped(turns);
        } else {
            early.step(activity.silentMs(), input.frames());
            if (activity.silentMs() > 0 && activity.silentMs() >= turns.completeSilenceMs() && early.complete()) {
                stopped(turns);
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

    private static int frames(int ms) {
        return Math.ceilDiv(ms, VoiceActivity.FRAME_MS);
    }

    private void started(TurnSettings turns) {
        idle.stop();
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

    private void stopped(TurnSettings turns) {
        ObjectNode event = outlet.event(EventType.SPEECH_STOPPED);
        outlet.send(event.put("audio_end_ms", input.writtenMs()).put("item_id", itemId));
        commit(turns);
    }

    /**
     * Commits the buffer for the client.
     *
     * @throws Refused if there is too little to commit
     */
    public void commit() {
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
        commit(null);
    }

    private void commit(@Nullable TurnSettings byServer) {
        idle.stop();
        String id = itemId == null ? outlet.id("item") : itemId;
        Hearing heard = hearing == null ? new Hearing(parts.ears(), workers, lane) : hearing;
        Hearing ended = byServer == null ? null : early.take();
        if (ended != null) {
            heard.cancel();
            heard = ended;
        }
        hearing = null;
        byte[] pcm = input.take();
        reset();
        listener.committed(id, pcm, heard, byServer);
    }

    /** Forgets what was not committed. */
    public void clear() {
        input.clear();
        reset();
    }

    /** Stops all work. */
    public void abandon() {
        clear();
        idle.stop();
    }

    private void reset() {
        full = false;
        fullTold = false;
        activity.reset();
        itemId = null;
        forgetHearing();
    }

    private void forgetHearing() {
        if (hearing != null) {
            hearing.cancel();
            hearing = null;
        }
        early.forget();
    }

    /** A response to the conversation has begun. */
    public void responseStarted() {
        idle.stop();
    }

    /**
     * A response to the conversation has ended.
     *
     * @param playback until it has been heard out
     */
    public void responseEnded(Duration playback) {
        Integer ms = settings instanceof ServerVad vad ? vad.idleTimeoutMs() : null;
        if (ms != null && !activity.speaking()) {
            long[] start = {input.writtenMs()};
            idle.start(playback, Duration.ofMillis(ms), () -> start[0] = input.writtenMs(), () -> timedOut(start[0]));
        }
    }

    private void timedOut(long startMs) {
        String id = outlet.id("item");
        long endMs = input.writtenMs();
        ObjectNode event = outlet.event(TIMEOUT_TRIGGERED);
        outlet.send(
                event.put("audio_start_ms", startMs).put("audio_end_ms", endMs).put("item_id", id));
        input.keepLast(Math.toIntExact((endMs - startMs) / VoiceActivity.FRAME_MS));
        byte[] pcm = input.take();
        reset();
        listener.idle(id, pcm);
    }
}
