package dev.parley.local;

import dev.parley.provider.ProviderFactory;
import dev.parley.provider.ProviderSettings;
import dev.parley.provider.RealtimeProvider;
import dev.parley.transport.Connector;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Makes the provider named {@code local}. */
public final class LocalProviderFactory implements ProviderFactory {
    @Override
    public List<String> names() {
        return List.of(LocalProvider.NAME);
    }

    @Override
    public RealtimeProvider create(
            ProviderSettings settings, Map<String, String> environment, Supplier<Connector> connector) {
        ProviderSettings unused = settings.withoutOptions();
        return new LocalProvider(LocalOptions.of(environment));
    }
}
