package dev.parley.guardrail;

/** What a {@link Guardrail} says of something. */
public sealed interface Verdict {
    /** It may pass. */
    Verdict ALLOW = new Allow();

    /** It may not. */
    static Verdict block(String say) {
        return new Block(say);
    }

    /** It may pass. */
    record Allow() implements Verdict {}

    /**
     * It may not.
     *
     * @param say what the agent says in its place; of a tool call, what the model is told; empty: nothing
     */
    record Block(String say) implements Verdict {}
}
