package dev.parley.protocol;

import java.util.random.RandomGenerator;

/** Makes ids in the provider's own shape: a prefix, an underscore and 21 letters or digits. */
public final class Ids {
    private static final char[] ALPHABET =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".toCharArray();

    private Ids() {}

    /** A new id such as {@code event_4TzJ…}. */
    public static String next(String prefix, RandomGenerator random) {
        char[] id = new char[prefix.length() + 22];
        prefix.getChars(0, prefix.length(), id, 0);
        id[prefix.length()] = '_';
        for (int i = prefix.length() + 1; i < id.length; i++) {
            id[i] = ALPHABET[random.nextInt(ALPHABET.length)];
        }
        return new String(id);
    }
}
