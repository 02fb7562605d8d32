package dev.parley.spring;

import dev.parley.RealtimeException;
import dev.parley.RealtimeModuleOptions;
import dev.parley.VoiceAgent;
import dev.parley.access.ClientAccess;
import dev.parley.access.ClientKey;
import dev.parley.provider.ProviderFactory;
import dev.parley.provider.RealtimeProvider;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ResourceLoader;

/** The module's options that the properties come to. */
final class ModuleOptions {
    private ModuleOptions() {}

    /**
     * Options as the properties say.
     *
     * @throws RealtimeException if a value makes no sense; the text names the property
     */
    static RealtimeModuleOptions.Builder of(
            ParleyProperties properties,
            ResourceLoader resources,
            List<VoiceAgent> agents,
            List<RealtimeProvider> providers) {
        Map<String, String> variables = variables(properties);
        RealtimeModuleOptions.Builder options = RealtimeModuleOptions.builder()
                .environment(variables)
                .path(properties.path())
                .defaultSessionConfig(properties.session().config(resources))
                .defaultProvider(provider(properties, variables, providers))
                .mirrorTranscripts(properties.mirrorTranscripts())
                .access(access(properties));
        try {
            options.limits(properties.limits().session());
        } catch (RealtimeException e) {
            throw new RealtimeException.InvalidConfig("parley.limits: " + e.getMessage());
        }
        properties.allowedOrigins().forEach(options::allowOrigin);
        if (properties.maxSessions() != null) {
            options.maxSessions(properties.maxSessions());
        }
        if (properties.buffers() != null) {
            options.buffers(properties.buffers().toBytes());
        }
        agents.forEach(options::agent);
        return options;
    }

    private static Map<String, String> variables(ParleyProperties properties) {
        Map<String, String> variables = new HashMap<>(System.getenv());
        variables.putAll(properties.variables());
        put(variables, "OPENAI_API_KEY", properties.openai().apiKey());
        put(variables, "OPENAI_BASE_URL", properties.openai().baseUrl());
        put(variables, "AZURE_OPENAI_API_KEY", properties.azure().apiKey());
        put(variables, "AZURE_OPENAI_ENDPOINT", properties.azure().endpoint());
        return variables;
    }

    private static void put(Map<String, String> variables, String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            variables.put(name, value.strip());
        }
    }

    private static String provider(
            ParleyProperties properties, Map<String, String> variables, List<RealtimeProvider> beans) {
        if (properties.provider() != null && !properties.provider().isBlank()) {
            return properties.provider().strip();
        }
        if (beans.size() == 1) {
            return beans.getFirst().name();
        }
        boolean key = !variables.getOrDefault("OPENAI_API_KEY", "").isBlank();
        return key || !exists("local") ? "openai" : "local";
    }

    private static boolean exists(String name) {
        return ServiceLoader.load(ProviderFactory.class).stream()
                .map(ServiceLoader.Provider::get)
                .anyMatch(factory -> factory.names().contains(name));
    }

    private static ClientAccess access(ParleyProperties properties) {
        List<ClientKey> keys = properties.keys().entrySet().stream()
                .map(each -> key(each.getKey(), each.getValue()))
                .toList();
        return new ClientAccess(keys, Map.of(), properties.access() == ParleyProperties.Access.OPEN);
    }

    private static ClientKey key(String name, ParleyProperties.Key set) {
        String digest = set.sha256() != null ? set.sha256() : ClientKey.digest(String.valueOf(set.key()));
        OptionalInt most = set.maxSessions() == null ? OptionalInt.empty() : OptionalInt.of(set.maxSessions());
        try {
            return new ClientKey(name, digest, Optional.empty(), most);
        } catch (IllegalArgumentException e) {
            throw new RealtimeException.InvalidConfig("parley.keys: " + e.getMessage());
        }
    }
}
