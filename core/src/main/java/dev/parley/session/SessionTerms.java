package dev.parley.session;

import dev.parley.RealtimeSessionConfig;
import dev.parley.protocol.ControlEvent;
import dev.parley.provider.Capabilities;
import dev.parley.provider.Start;
import dev.parley.turn.Requests;
import java.security.Principal;
import java.util.Optional;

/**
 * What a session is to be.
 *
 * @param clientId names its client
 * @param config what it starts with
 * @param start where its conversation begins
 * @param policy what its client may send
 * @param limits what it may take
 * @param caller who its client is
 * @param participant makes what stands between the client and the provider
 */
public record SessionTerms(
        String clientId,
        RealtimeSessionConfig config,
        Start start,
        ClientPolicy policy,
        SessionLimits limits,
        Caller caller,
        Participant.Factory participant) {
    /**
     * Who a client is, as far as is known.
     *
     * @param key the name of the key that it showed, or that its secret was issued for
     * @param principal whom the host has authenticated it as
     * @param remote its address, such as {@code 127.0.0.1:50512}
     */
    public record Caller(Optional<String> key, Optional<Principal> principal, Optional<String> remote) {
        /** One of whom nothing is known. */
        public static final Caller UNKNOWN = new Caller(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** A session with an empty conversation, whose client may send everything. */
    public static SessionTerms of(
            String clientId, RealtimeSessionConfig config, SessionLimits limits, Participant.Factory participant) {
        return new SessionTerms(clientId, config, Start.FRESH, ClientPolicy.ALL, limits, Caller.UNKNOWN, participant);
    }

    /** These terms, with what the participant needs of a provider. */
    SessionTerms configured(Capabilities provider) {
        return new SessionTerms(
                clientId, participant.configured(config, provider), start, policy, limits, caller, participant);
    }

    /** These terms, with another participant. */
    public SessionTerms with(Participant.Factory other) {
        return new SessionTerms(clientId, config, start, policy, limits, caller, other);
    }

    /**
     * The {@code session.update} that goes out first, if any: a call that is joined was configured when it was placed.
     *
     * @param provided what the session starts with, as the provider sees it
     */
    Optional<ControlEvent> firstUpdate(RealtimeSessionConfig provided) {
        return start instanceof Start.Join
                ? Optional.empty()
                : provided.session().map(Requests::update);
    }
}
