package dev.parley.provider;

import dev.parley.RealtimeException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A provider that the user configures under a name of their own: another account, server or vendor.
 *
 * @param name what sessions choose it by, such as {@code grok}
 * @param vendor whose server it is, such as {@code openai}, {@code azure}, {@code xai}; says the URL's form, how the key
 *     is shown, and the dialect
 * @param url its base, http, https, ws or wss; empty: the vendor's own
 * @param keyVariable the environment variable that holds its key; empty: the vendor's usual one
 * @param dialect how it writes events, if not as its vendor's servers do
 * @param headers sent with each connection, beside the key; their values are never logged
 * @param model what sessions get that name none; empty: the vendor's default
 * @param models the only ones that sessions may name; empty: any
 * @param options further settings, whose names the vendor knows
 */
public record ProviderSettings(
        String name,
        String vendor,
        Optional<String> url,
        Optional<String> keyVariable,
        Optional<String> dialect,
        Map<String, String> headers,
        Optional<String> model,
        Set<String> models,
        Map<String, String> options) {
    public ProviderSettings {
        headers = Map.copyOf(headers);
        models = Set.copyOf(models);
        options = Map.copyOf(options);
    }

    /** A vendor as it is, by its own name. */
    public static ProviderSettings of(String vendor) {
        return new ProviderSettings(
                vendor,
                vendor,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Set.of(),
                Map.of());
    }

    /**
     * These settings, of a vendor that knows no options.
     *
     * @throws RealtimeException if there is one
     */
    public ProviderSettings withoutOptions() {
        if (!options.isEmpty()) {
            throw new RealtimeException.InvalidConfig("the provider '" + name + "' has the option '"
                    + options.keySet().iterator().next() + "'; the vendor '" + vendor + "' has no options");
        }
        return this;
    }

    /** The settings in a text without the headers' values. */
    @Override
    public String toString() {
        return "ProviderSettings[name=" + name + ", vendor=" + vendor + "]";
    }
}
