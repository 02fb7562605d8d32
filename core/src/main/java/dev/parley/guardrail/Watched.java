package dev.parley.guardrail;

/** A text that counts how often it is looked at, so that no regular expression goes on for ever. For one thread. */
final class Watched implements CharSequence {
    private final CharSequence text;
    /** How many looks are left, in one cell for a text and its parts. */
    private final int[] left;

    Watched(CharSequence text, int[] left) {
        this.text = text;
        this.left = left;
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public char charAt(int index) {
        if (left[0]-- <= 0) {
            throw new TooLong();
        }
        return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return new Watched(text.subSequence(start, end), left);
    }

    @Override
    public String toString() {
        return text.toString();
    }

    /** It was looked at too often. */
    static final class TooLong extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooLong() {
            super("a pattern looked at a text too often", null, false, false);
        }
    }
}
