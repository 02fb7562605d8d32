package dev.parley.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * A client's key. The key itself is not kept, only its SHA-256.
 *
 * @param name what logs and statistics call it
 * @param sha256 of the key's UTF-8, in lower-case hexadecimal
 * @param profile what its clients may do; empty: the default profile
 * @param maxSessions how many sessions it may have at once; empty: any number
 */
public record ClientKey(String name, String sha256, Optional<String> profile, OptionalInt maxSessions) {
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    public ClientKey {
        sha256 = sha256.toLowerCase(Locale.ROOT);
        if (!DIGEST.matcher(sha256).matches()) {
            throw new IllegalArgumentException(
                    "the sha256 of the key '" + name + "' is not 64 hexadecimal digits; see 'sha256sum'");
        }
        if (maxSessions.isPresent() && maxSessions.getAsInt() < 1) {
            throw new IllegalArgumentException(
                    "the key '" + name + "' may have " + maxSessions.getAsInt() + " sessions; it must be at least 1");
        }
    }

    /** A key for the default profile, without a quota. */
    public static ClientKey of(String name, String key) {
        return new ClientKey(name, digest(key), Optional.empty(), OptionalInt.empty());
    }

    /** The SHA-256 of a credential, in hexadecimal. */
    public static String digest(String credential) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(credential.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    /** The key in a text without its digest. */
    @Override
    public String toString() {
        return "ClientKey[name=" + name + ", profile=" + profile + ", maxSessions=" + maxSessions + "]";
    }
}
