package dev.parley.gemini.live;

import dev.parley.provider.reply.Refused;
import java.util.Set;

/**
 * An image in a {@code data:} URL (RFC 2397), in base64.
 *
 * @param type such as {@code image/jpeg}
 */
record DataUrl(String type, String base64) {
    private static final Set<String> TYPES = Set.of("image/jpeg", "image/png", "image/webp");

    /**
     * Reads a URL.
     *
     * @param path where it stands in the event
     * @throws Refused if it is no image in base64; Parley fetches nothing for clients
     */
    static DataUrl of(String url, String path) {
        int comma = url.indexOf(',');
        String head = comma < 0 ? "" : url.substring(0, comma);
        String type = head.startsWith("data:") && head.endsWith(";base64") ? head.substring(5, head.length() - 7) : "";
        if (!TYPES.contains(type)) {
            throw Refused.value(
                    path,
                    "An image must be a URL such as 'data:image/jpeg;base64,…', of the type jpeg, png or webp; Parley fetches"
                            + " none.");
        }
        return new DataUrl(type, url.substring(comma + 1));
    }
}
