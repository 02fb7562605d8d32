package dev.parley.gateway;

import dev.parley.RealtimeException;
import dev.parley.RealtimeModuleOptions;
import dev.parley.VoiceAgent;
import dev.parley.access.Grant;
import dev.parley.audio.FrameCodec;
import dev.parley.protocol.Json;
import dev.parley.provider.Capabilities;
import dev.parley.provider.Providers;
import dev.parley.provider.RealtimeProvider;
import dev.parley.transport.HttpRequest;
import dev.parley.transport.HttpResponse;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Tells a client what it may choose: providers, models, voices, agents. Never connects to a provider. */
public final class ChoicesRoute {
    private final Door door;
    private final Providers providers;
    private final RealtimeModuleOptions options;

    /** For clients at a door. */
    public ChoicesRoute(Door door, Providers providers, RealtimeModuleOptions options) {
        this.door = door;
        this.providers = providers;
        this.options = options;
    }

    /** Answers one request. */
    public HttpResponse answer(HttpRequest request) {
        try {
            Grant grant = door.admit(request);
            return HttpResponse.json(200, choices(grant));
        } catch (Refusal refusal) {
            return HttpResponse.error(refusal.status(), refusal.error());
        }
    }

    private ObjectNode choices(Grant grant) {
        ObjectNode choices = Json.object()
                .put("default_provider", grant.profile().provider().orElse(options.defaultProvider()))
                .put("key_needed", !options.access().keys().isEmpty())
                .put("opus", FrameCodec.of("audio/opus").isPresent())
                .put("path", "/v1/realtime");
        ArrayNode agents = choices.putArray("agents");
        for (VoiceAgent agent : options.agents()) {
            agents.addObject().put("name", agent.name()).put("path", agent.path());
        }
        ArrayNode named = choices.putArray("providers");
        Set<String> allowed = grant.profile().providers();
        for (String name : providers.names()) {
            if (allowed.isEmpty() || allowed.contains(name)) {
                named.add(provider(name, grant));
            }
        }
        return choices;
    }

    private ObjectNode provider(String name, Grant grant) {
        ObjectNode choice = Json.object().put("name", name);
        RealtimeProvider provider;
        try {
            provider = providers.named(name);
        } catch (RealtimeException e) {
            // The text names settings that are missing, and quotes none.
            return choice.put("ready", false).put("reason", e.getMessage());
        }
        Capabilities can = provider.capabilities(provider.defaultModel());
        choice.put("ready", true).putNull("reason").put("default_model", provider.defaultModel());
        strings(choice.putArray("models"), models(name, provider, grant));
        strings(choice.putArray("voices"), new TreeSet<>(can.voices()));
        strings(choice.putArray("turn_detection"), new TreeSet<>(can.turnDetection()));
        return choice.put("truncates", can.truncates())
                .put("cancels", can.cancels())
                .put("billing", can.billing().name().toLowerCase(Locale.ROOT));
    }

    /** The only ones that may be named, or else suggestions. */
    private Collection<String> models(String name, RealtimeProvider provider, Grant grant) {
        Set<String> configured = providers.models(name);
        Collection<String> models = configured.isEmpty() ? provider.models() : new TreeSet<>(configured);
        Set<String> granted = grant.profile().models();
        return granted.isEmpty()
                ? models
                : models.stream().filter(granted::contains).toList();
    }

    private static void strings(ArrayNode array, Collection<String> values) {
        List.copyOf(values).forEach(array::add);
    }
}
