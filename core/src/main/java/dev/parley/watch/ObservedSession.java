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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * What is seen of one session. Safe for use by all threads; what is not public belongs to the session's lane, makes nothing
 * for an event with audio, and never waits.
 */
public final class ObservedSession {
    private static final Logger LOG = LoggerFactory.getLogger(ObservedSession.class);
    /** The longest silence that a provider is believed to wait for, in ms. */
    private static final long LONGEST_SILENCE = 10_000;

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

    private boolean failed;
    /** Whether the client has committed audio, and the provider has not said yet that it did. */
    private boolean commitWaits;
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

    /** Notes something. What goes wrong in that is logged once a session, and never ends it. */
    void note(Runnable noting) {
        try {
            noting.run();
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    /** Notes audio, as {@link #note} does, and makes nothing for it. */
    void heard(AudioEvent audio) {
        try {
            delivered(audio);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    private void failed(RuntimeException e) {
        if (!failed) {
            failed = true;
            LOG.warn(
                    "Not all of session {} can be watched: {}",
                    id(),
                    e.getClass().getName());
        }
    }

    void began() {
        live = true;
        changed();
    }

    void fromClient(ControlEvent event) {
        if (event.type().equals(EventType.INPUT_AUDIO_COMMIT)) {
            commitWaits = true;
        } else if (event.type().equals(EventType.ITEM_CREATE)) {
            written(event);
        }
    }

    /** Something is added to the conversation; after what the user writes, the next answer is to that. */
    private void written(ControlEvent event) {
        if (event.wire().length() <= Transcript.LONGEST_EVENT
                && event.jsonOrEmpty().at("/item/role").asString("").equals("user")) {
            commitWaits = false;
            waits.dropped();
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
        } else if (type.equals(EventType.INPUT_AUDIO_COMMITTED)) {
            if (commitWaits) {
                commitWaits = false;
                waits.speechEnded(floor.lane().nanoTime(), 0);
            }
        } else if (type.equals(EventType.ERROR)) {
            commitWaits = false;
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
        if (!detection.isMissingNode()) {
            long told = detection.path("silence_duration_ms").asLong(0);
            silence = Math.clamp(told, 0, LONGEST_SILENCE) * 1_000_000;
        }
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
        if (cutsOff(event)) {
            playedAt.setOpaque(floor.lane().nanoTime());
            changed();
        }
        if (event.type().equals(EventType.ERROR)) {
            errors.incrementAndGet();
            changed();
        } else if (transcript.delivered(event, Instant.ofEpochMilli(floor.lane().epochMillis()))) {
            changed();
        }
    }

    /** Whether what was delivered and not yet played is dropped by whoever plays it. */
    private static boolean cutsOff(ControlEvent event) {
        EventType type = event.type();
        return type.equals(EventType.ITEM_TRUNCATED)
                || type.equals(EventType.OUTPUT_AUDIO_CLEARED)
                || (type.equals(EventType.RESPONSE_DONE)
                        && event.jsonOrEmpty()
                                .at("/response/status")
                                .asString("")
                                .equals("cancelled"));
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
