package dev.parley.local.speech;

/**
 * What was heard in one utterance.
 *
 * @param text in lower case, without punctuation; when not understood, the best guess, which may be empty
 * @param understood whether the text may be acted upon
 */
public record Transcript(String text, boolean understood) {
    /** Nothing that could be understood, and no guess. */
    public static final Transcript NOTHING = new Transcript("", false);
}
