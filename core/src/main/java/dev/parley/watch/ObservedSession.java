package dev.parley.watch;

import dev.parley.RealtimeAudioFormat;
import dev.parley.RealtimeSessionStats;
import dev.parley.leg.CloseReason;
import dev.parley.leg.Failure;
import dev.parley.protocol.AudioEvent;
import dev.parley.protocol.ControlEvent;
import dev.parley.protocol.EventType;
import dev.parley.protocol.ItemKey;
import dev.parley.session.Floor;
import dev.parley.session.SessionTerms;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What is seen of one session. Safe for use by all threads; what is not public belongs to the session's lane, makes nothing
 * for an event with audio, and never waits.
 */
public final class ObservedSession {
    /** Where a session is in its life. */
    public enum State {
        /** Its provider is being connected. */
        CONNECTING,
        /** Both sides are connected. */
        LIVE,
        /** Its end is decided, or has come. */
        ENDING
    }

    /** Who speaks in a session. */
    public enum Speaker {
        USER,
        MODEL,
        NOBODY
    }

    private final SessionTerms.Caller caller;
    private final Optional<String> agent;
    private final Floor floor;
    private final Runnable forget;
    private final Transcript transcript = new Transcript();
    private final VoiceToVoice waits;
    private final AtomicLong errors = new AtomicLong();
    private final AtomicLong inputTokens = new AtomicLong();
    private final AtomicLong outputTokens = new AtomicLong();
    /** When what was delivered will have been played in real time, in ns of the lane's clock. */
    private final AtomicLong playedAt;

    private final List<Runnable> onlookers = new CopyOnWriteArrayList<>();
    private volatile String model;
    private volatile boolean live;
    private volatile boolean userSpeaks;
    private volatile boolean usageKnown;
    private volatile @Nullable CloseReason end;
    private RealtimeAudioFormat format;
    /** How long the provider waits in silence before it says that the user has ended, in ns. */
    private long silence;
    /** The item whose audio was delivered last. */
    private @Nullable ItemKey item;

    /** Notes on a session that begins. */
    ObservedSession(Watch watch, SessionTerms.Caller caller, Floor floor, Optional<String> agent) {
        this.caller = caller;
        this.agent = agent;
        this.floor = floor;
        this.forget = () -> watch.forget(this);
        this.waits = new VoiceToVoice(watch.waits());
        this.playedAt = new AtomicLong(floor.lane().nanoTime());
        this.model = floor.config().model().orElse("");
        this.format = floor.config().outputFormat().orElse(RealtimeAudioFormat.PCM_24K);
    }

    // ---- On the lane -----------------------------------------------------------------------------------------------

    void began() {
        live = true;
        changed();
    }

    void fromClient(ControlEvent event) {
        if (event.type().equals(EventType.INPUT_AUDIO_COMMIT)) {
            waits.speechEnded(floor.lane().nanoTime(), 0);
        }
    }

    void fromProvider(ControlEvent event) {
        EventType type = event.type();
        if (type.equals(EventType.SPEECH_STARTED)) {
            waits.speechBegan();
            userSpeaks = true;
            // What was delivered and not yet played is dropped by whoever plays it.
            playedAt.setOpaque(floor.lane().nanoTime());
            changed();
        } else if (type.equals(EventType.SPEECH_STOPPED)) {
            waits.speechEnded(floor.lane().nanoTime(), silence);
            userSpeaks = false;
            changed();
        } else if (type.equals(EventType.SESSION_CREATED) || type.equals(EventType.SESSION_UPDATED)) {
            learn(event.jsonOrEmpty().path("session"));
        } else if (type.equals(EventType.RESPONSE_DONE)) {
            used(event.jsonOrEmpty().path("response").path("usage"));
        }
    }

    private void learn(JsonNode session) {
        String named = session.path("model").asString("");
        if (!named.isEmpty()) {
            model = named;
        }
        JsonNode audio = session.path("audio");
        RealtimeAudioFormat.of(audio.path("output").path("format")).ifPresent(now -> format = now);
        JsonNode detection = audio.path("input").path("turn_detection");
        silence = detection.path("silence_duration_ms").asLong(0) * 1_000_000;
        changed();
    }

    private void used(JsonNode usage) {
        if (usage.isObject()) {
            inputTokens.addAndGet(usage.path("input_tokens").asLong(0));
            outputTokens.addAndGet(usage.path("output_tokens").asLong(0));
            usageKnown = true;
            changed();
        }
    }

    void delivered(AudioEvent audio) {
        if (item == null || !audio.belongsTo(item)) {
            item = audio.item();
            long now = floor.lane().nanoTime();
            waits.answered(now);
            playedAt.setOpaque(Math.max(now, playedAt.getPlain()));
            changed();
        }
        playedAt.setOpaque(playedAt.getPlain() + format.nanos(audio.audioBytes()));
    }

    void delivered(ControlEvent event) {
        if (event.type().equals(EventType.ERROR)) {
            errors.incrementAndGet();
            changed();
        } else if (transcript.delivered(event, Instant.ofEpochMilli(floor.lane().epochMillis()))) {
            changed();
        }
    }

    void ended(CloseReason why) {
        end = why;
        forget.run();
        changed();
    }

    private void changed() {
        if (!onlookers.isEmpty()) {
            onlookers.forEach(Runnable::run);
        }
    }

    // ---- For whoever looks -----------------------------------------------------------------------------------------

    /** Parley's id of the session. */
    public String id() {
        return floor.session().id();
    }

    /** Whose session it is. */
    public SessionTerms.Caller caller() {
        return caller;
    }

    /** The name of the agent that takes part; empty: none. */
    public Optional<String> agent() {
        return agent;
    }

    /** The model, as far as it is known; else empty. */
    public String model() {
        return model;
    }

    /** Where the session is in its life. */
    public State state() {
        if (end != null || floor.ending()) {
            return State.ENDING;
        }
        return live ? State.LIVE : State.CONNECTING;
    }

    /** Who speaks now: the model, until all that was delivered has been played at its own pace. */
    public Speaker speaking() {
        if (userSpeaks) {
            return Speaker.USER;
        }
        return playedAt.getOpaque() > floor.lane().nanoTime() ? Speaker.MODEL : Speaker.NOBODY;
    }

    /** How often the user has spoken or written. */
    public int turns() {
        return transcript.turns();
    }

    /** From the ends of the user's speech to the first audio of the answers. */
    public Waits voiceToVoice() {
        return waits.read();
    }

    /** How many {@code error} events the client got; that of the session's own end not. */
    public long errors() {
        return errors.get();
    }

    /**
     * What the provider has said that it used.
     *
     * @param inputTokens of all responses together
     * @param outputTokens of all responses together
     */
    public record Usage(long inputTokens, long outputTokens) {}

    /** What was used; empty: the provider has not said. */
    public Optional<Usage> usage() {
        return usageKnown ? Optional.of(new Usage(inputTokens.get(), outputTokens.get())) : Optional.empty();
    }

    /** What the session has carried so far. */
    public RealtimeSessionStats stats() {
        return floor.session().stats();
    }

    /** A number that grows whenever anything is said. */
    public long revision() {
        return transcript.revision();
    }

    /** What was said after a {@link #revision}, and what was changed; after 0 all that is kept. Oldest first. */
    public List<Said> said(long after) {
        return transcript.since(after);
    }

    /** Why the session has ended; empty: it has not. */
    public Optional<CloseReason> end() {
        return Optional.ofNullable(end);
    }

    /**
     * Has something run whenever more is seen of the session, but for counts.
     *
     * @param onlooker called on the session's lane, which it must not block
     * @return ends that; may be run more than once
     */
    public Runnable watch(Runnable onlooker) {
        onlookers.add(onlooker);
        return () -> onlookers.remove(onlooker);
    }

    // ---- For whoever steps in --------------------------------------------------------------------------------------

    /** Adds a text of the user to the conversation and asks for a response. */
    public void sendText(String text) {
        floor.session().sendText(text);
    }

    /** Ends what is being said. */
    public void interrupt() {
        floor.session().interrupt();
    }

    /** Ends the session: its client is told that the operator has ended it. */
    public void close() {
        floor.post(() -> floor.end(
                CloseReason.of(Failure.ENDED_BY_OPERATOR, "the operator of the gateway has ended this session")));
    }
}
