package dev.parley.local.mind;

/** Whether an answer may or must be a function call. OpenAI Realtime: {@code tool_choice}. */
public sealed interface ToolChoice {
    /** The mind decides. */
    ToolChoice AUTO = new Auto();

    /** No calls. */
    ToolChoice NONE = new None();

    /** A call to any function. */
    ToolChoice REQUIRED = new Required();

    /** The mind decides. */
    record Auto() implements ToolChoice {}

    /** No calls. */
    record None() implements ToolChoice {}

    /** A call to any function. */
    record Required() implements ToolChoice {}

    /** A call to this function. */
    record Function(String name) implements ToolChoice {}
}
