package dev.parley.transport;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Decides which web pages may use the gateway: a browser sends the page's {@code Origin} (RFC 6455 section 10.2), and
 * it must be the server's own or on the list. Clients that are no browsers send none and pass.
 *
 * <p>A page that reaches a server over the loopback address by a name of its own choosing has had that name resolved to
 * this machine (DNS rebinding); to such a page no server here is its own.
 */
public final class OriginPolicy {
    private static final Pattern LOCAL_NAME =
            Pattern.compile("(localhost|127\\.[0-9.]+|\\[::1])(:[0-9]+)?", Pattern.CASE_INSENSITIVE);

    private final Set<String> allowed;

    /** A policy that allows the server's own origin and these, such as {@code https://example.org}. */
    public OriginPolicy(Set<String> allowed) {
        this.allowed = allowed.stream().map(OriginPolicy::canonical).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether the request may go on. */
    public boolean allows(ClientRequest request) {
        if (request.header("origin").isEmpty()) {
            return true;
        }
        String origin = canonical(request.header("origin").get());
        if (allowed.contains(origin)) {
            return true;
        }
        String host = request.header("host").orElse("");
        return !host.isEmpty()
                && origin.equals(canonical((request.secure() ? "https://" : "http://") + host))
                && (!request.loopback() || local(host));
    }

    /** Whether a {@code Host} header names this machine by a name that nobody else can have given it. */
    public static boolean local(String host) {
        return LOCAL_NAME.matcher(host).matches();
    }

    /** Lower case, without the port that the scheme implies. */
    private static String canonical(String origin) {
        String lower = origin.strip().toLowerCase(Locale.ROOT);
        if (lower.startsWith("https://") && lower.endsWith(":443")) {
            return lower.substring(0, lower.length() - 4);
        }
        if (lower.startsWith("http://") && lower.endsWith(":80")) {
            return lower.substring(0, lower.length() - 3);
        }
        return lower;
    }
}
