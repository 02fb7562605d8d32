package dev.parley.access;

import dev.parley.RealtimeSessionConfig;
import dev.parley.session.ClientPolicy;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What a kind of client gets and may do.
 *
 * @param policy what its clients may send
 * @param session what their sessions start with
 * @param provider the provider of sessions that name none; empty: the module's default
 * @param providers the only providers that may be named; empty: any
 * @param models the only models that may be named; empty: any
 * @param longest after which a session ends; empty: the provider's own limit
 */
public record Profile(
        ClientPolicy policy,
        RealtimeSessionConfig session,
        Optional<String> provider,
        Set<String> providers,
        Set<String> models,
        Optional<Duration> longest) {
    /** The name of the profile of clients that have no other. */
    public static final String DEFAULT_NAME = "default";

    /** A plain relay: everything that the provider lets through. */
    public static final Profile OPEN = new Profile(
            ClientPolicy.ALL, RealtimeSessionConfig.EMPTY, Optional.empty(), Set.of(), Set.of(), Optional.empty());

    public Profile {
        providers = Set.copyOf(providers);
        models = Set.copyOf(models);
    }
}
