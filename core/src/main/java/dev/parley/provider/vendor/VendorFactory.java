package dev.parley.provider.vendor;

import dev.parley.RealtimeException;
import dev.parley.provider.ProviderFactory;
import dev.parley.provider.ProviderSettings;
import dev.parley.provider.RealtimeProvider;
import dev.parley.provider.Variables;
import dev.parley.transport.Connector;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Makes the providers of the {@link Vendor} table: {@code openai} from {@code OPENAI_API_KEY} and
 * {@code OPENAI_BASE_URL}, and so on, as docs/providers.md lists. {@code PARLEY_PROVIDER_IDLE_MS}, 20,000 by default, is
 * the silence after which a provider is taken for stalled.
 */
public final class VendorFactory implements ProviderFactory {
    @Override
    public List<String> names() {
        return Vendor.names();
    }

    @Override
    public RealtimeProvider create(
            ProviderSettings settings, Map<String, String> environment, Supplier<Connector> connector) {
        Vendor vendor = Vendor.named(settings.vendor())
                .orElseThrow(() -> new RealtimeException.InvalidConfig(
                        "there is no vendor '" + settings.vendor() + "'; there are " + Vendor.names()));
        return new VendorProvider(
                Account.of(vendor, settings.withoutOptions(), new Variables(environment)), connector.get());
    }
}
