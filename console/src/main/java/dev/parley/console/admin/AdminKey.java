package dev.parley.console.admin;

import dev.parley.access.ClientKey;
import dev.parley.transport.HttpRequest;
import dev.parley.transport.OriginPolicy;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Who may use the admin API: whoever shows the key; where there is none, whoever is on this machine. */
final class AdminKey {
    private static final String BEARER = "bearer ";
    /** What a proxy adds, behind which somebody else may be. */
    private static final Set<String> FORWARDED =
            Set.of("forwarded", "x-real-ip", "via", "x-client-ip", "cf-connecting-ip", "true-client-ip");

    /** How more of what proxies add begins. */
    private static final List<String> FORWARDED_PREFIXES = List.of("x-forwarded-", "x-original-");

    /** What a browser says of a request of the gateway's own page, or of its user. */
    private static final Set<String> OWN_SITE = Set.of("same-origin", "none");

    /** A page of another origin may not ask, whatever pages may talk to the gateway. */
    private final OriginPolicy own = new OriginPolicy(Set.of());

    private final Optional<String> digest;

    /** Access by a key, of which only the digest is kept; without one, access from this machine. */
    AdminKey(Optional<String> key) {
        this.digest = key.map(ClientKey::digest);
    }

    /** Throws a {@link Refusal} if a request may not go on. */
    void check(HttpRequest request) {
        if (digest.isPresent()) {
            // No page of another origin can show it: that needs a preflight, which is not answered. The origin is not
            // looked at, since behind a proxy that ends TLS that of the console itself looks foreign.
            if (!shown(request).map(key -> matches(digest.get(), key)).orElse(false)) {
                throw new Refusal(
                        401,
                        "admin_key_needed",
                        shown(request).isPresent()
                                ? "This is not the gateway's admin key."
                                : "The admin API needs the gateway's admin key: 'Authorization: Bearer KEY'.");
            }
        } else {
            checkLocal(request);
        }
    }

    private void checkLocal(HttpRequest request) {
        if (!own.allows(request)
                || !request.header("sec-fetch-site").map(OWN_SITE::contains).orElse(true)) {
            throw new Refusal(
                    403,
                    "origin_not_allowed",
                    "Only pages of the gateway itself may use the admin API; this request comes from another origin.");
        } else if (!request.loopback()) {
            throw notAvailable("No admin key is set, so that the admin API answers only the computer it runs on.");
        } else if (request.headers().keySet().stream().anyMatch(AdminKey::forwarded)) {
            throw notAvailable(
                    "No admin key is set, and this request came through a proxy, behind which anybody may be.");
        } else if (!OriginPolicy.local(request.header("host").orElse(""))) {
            throw notAvailable("No admin key is set, so that the admin API answers only under the names localhost,"
                    + " 127.0.0.1 and [::1].");
        }
    }

    private static boolean forwarded(String header) {
        return FORWARDED.contains(header) || FORWARDED_PREFIXES.stream().anyMatch(header::startsWith);
    }

    private static Refusal notAvailable(String why) {
        return new Refusal(
                403,
                "admin_not_available",
                why
                        + " Set PARLEY_ADMIN_KEY, or 'admin.key-variable' in the configuration file, to use it from elsewhere.");
    }

    private static Optional<String> shown(HttpRequest request) {
        String authorization = request.header("authorization").orElse("").strip();
        return authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)
                ? Optional.of(authorization.substring(BEARER.length()).strip())
                : Optional.empty();
    }

    /** Compares to the end, so that the time taken tells nothing of the key. */
    private static boolean matches(String digest, String key) {
        return MessageDigest.isEqual(
                digest.getBytes(StandardCharsets.US_ASCII),
                ClientKey.digest(key).getBytes(StandardCharsets.US_ASCII));
    }
}
