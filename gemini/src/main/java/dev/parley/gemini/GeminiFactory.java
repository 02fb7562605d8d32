package dev.parley.gemini;

import dev.parley.RealtimeException;
import dev.parley.gemini.setup.Endpoint;
import dev.parley.provider.ProviderFactory;
import dev.parley.provider.ProviderSettings;
import dev.parley.provider.RealtimeProvider;
import dev.parley.provider.Variables;
import dev.parley.transport.Connector;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Supplier;

/**
 * Makes the providers {@code gemini}, of the Developer API with {@code GEMINI_API_KEY} or {@code GOOGLE_API_KEY}, and
 * {@code vertex}, of Vertex AI with {@code GOOGLE_CLOUD_PROJECT} and access tokens by {@link AccessTokens}.
 */
public final class GeminiFactory implements ProviderFactory {
    @Override
    public List<String> names() {
        return List.of(GeminiAccount.DEVELOPER, GeminiAccount.VERTEX);
    }

    @Override
    public RealtimeProvider create(
            ProviderSettings settings, Map<String, String> environment, Supplier<Connector> connector) {
        GeminiAccount account = GeminiAccount.of(settings, new Variables(environment));
        Optional<AccessTokens> tokens = Optional.empty();
        if (account.endpoint() instanceof Endpoint.Vertex) {
            AccessTokens found = ServiceLoader.load(AccessTokens.class)
                    .findFirst()
                    .orElseThrow(() -> new RealtimeException.InvalidConfig(
                            "nothing here has access tokens for Vertex AI: add parley-vertex to the dependencies"));
            found.configure(environment);
            tokens = Optional.of(found);
        }
        return new GeminiProvider(account, connector.get(), tokens);
    }
}
