package dev.parley.gemini.uplink;

import dev.parley.leg.BufferBudget;
import dev.parley.leg.CloseReason;
import dev.parley.protocol.ControlEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What the session knows that the way to Gemini asks for. */
public interface Owner {
    /** There is a connection for the first time. */
    void opened();

    /** A message arrived; on loan. */
    void message(ControlEvent message);

    /** All that arrived at once was told. */
    void batchEnd();

    /** What waits may have become less, or the connection takes no more for now. */
    void writable();

    /**
     * The first message of a connection.
     *
     * @param handle of the session that is resumed; null: it begins afresh
     */
    ObjectNode setup(@Nullable String handle);

    /** Whether the settings that are wanted are others than those of the last {@link #setup}. */
    boolean outdated();

    /** Whether a change of settings waits for a new connection. */
    boolean changing();

    /** The conversation so far, for a connection that begins afresh; {@code answered} if a request of it was lost. */
    List<ObjectNode> history(boolean answered);

    /** Whether a connection can be replaced without anybody noticing. */
    boolean quiet();

    /**
     * The connection on which things were under way is gone; another one is there, or follows.
     *
     * @param lost whether what was asked on it is lost; not, where nothing was under way but that
     */
    void interrupted(boolean lost);

    /** A connection was set up. */
    void ready();

    /** The connection that was to bring new settings could not be had; the one before goes on. */
    void notRenewed();

    /** No connection is left, for this reason. */
    void ended(CloseReason why);

    /** Where room for what waits is taken. */
    BufferBudget.Account room();
}
