package dev.parley.local.mind;

/** One entry of a conversation as a mind reads it. */
public sealed interface Turn {
    /**
     * What the user typed or said.
     *
     * @param text the words; of speech, in lower case and without punctuation; empty for silence
     * @param understood false for speech in which no words were recognised
     */
    record User(String text, boolean understood) implements Turn {}

    /** What the assistant said. */
    record Assistant(String text) implements Turn {}

    /** What the application adds as {@code system}. */
    record Note(String text) implements Turn {}

    /**
     * A function call of the assistant.
     *
     * @param callId pairs it with its result
     * @param arguments a JSON object
     */
    record Call(String callId, String name, String arguments) implements Turn {}

    /** What a function call came to. */
    record Result(String callId, String output) implements Turn {}
}
