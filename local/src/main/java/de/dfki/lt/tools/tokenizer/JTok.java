package de.dfki.lt.tools.tokenizer;

import de.dfki.lt.tools.tokenizer.annotate.AnnotatedString;
import de.dfki.lt.tools.tokenizer.annotate.FastAnnotatedString;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A tokenizer of one phrase: words, and each punctuation mark by itself. Stateless and thread-safe. */
public class JTok {
    /** The key under which every token is annotated. */
    public static final String CLASS_ANNO = "class";

    /** The key under which the first token of a paragraph or sentence is annotated. */
    public static final String BORDER_ANNO = "border";

    /** The value that begins a paragraph; MaryTTS compares it by identity. */
    public static final String P_BORDER = "p";

    private static final Pattern TOKEN = Pattern.compile("[\\p{L}\\p{N}]+(?:['’][\\p{L}]+)*|\\S");

    /**
     * Makes a tokenizer.
     *
     * @param languages ignored; there is one set of rules
     */
    public JTok(Properties languages) {}

    /**
     * Cuts a phrase into tokens.
     *
     * @param language ignored
     */
    public AnnotatedString tokenize(String text, String language) {
        FastAnnotatedString tokens = new FastAnnotatedString(text);
        Matcher token = TOKEN.matcher(text);
        for (boolean first = true; token.find(); first = false) {
            tokens.annotate(CLASS_ANNO, "token", token.start(), token.end());
            if (first) {
                tokens.annotate(BORDER_ANNO, P_BORDER, token.start(), token.end());
            }
        }
        return tokens;
    }
}
