package dev.parley.gateway;

import dev.parley.RealtimeException;
import dev.parley.RealtimeSessionConfig;
import dev.parley.access.Grant;
import dev.parley.protocol.ErrorDetail;
import dev.parley.provider.Providers;
import dev.parley.provider.Start;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a client wants to talk to, out of the query of its request and of what it was granted.
 *
 * @param session what the session starts with
 */
record Target(String provider, RealtimeSessionConfig session, Start start) {
    /**
     * Reads a query such as {@code model=grok-voice-latest&provider=grok}, for which {@code model=grok/grok-voice-latest}
     * stands, too; {@code call_id=…}; {@code intent=transcription}. Throws {@link Refusal} where it asks for what is not
     * there.
     *
     * @param base what the session starts with, beneath what the profile and the client secret say
     */
    static Target of(
            Map<String, String> query,
            Grant grant,
            RealtimeSessionConfig base,
            Providers providers,
            String defaultProvider,
            CallRegister calls) {
        RealtimeSessionConfig.Builder session = base.with(grant.profile().session()).with(grant.session()).toBuilder();
        Optional<String> provider = value(query, "provider");
        String model = value(query, "model").orElse("");
        int slash = model.indexOf('/');
        if (provider.isEmpty() && slash > 0 && providers.has(model.substring(0, slash))) {
            provider = Optional.of(model.substring(0, slash));
            model = model.substring(slash + 1);
        }
        if (!model.isEmpty()) {
            session.model(model);
        }
        Optional<String> callId = value(query, "call_id");
        if (callId.isPresent()) {
            if (!calls.joinable(callId.get(), grant)) {
                throw new Refusal(404, missing("call_not_found", "There is no such call.", "call_id"));
            }
            provider = provider.or(() -> calls.provider(callId.get()));
        }
        Optional<String> intent = value(query, "intent");
        if (intent.isPresent()) {
            if (!intent.get().equals("transcription")) {
                throw new Refusal(
                        400,
                        ErrorDetail.invalid(
                                "invalid_value",
                                "Invalid value for 'intent': the only one is 'transcription'.",
                                "intent"));
            }
            session.transcription(true);
        }
        RealtimeSessionConfig settled = session.build();
        String chosen = provider.or(grant.profile()::provider).orElse(defaultProvider);
        if ((provider.isPresent() && !providers.has(chosen))
                || !holds(grant.profile().providers(), chosen)) {
            throw new Refusal(
                    404,
                    missing("provider_not_found", "There is no provider of this name for this client.", "provider"));
        }
        Target target =
                new Target(chosen, settled, callId.<Start>map(Start.Join::new).orElse(Start.FRESH));
        target.checkModel(grant, providers);
        return target;
    }

    /** This target, with what a client's own session sets; throws {@link Refusal} if that names another model. */
    Target with(ObjectNode more, Grant grant, Providers providers) {
        RealtimeSessionConfig settled = session.toBuilder().session(more).build();
        Target target = new Target(provider, settled, start);
        target.checkModel(grant, providers);
        return target;
    }

    private void checkModel(Grant grant, Providers providers) {
        Set<String> granted = grant.profile().models();
        Optional<String> model = session.model();
        if (model.isEmpty() && !(granted.isEmpty() && providers.models(provider).isEmpty())) {
            model = defaultModel(providers);
        }
        if (model.isPresent() && (!providers.allows(provider, model.get()) || !holds(granted, model.get()))) {
            throw new Refusal(
                    404,
                    missing(
                            "model_not_found",
                            "The model is not among those that this gateway offers to this client.",
                            "model"));
        }
    }

    /** What a session gets that names no model; one that joins a call or only transcribes gets none. */
    private Optional<String> defaultModel(Providers providers) {
        if (start instanceof Start.Join || session.transcription()) {
            return Optional.empty();
        }
        try {
            return Optional.of(providers.named(provider).defaultModel()).filter(model -> !model.isEmpty());
        } catch (RealtimeException e) {
            // What the provider lacks is told when the session asks for it.
            return Optional.empty();
        }
    }

    private static boolean holds(Set<String> list, String name) {
        return list.isEmpty() || list.contains(name);
    }

    private static Optional<String> value(Map<String, String> query, String name) {
        return Optional.ofNullable(query.get(name)).map(String::strip).filter(given -> !given.isEmpty());
    }

    private static ErrorDetail missing(String code, String message, String param) {
        return ErrorDetail.invalid(code, message, param);
    }
}
