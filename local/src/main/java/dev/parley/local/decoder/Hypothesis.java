package dev.parley.local.decoder;

import java.util.ArrayList;
import java.util.List;

/**
 * The best phrase found in an utterance and how well it fits.
 *
 * @param words in order, without silences; empty when no phrase of the grammar fits at all
 */
public record Hypothesis(List<Word> words) {
    public Hypothesis {
        words = List.copyOf(words);
    }

    /**
     * One word.
     *
     * @param text its spelling in the grammar
     * @param frames its length in units of 10 ms
     * @param fit by how much it explains a frame better (above 0) or worse than phones without words
     */
    public record Word(String text, int frames, float fit) {}

    static Hypothesis of(List<String> vocabulary, List<Search.Span> spans, float[] yardstick) {
        List<Word> words = new ArrayList<>();
        for (Search.Span span : spans) {
            if (span.word() >= 0) {
                int frames = Math.max(1, span.to() - span.from());
                float fit = (span.score() - (yardstick[span.to()] - yardstick[span.from()])) / frames;
                words.add(new Word(vocabulary.get(span.word()), frames, fit));
            }
        }
        return new Hypothesis(words);
    }

    /** The words with a space between each. */
    public String text() {
        return String.join(" ", words.stream().map(Word::text).toList());
    }

    /** The length of all words in units of 10 ms. */
    public int frames() {
        return words.stream().mapToInt(Word::frames).sum();
    }

    /** The mean fit over all frames of all words. */
    public float fit() {
        double sum = words.stream()
                .mapToDouble(word -> word.fit() * (double) word.frames())
                .sum();
        return words.isEmpty() ? Float.NEGATIVE_INFINITY : (float) (sum / frames());
    }

    /** The fit of the word that fits worst. */
    public float worstFit() {
        return (float) words.stream().mapToDouble(Word::fit).min().orElse(Double.NEGATIVE_INFINITY);
    }
}
