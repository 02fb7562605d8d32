package dev.parley.tool;

import dev.parley.RealtimeSession;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** One call of a tool by the model. Safe for use by all threads. */
public interface ToolCall {
    /** The model's id of the call, {@code call_…}. */
    String id();

    /** The tool's name. */
    String name();

    /** The arguments, which fit the tool's schema; not to be changed. */
    ObjectNode arguments();

    /** The session in which the model called. */
    RealtimeSession session();

    /** The agent's object in this session, whose method a {@link dev.parley.Tool} is; null: the agent has none. */
    @Nullable
    Object agent();

    /** Whether nobody waits for the result any more: the session has ended, or the time is up. */
    boolean cancelled();

    /**
     * Says something now; what the call returns follows later as a new turn. Has an effect once, and before the call has
     * returned.
     *
     * @param words said as they are
     */
    void meanwhile(String words);
}
