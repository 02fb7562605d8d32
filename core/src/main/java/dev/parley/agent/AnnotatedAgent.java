package dev.parley.agent;

import dev.parley.VoiceAgent;

/** What a class with {@link dev.parley.Realtime} says of its agent. */
public final class AnnotatedAgent {
    private AnnotatedAgent() {}

    /**
     * Tells a builder all that a class says.
     *
     * @throws dev.parley.RealtimeException if the class cannot be an agent; the text names the class and the method
     */
    public static void read(Class<?> annotated, VoiceAgent.Builder into) {}
}
