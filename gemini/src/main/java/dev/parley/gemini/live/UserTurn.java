package dev.parley.gemini.live;

import dev.parley.protocol.EventType;
import dev.parley.protocol.Json;
import dev.parley.provider.reply.LaneWork;
import dev.parley.provider.reply.Outlet;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the user says, one item an utterance. Gemini seldom tells when speech begins and never when it ends: it begins with the
 * first sign of it (a piece of its transcript, an interruption, an activity) and ends when the model answers. Lane only.
 */
final class UserTurn {
    /** How long a transcript may be silent that is not said to be finished: before its first piece, and behind one. */
    private static final Duration FIRST = Duration.ofSeconds(2);

    /** The same for a turn that goes out as a whole. */
    private static final Duration ASKED = Duration.ofSeconds(5);

    private static final Duration REST = Duration.ofSeconds(1);
    /** How long words are kept that came while the model spoke, and how many characters of them. */
    private static final long EARLY_NS = 3_000_000_000L;

    private static final int MOST_EARLY = 4_000;

    private final Outlet outlet;
    private final LaneWork work;
    private final Conversation conversation;
    private final InputAudio audio;
    private final BooleanSupplier transcribes;
    /** The item of the speech that goes on, or null. */
    private @Nullable String speaking;
    /** What has been understood of it. */
    private final StringBuilder words = new StringBuilder();

    private boolean finished;
    /** The item whose transcript is not complete, or null. */
    private @Nullable String writing;
    /** What was understood while the model spoke: the end of its question, or the beginning of an interruption. */
    private final StringBuilder early = new StringBuilder();

    private long earlyAt;
    private double seconds;
    private Runnable grace = () -> {};

    UserTurn(Outlet outlet, LaneWork work, Conversation conversation, InputAudio audio, BooleanSupplier transcribes) {
        this.outlet = outlet;
        this.work = work;
        this.conversation = conversation;
        this.audio = audio;
        this.transcribes = transcribes;
    }

    /** Whether somebody is speaking, as far as is known. */
    boolean open() {
        return speaking != null;
    }

    /** There is a sign of speech. */
    void starts() {
        if (speaking != null) {
            return;
        }
        complete();
        String id = outlet.id("item");
        speaking = id;
        words.setLength(0);
        finished = false;
        if (work.lane().nanoTime() - earlyAt < EARLY_NS) {
            words.append(early);
        }
        early.setLength(0);
        outlet.send(outlet.event(EventType.SPEECH_STARTED)
                .put("audio_start_ms", audio.millis())
                .put("item_id", id));
    }

    /** A piece of a transcript arrived; {@code answering} if the model speaks. */
    void heard(String text, boolean last, boolean answering) {
        if (speaking == null && writing == null && !text.isBlank()) {
            if (answering) {
                early(text);
                return;
            }
            if (audio.manual()) {
                return;
            }
            starts();
        }
        if (speaking != null) {
            words.append(text);
            finished |= last;
        } else if (writing != null) {
            write(text, last);
        }
    }

    private void early(String text) {
        long now = work.lane().nanoTime();
        if (now - earlyAt > EARLY_NS) {
            early.setLength(0);
        }
        earlyAt = now;
        if (early.length() + text.length() <= MOST_EARLY) {
            early.append(text);
        }
    }

    /** The model answers what was said. */
    void answered() {
        if (speaking == null && !audio.unanswered()) {
            return;
        }
        starts();
        commit();
    }

    /** The client ends the turn; whether or not speech was found in it, it is an item. */
    void commit() {
        String id = speaking;
        if (id == null) {
            complete();
            words.setLength(0);
            finished = false;
            commit(outlet.id("item"));
        } else {
            outlet.send(outlet.event(EventType.SPEECH_STOPPED)
                    .put("audio_end_ms", audio.millis())
                    .put("item_id", id));
            commit(id);
        }
    }

    private void commit(String id) {
        speaking = null;
        seconds = audio.commit() / 1000.0;
        String previous = conversation.lastId();
        outlet.send(outlet.event(EventType.INPUT_AUDIO_COMMITTED)
                .put("previous_item_id", previous)
                .put("item_id", id));
        ObjectNode item = Json.object().put("id", id).put("type", "message");
        item.put("status", "completed").put("role", "user");
        item.putArray("content").addObject().put("type", "input_audio").putNull("transcript");
        conversation.append(item);
        for (EventType type : new EventType[] {EventType.ITEM_ADDED, EventType.ITEM_DONE}) {
            ObjectNode event = outlet.event(type).put("previous_item_id", previous);
            event.set("item", item.deepCopy());
            outlet.send(event);
        }
        writing = id;
        String known = words.toString();
        words.setLength(0);
        write(known, finished);
        if (known.isEmpty() && writing != null && !audio.manual()) {
            restart(FIRST);
        }
    }

    /** The turn that the client has committed is on its way to the model. */
    void asked() {
        if (writing != null) {
            restart(ASKED);
        }
    }

    private void write(String text, boolean last) {
        String id = writing;
        String piece = words.isEmpty() ? text.stripLeading() : text;
        if (id == null) {
            return;
        }
        if (!piece.isEmpty()) {
            words.append(piece);
            if (transcribes.getAsBoolean()) {
                outlet.send(outlet.event(EventType.INPUT_TRANSCRIPT_DELTA)
                        .put("item_id", id)
                        .put("content_index", 0)
                        .put("delta", piece));
            }
            restart(REST);
        }
        if (last) {
            complete();
        }
    }

    private void restart(Duration time) {
        grace.run();
        grace = work.later(this::complete, time);
    }

    /** No more is expected of the last transcript. */
    private void complete() {
        String id = writing;
        if (id == null) {
            return;
        }
        grace.run();
        writing = null;
        String transcript = words.toString().stripTrailing();
        words.setLength(0);
        conversation.heard(id, transcript);
        if (transcribes.getAsBoolean()) {
            ObjectNode event = outlet.event(EventType.INPUT_TRANSCRIPT_COMPLETED)
                    .put("item_id", id)
                    .put("content_index", 0)
                    .put("transcript", transcript);
            event.putObject("usage").put("type", "duration").put("seconds", seconds);
            outlet.send(event);
        }
    }
}
