package dev.parley.session;

import dev.parley.RealtimeSession;
import dev.parley.RealtimeSessionConfig;
import dev.parley.lane.Lane;
import dev.parley.leg.BufferBudget;
import dev.parley.leg.CloseReason;
import dev.parley.protocol.ErrorDetail;
import dev.parley.protocol.Event;
import dev.parley.protocol.ItemKey;
import dev.parley.provider.Capabilities;
import org.jspecify.annotations.Nullable;

/** What a {@link Participant} has of its session. For use on the lane alone, but for {@link #post}, {@link #session} and {@link #ending}. */
public interface Floor {
    /** What the application may do with the session. */
    RealtimeSession session();

    /** What the session started with. */
    RealtimeSessionConfig config();

    /** What the provider can do. */
    Capabilities provider();

    Lane lane();

    /** Sends an event to the provider; what finds no room is dropped, and the client is told. */
    void toProvider(Event event);

    /** Sends an event to the client. */
    void toClient(Event event);

    /** Tells the client what is wrong with the event of this id, if it has one. */
    void tellClient(ErrorDetail error, @Nullable String cause);

    /**
     * Drops the audio of an item that waits for the client.
     *
     * @return how many bytes of audio that was
     */
    long dropUnsent(ItemKey item);

    /** Where a participant takes room for what it keeps of events, and gives it back. */
    BufferBudget.Account room();

    /** Whether the session's end is decided. May be called from any thread. */
    boolean ending();

    /** Ends the session. */
    void end(CloseReason why);

    /** Runs a task on the lane, if the session has not ended by then. May be called from any thread. */
    void post(Runnable task);
}
