package dev.parley.guardrail;

import dev.parley.RealtimeSession;
import dev.parley.tool.ToolCall;
import java.util.Set;

/**
 * Decides on what is said and done in an agent's sessions. Called on virtual threads, so that it may block and ask
 * somebody; what it decides on waits meanwhile. When it fails or takes too long, that counts as a block.
 */
public interface Guardrail {
    /** What the agent says where this guardrail fails or takes too long, or there is no transcript to ask it about. */
    default String apology() {
        return "I am sorry, I cannot answer that.";
    }

    /** Where it is asked. Nothing waits for a guardrail where it is not. */
    Set<Point> points();

    /**
     * Whether the model may answer to what the user has said or typed.
     *
     * @param transcript empty where nothing was understood
     */
    default Verdict input(String transcript, RealtimeSession session) throws Exception {
        return Verdict.ALLOW;
    }

    /**
     * Whether the client may go on hearing this answer.
     *
     * @param text all of the answer so far, as far as it has been generated
     */
    default Verdict output(String text, RealtimeSession session) throws Exception {
        return Verdict.ALLOW;
    }

    /** Whether a tool may be called with these arguments. */
    default Verdict tool(ToolCall call) throws Exception {
        return Verdict.ALLOW;
    }

    /** Where a guardrail is asked. */
    enum Point {
        /** Before the model answers to the user. */
        INPUT,
        /** While the model speaks. */
        OUTPUT,
        /** Before a tool is called. */
        TOOL
    }
}
