package dev.parley.local.voice;

import java.util.function.Consumer;

/** Cuts a stream of text into sentences to be spoken, the first as early as can be. */
public final class Sentences {
    /** What is longer is cut at a comma or a space, so that no sentence takes long to speak. */
    private static final int LONGEST = 200;

    private final Consumer<String> target;
    private final StringBuilder begun = new StringBuilder();

    public Sentences(Consumer<String> target) {
        this.target = target;
    }

    public void add(String piece) {
        begun.append(piece);
        int end = end();
        while (end > 0) {
            cut(end);
            end = end();
        }
    }

    /** Gives the rest. */
    public void flush() {
        cut(begun.length());
    }

    private void cut(int end) {
        String sentence = begun.substring(0, end);
        begun.delete(0, end);
        if (!sentence.isBlank()) {
            target.accept(sentence);
        }
    }

    /** The end of the first whole sentence with the space after it left to the next, or 0. */
    private int end() {
        for (int i = 0; i + 1 < begun.length(); i++) {
            char c = begun.charAt(i);
            boolean space = Character.isWhitespace(begun.charAt(i + 1));
            if (c == '\n' || ((c == '.' || c == '!' || c == '?' || c == ';') && space && !abbreviates(i))) {
                return i + 1;
            }
        }
        if (begun.length() <= LONGEST) {
            return 0;
        }
        int comma = begun.lastIndexOf(", ", LONGEST);
        int space = begun.lastIndexOf(" ", LONGEST);
        return comma > 40 ? comma + 1 : space > 0 ? space : LONGEST;
    }

    /** Whether the full stop at an index follows a title or a single letter, as in "Dr. Smith" or "7 p.m. today". */
    private boolean abbreviates(int stop) {
        if (begun.charAt(stop) != '.') {
            return false;
        }
        int from = stop;
        while (from > 0 && Character.isLetter(begun.charAt(from - 1))) {
            from--;
        }
        String word = begun.substring(from, stop);
        return switch (word) {
            case "Mr", "Mrs", "Ms", "Dr", "St" -> true;
            default -> word.length() == 1 && !word.equals("I");
        };
    }
}
