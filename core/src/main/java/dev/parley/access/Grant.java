package dev.parley.access;

import dev.parley.RealtimeSessionConfig;
import java.util.Optional;

/**
 * A client that has been let in.
 *
 * @param key the key that it holds, or that its secret was issued for; empty: none was needed
 * @param profile what it may do
 * @param session what its client secret carries
 * @param bySecret whether it showed a client secret
 */
public record Grant(Optional<ClientKey> key, Profile profile, RealtimeSessionConfig session, boolean bySecret) {
    /** Whose sessions count together: a key's name, or that of all clients without one. */
    public String holder() {
        return key.map(ClientKey::name).orElse("");
    }
}
