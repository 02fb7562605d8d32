package dev.parley.session;

import dev.parley.RealtimeSessionConfig;
import dev.parley.protocol.ControlEvent;
import dev.parley.provider.Start;
import java.util.Optional;

/**
 * What a session is to be.
 *
 * @param clientId names its client
 * @param config what it starts with
 * @param start where its conversation begins
 * @param policy what its client may send
 * @param limits what it may take
 */
public record SessionTerms(
        String clientId, RealtimeSessionConfig config, Start start, ClientPolicy policy, SessionLimits limits) {
    /** A session with an empty conversation, whose client may send everything. */
    public static SessionTerms of(String clientId, RealtimeSessionConfig config, SessionLimits limits) {
        return new SessionTerms(clientId, config, Start.FRESH, ClientPolicy.ALL, limits);
    }

    /** The {@code session.update} that goes out first, if any: a call that is joined was configured when it was placed. */
    Optional<ControlEvent> firstUpdate() {
        return start instanceof Start.Join ? Optional.empty() : config.session().map(Requests::update);
    }
}
