package dev.parley.access;

import dev.parley.RealtimeSessionConfig;
import dev.parley.protocol.ErrorDetail;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/** Tells who may come in. Safe for use by all threads. */
public final class Authenticator {
    private final ClientAccess access;
    private final ClientSecrets secrets;

    /** By these settings, and these secrets. */
    public Authenticator(ClientAccess access, ClientSecrets secrets) {
        this.access = access;
        this.secrets = secrets;
    }

    /**
     * Looks at what a client shows.
     *
     * @param loopback whether the client is on this machine
     * @param known whether the server has authenticated the client, which needs no key then
     */
    public Answer authenticate(Optional<Credential> shown, boolean loopback, boolean known) {
        String digest = shown.map(Credential::digest).orElse("");
        Optional<ClientSecrets.Secret> secret = secrets.find(digest);
        if (secret.isPresent()) {
            return secrets.expired(secret.get())
                    ? new Refused(ErrorDetail.invalid(
                            "client_secret_expired",
                            "This client secret has expired; get a new one with POST /v1/realtime/client_secrets.",
                            null))
                    : new Admitted(grant(secret.get().key(), secret.get().session(), true));
        }
        Optional<ClientKey> key = key(digest);
        if (known && key.isEmpty()) {
            return new Admitted(grant(Optional.empty(), RealtimeSessionConfig.EMPTY, false));
        }
        if (access.keys().isEmpty()) {
            return loopback || access.open()
                    ? new Admitted(grant(Optional.empty(), RealtimeSessionConfig.EMPTY, false))
                    : new Refused(ErrorDetail.invalid(
                            "invalid_api_key",
                            "This gateway has no client keys configured, so that only clients on its own machine may"
                                    + " connect. Configure 'keys', or 'access: open'.",
                            null));
        }
        return key.isPresent()
                ? new Admitted(grant(key, RealtimeSessionConfig.EMPTY, false))
                : new Refused(ErrorDetail.invalid(
                        "invalid_api_key",
                        shown.isPresent()
                                ? "This gateway does not know the key. It takes its own keys and client secrets, not"
                                        + " the provider's."
                                : "A key is needed: 'Authorization: Bearer KEY', 'api-key: KEY', or the subprotocol"
                                        + " 'openai-insecure-api-key.KEY'.",
                        null));
    }

    /** Compares with every key, and each time to the end, so that the time taken tells nothing of them. */
    private Optional<ClientKey> key(String digest) {
        byte[] shown = digest.getBytes(StandardCharsets.US_ASCII);
        Optional<ClientKey> found = Optional.empty();
        for (ClientKey key : access.keys()) {
            if (MessageDigest.isEqual(shown, key.sha256().getBytes(StandardCharsets.US_ASCII))) {
                found = Optional.of(key);
            }
        }
        return found;
    }

    private Grant grant(Optional<ClientKey> key, RealtimeSessionConfig session, boolean bySecret) {
        String profile = key.flatMap(ClientKey::profile).orElse(Profile.DEFAULT_NAME);
        return new Grant(key, access.profile(profile), session, bySecret);
    }

    /** Whether a client may come in. */
    public sealed interface Answer permits Admitted, Refused {}

    /** It may. */
    public record Admitted(Grant grant) implements Answer {}

    /** It may not (HTTP 401). */
    public record Refused(ErrorDetail error) implements Answer {}
}
