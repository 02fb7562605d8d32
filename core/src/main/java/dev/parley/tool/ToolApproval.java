package dev.parley.tool;

/** Decides whether a tool that needs approval may be called. Called on the call's virtual thread, so that it may ask somebody. */
@FunctionalInterface
public interface ToolApproval {
    /** Whether the call may be made; an exception counts as no. The time it takes counts towards the tool's timeout. */
    boolean approve(ToolCall call) throws Exception;
}
