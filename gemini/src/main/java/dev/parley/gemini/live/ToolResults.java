package dev.parley.gemini.live;

import dev.parley.provider.reply.LaneWork;
import dev.parley.provider.reply.Refused;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.node.ObjectNode;

/**
 * What functions have answered, on its way to the model: all that it waits for in one message, when the client asks for the
 * response, or soon after the last one. Lane only.
 */
final class ToolResults {
    /** How soon after the last result a client asks for the response, if it does. */
    private static final Duration ASKING = Duration.ofMillis(50);

    private final ToolCalls tools;
    private final Conversation conversation;
    private final ClientItems items;
    private final PendingTurns pending;
    private final LaneWork work;
    private final Runnable send;
    private final Runnable added;
    private final BooleanSupplier active;
    private Runnable asking = () -> {};
    /** Whether the model got results that nobody had asked it to go on with. */
    private boolean volunteered;
    /** Whether another response was active then, which is not the one. */
    private boolean behind;

    /**
     * No results.
     *
     * @param send sends those that are collected
     * @param added runs when something is to be told in words
     * @param active whether there is a response
     */
    ToolResults(
            ToolCalls tools,
            Conversation conversation,
            ClientItems items,
            PendingTurns pending,
            LaneWork work,
            Runnable send,
            Runnable added,
            BooleanSupplier active) {
        this.tools = tools;
        this.conversation = conversation;
        this.items = items;
        this.pending = pending;
        this.work = work;
        this.send = send;
        this.added = added;
        this.active = active;
    }

    /**
     * Takes a result.
     *
     * @throws Refused if there is no such call
     */
    void take(ObjectNode item) {
        String callId = item.path("call_id").asString("");
        ToolCalls.Fate fate = tools.answered(callId, item.path("output").asString(""));
        if (fate == ToolCalls.Fate.UNKNOWN && conversation.callName(callId) == null) {
            throw Refused.of(
                    "invalid_tool_call_id", "Tool call ID '" + callId + "' not found in conversation.", "item.call_id");
        }
        items.add(item);
        switch (fate) {
            case UNKNOWN, TOLD -> tell(callId);
            case UNWANTED -> {}
            case COLLECTED -> settled();
        }
    }

    /** Tells the model in words what a function has answered. */
    void tell(String callId) {
        ObjectNode result = conversation.result(callId);
        if (result != null) {
            pending.add(result);
            added.run();
        }
    }

    /** The model may have all that it waits for. */
    void settled() {
        asking.run();
        if (!tools.open() && tools.collected()) {
            asking = work.later(this::volunteer, ASKING);
        }
    }

    private void volunteer() {
        if (tools.collected()) {
            volunteered = true;
            behind = active.getAsBoolean();
            send.run();
        }
    }

    /** Gives the model what there is, since the client has asked for the response. */
    void give() {
        asking.run();
        send.run();
    }

    /** Whether the response that has begun is the one that is asked for now; it is, once. */
    boolean claimed() {
        boolean claimed = volunteered;
        volunteered = false;
        return claimed;
    }

    /** Whether the model goes on by itself. */
    boolean volunteered() {
        return volunteered;
    }

    /** A response has ended. */
    void ended() {
        volunteered &= behind;
        behind = false;
    }
}
