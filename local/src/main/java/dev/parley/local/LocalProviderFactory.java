package dev.parley.local;

import dev.parley.provider.ProviderFactory;
import dev.parley.provider.RealtimeProvider;
import dev.parley.transport.WebSocketConnector;
import java.util.Map;
import java.util.function.Supplier;

/** Makes the provider named {@code local}. */
public final class LocalProviderFactory implements ProviderFactory {
    @Override
    public String name() {
        return LocalProvider.NAME;
    }

    @Override
    public RealtimeProvider create(Map<String, String> environment, Supplier<WebSocketConnector> connector) {
        return new LocalProvider(LocalOptions.of(environment));
    }
}
