package dev.parley.local.phrase;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Text, as phrases are written: in small letters, contractions written out. */
public final class Words {
    private Words() {}

    /** The words of what was typed or recognised, without its punctuation and with its signs in words. */
    public static List<String> of(String text) {
        String plain = plain(text)
                .replaceAll("([ap])\\.\\s?m\\b\\.?", "$1m")
                .replaceAll("([0-9])\\s*([ap]m)\\b", "$1 $2")
                .replaceAll("([0-9])\\s*\\+\\s*([0-9])", "$1 plus $2")
                .replaceAll("([0-9])\\s*[-−]\\s*([0-9])", "$1 minus $2")
                .replaceAll("([0-9])\\s*[*x×]\\s*([0-9])", "$1 times $2")
                .replaceAll("([0-9])\\s*[/÷]\\s*([0-9])", "$1 divided by $2")
                .replaceAll("[-,.!?;\"()=]+", " ")
                .strip();
        return plain.isEmpty() ? List.of() : Arrays.asList(plain.split("\\s+"));
    }

    /** The text in small letters, its contractions written out. */
    static String plain(String text) {
        return text.toLowerCase(Locale.ROOT)
                .replace('’', '\'')
                .replace("what's", "what is")
                .replace("how's", "how is")
                .replace("i'd like", "i would like");
    }
}
