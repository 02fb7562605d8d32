package dev.parley.provider;

import dev.parley.RealtimeException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The headers that a user sets for a provider, checked. */
public final class OwnHeaders {
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    /** What the connection itself says. */
    private static final Set<String> RESERVED =
            Set.of("host", "connection", "upgrade", "content-length", "content-type", "transfer-encoding", "expect");

    private OwnHeaders() {}

    /**
     * The headers of settings; names are the same whatever their case.
     *
     * @throws RealtimeException if one cannot be set; the text says which, and no value
     */
    public static Map<String, String> of(ProviderSettings settings) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        settings.headers().forEach((header, value) -> {
            String lower = header.toLowerCase(Locale.ROOT);
            if (!NAME.matcher(header).matches() || RESERVED.contains(lower) || lower.startsWith("sec-")) {
                throw reserved(settings, header);
            }
            headers.put(
                    header, checked("the header '" + header + "' of the provider '" + settings.name() + "'", value));
        });
        return headers;
    }

    /** What tells that a header cannot be set. */
    public static RealtimeException reserved(ProviderSettings settings, String header) {
        return new RealtimeException.InvalidConfig("the provider '" + settings.name() + "' has the header '"
                + (NAME.matcher(header).matches() ? header : "(not a name)")
                + "', which cannot be set; leave it out");
    }

    /**
     * A header's value.
     *
     * @param source where it stands, for the message
     * @throws RealtimeException if no header may have it
     */
    public static String checked(String source, String value) {
        if (!value.chars().allMatch(c -> c >= ' ' && c < 127)) {
            throw new RealtimeException.InvalidConfig(
                    source + " holds a character that no header may have, such as a line break");
        }
        return value;
    }
}
