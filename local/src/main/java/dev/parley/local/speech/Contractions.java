package dev.parley.local.speech;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Contractions written out, because MaryTTS's lexicon has none of them and would read "I'll" as "ill" and "we're" as
 * "were": as a word that sounds the same where there is one, else in full.
 */
final class Contractions {
    private static final Pattern WORD = Pattern.compile("\\b([A-Za-z]{1,20})'([A-Za-z]{1,7})\\b");

    private static final Map<String, String> WHOLE = Map.ofEntries(
            Map.entry("it's", "its"),
            Map.entry("let's", "lets"),
            Map.entry("you're", "your"),
            Map.entry("they're", "their"),
            Map.entry("who's", "whose"),
            Map.entry("there's", "theirs"),
            Map.entry("can't", "can not"),
            Map.entry("won't", "will not"),
            Map.entry("shan't", "shall not"),
            Map.entry("ain't", "is not"),
            Map.entry("o'clock", "oh clock"),
            Map.entry("i'm", "I am"),
            Map.entry("what's", "what is"),
            Map.entry("that's", "that is"),
            Map.entry("where's", "where is"),
            Map.entry("how's", "how is"),
            Map.entry("here's", "here is"),
            Map.entry("when's", "when is"),
            Map.entry("he's", "he is"),
            Map.entry("she's", "she is"),
            Map.entry("everything's", "everything is"));

    private static final Map<String, String> TAILS =
            Map.of("re", " are", "ll", " will", "ve", " have", "d", " would", "m", " am");

    private Contractions() {}

    static String expand(String text) {
        return WORD.matcher(text).replaceAll(match -> expand(match.group(1), match.group(2)));
    }

    private static String expand(String head, String tail) {
        String whole = WHOLE.get((head + "'" + tail).toLowerCase(Locale.ROOT));
        if (whole != null) {
            return whole;
        }
        String full = TAILS.get(tail.toLowerCase(Locale.ROOT));
        if (full != null) {
            return head + full;
        }
        if (tail.equalsIgnoreCase("t") && head.toLowerCase(Locale.ROOT).endsWith("n")) {
            return head.substring(0, head.length() - 1) + " not";
        }
        // A possessive, or a name: what is left sounds right without the apostrophe.
        return head + tail;
    }
}
