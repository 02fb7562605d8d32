package dev.parley.guardrail;

import dev.parley.RealtimeException;
import dev.parley.RealtimeSession;
import dev.parley.tool.ToolCall;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Blocks what holds one of some phrases or patterns. A phrase is found as whole words, whatever the case, the accents and
 * what is between the words; of a script that writes no spaces, wherever its letters stand. Made by {@link #builder}. Safe
 * for use by all threads.
 */
public final class BlockedPhrases implements Guardrail {
    /** How many characters a pattern may look at in one text, going back and forth included. */
    private static final int EFFORT = 2_000_000;

    private static final Pattern ACCENTS = Pattern.compile("\\p{M}+");

    private final Set<Point> points;
    private final List<String> phrases;
    private final List<Pattern> patterns;
    private final String say;

    private BlockedPhrases(Builder from) {
        points = Set.copyOf(from.points);
        phrases = List.copyOf(from.phrases);
        patterns = List.copyOf(from.patterns);
        say = from.say;
    }

    /** A list with nothing on it, which looks at what users and models say. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public Set<Point> points() {
        return points;
    }

    @Override
    public Verdict input(String transcript, RealtimeSession session) {
        return verdict(transcript);
    }

    @Override
    public Verdict output(String text, RealtimeSession session) {
        return verdict(text);
    }

    /** Looks at all texts among the arguments, and at the names beside them. */
    @Override
    public Verdict tool(ToolCall call) {
        return verdict(call.arguments().toString());
    }

    /** Whether a text may pass. */
    public Verdict verdict(String text) {
        Words words = Words.of(text);
        for (String phrase : phrases) {
            if (words.hold(phrase)) {
                return Verdict.block(say);
            }
        }
        for (Pattern pattern : patterns) {
            if (found(pattern, text)) {
                return Verdict.block(say);
            }
        }
        return Verdict.ALLOW;
    }

    private static boolean found(Pattern pattern, String text) {
        try {
            return pattern.matcher(new Watched(text, new int[] {EFFORT})).find();
        } catch (Watched.TooLong | StackOverflowError e) {
            // A pattern that does not come to an end has not said that the text may pass.
            return true;
        }
    }

    /** Only the points, since the phrases may be as bad as they come. */
    @Override
    public String toString() {
        return "BlockedPhrases[points=" + points + ", phrases=" + phrases.size() + ", patterns=" + patterns.size()
                + "]";
    }

    /** A text in its words: lower case, no accents, one space between them and at both ends. */
    private record Words(String text, String letters) {
        static Words of(String said) {
            StringBuilder text = new StringBuilder(" ");
            String plain = ACCENTS.matcher(Normalizer.normalize(said, Normalizer.Form.NFKD))
                    .replaceAll("")
                    .toLowerCase(Locale.ROOT);
            plain.codePoints().forEach(point -> {
                if (Character.isLetterOrDigit(point)) {
                    text.appendCodePoint(point);
                } else if (Character.getType(point) != Character.FORMAT
                        && point != '\''
                        && point != '\u2019'
                        && text.charAt(text.length() - 1) != ' ') {
                    text.append(' ');
                }
            });
            if (text.charAt(text.length() - 1) != ' ') {
                text.append(' ');
            }
            return new Words(text.toString(), text.toString().replace(" ", ""));
        }

        boolean hold(String phrase) {
            return spaced(phrase) ? text.contains(phrase) : letters.contains(phrase.replace(" ", ""));
        }

        private static boolean spaced(String phrase) {
            return phrase.codePoints().noneMatch(point -> {
                Character.UnicodeScript script = Character.UnicodeScript.of(point);
                return script == Character.UnicodeScript.HAN
                        || script == Character.UnicodeScript.HIRAGANA
                        || script == Character.UnicodeScript.KATAKANA
                        || script == Character.UnicodeScript.THAI;
            });
        }
    }

    /** Collects phrases. Not safe for use by several threads. */
    public static final class Builder {
        private final Set<Point> points = EnumSet.of(Point.INPUT, Point.OUTPUT);
        private final Set<String> phrases = new HashSet<>();
        private final List<Pattern> patterns = new ArrayList<>();
        private String say = "I am sorry, I cannot talk about that.";

        private Builder() {}

        /** Where to look, in place of both what users and what models say. */
        public Builder at(Collection<Point> where) {
            points.clear();
            points.addAll(where);
            return this;
        }

        /**
         * Blocks a word, or several in a row.
         *
         * @throws RealtimeException if there is no letter or digit in it
         */
        public Builder phrase(String words) {
            String plain = Words.of(words).text();
            if (plain.isBlank()) {
                throw new RealtimeException.InvalidConfig(
                        "the blocked phrase '" + words + "' has neither a letter nor a digit");
            }
            phrases.add(plain);
            return this;
        }

        /** Blocks each of these phrases. */
        public Builder phrases(Collection<String> all) {
            all.forEach(this::phrase);
            return this;
        }

        /**
         * Blocks what a regular expression is found in, whatever the case; it looks at the text as it was said. One that goes
         * on for too long on a text blocks it.
         *
         * @throws RealtimeException if it is none
         */
        public Builder pattern(String regex) {
            try {
                patterns.add(Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE));
            } catch (PatternSyntaxException e) {
                throw new RealtimeException.InvalidConfig(
                        "the blocked pattern '" + regex + "' is no regular expression: " + e.getDescription());
            }
            return this;
        }

        /** What the agent says instead; empty: nothing. */
        public Builder say(String words) {
            say = words;
            return this;
        }

        /** The guardrail. */
        public BlockedPhrases build() {
            return new BlockedPhrases(this);
        }
    }
}
