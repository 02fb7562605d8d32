package dev.parley.access;

import java.util.List;
import java.util.Map;

/**
 * The settings of who may connect.
 *
 * @param keys the clients' keys; none: clients on this machine need none, and whatever they show is ignored
 * @param profiles by name; {@link Profile#DEFAULT_NAME} is that of clients that have no other
 * @param open whether clients of other machines need no key either where none is configured
 */
public record ClientAccess(List<ClientKey> keys, Map<String, Profile> profiles, boolean open) {
    /** No keys, and one profile that allows everything. */
    public static final ClientAccess LOCAL_ONLY = new ClientAccess(List.of(), Map.of(), false);

    public ClientAccess {
        keys = List.copyOf(keys);
        profiles = Map.copyOf(profiles);
        for (ClientKey key : keys) {
            String profile = key.profile().orElse(Profile.DEFAULT_NAME);
            if (key.profile().isPresent() && !profiles.containsKey(profile)) {
                throw new IllegalArgumentException("the key '" + key.name() + "' names the profile '" + profile
                        + "', which does not exist; there are " + profiles.keySet());
            }
        }
    }

    /** The profile of a name; of one that is not set, the open one. */
    public Profile profile(String name) {
        return profiles.getOrDefault(name, Profile.OPEN);
    }
}
