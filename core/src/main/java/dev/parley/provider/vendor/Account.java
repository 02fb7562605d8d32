package dev.parley.provider.vendor;

import dev.parley.RealtimeException;
import dev.parley.dialect.WireForm;
import dev.parley.provider.Address;
import dev.parley.provider.OwnHeaders;
import dev.parley.provider.ProviderSettings;
import dev.parley.provider.Variables;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a provider is made of: a vendor's row, with what the settings and the environment say in place of it.
 *
 * @param name what sessions choose it by
 * @param base where its servers are
 * @param headers that every connection and request carries, the key among them
 * @param key empty: none is needed
 * @param model the one that a session gets which names none, or empty
 * @param form how it writes events
 * @param idle silence, pongs included, after which it is taken for stalled
 */
record Account(
        String name,
        Vendor vendor,
        Address base,
        Map<String, String> headers,
        Optional<String> key,
        String model,
        WireForm form,
        Duration idle) {
    private static final String BETA_HEADER = "OpenAI-Beta";

    /** The account in a text without the headers' values. */
    @Override
    public String toString() {
        return "Account[name=" + name + ", vendor=" + vendor.vendorName() + ", headers=" + headers.keySet() + "]";
    }

    /**
     * The account that settings and an environment come to.
     *
     * @throws RealtimeException if something is missing or wrong; the text says which variable or setting
     */
    static Account of(Vendor vendor, ProviderSettings settings, Variables environment) {
        WireForm form = settings.dialect()
                .map(named -> WireForm.named(named).orElseThrow(() -> wrong(settings, "dialect", named)))
                .orElse(vendor.form());
        Optional<String> key = key(vendor, settings, environment);
        return new Account(
                settings.name(),
                vendor,
                base(vendor, settings, environment),
                Map.copyOf(headers(vendor, settings, environment, key, form)),
                key,
                settings.model()
                        .or(() -> environment.get(vendor.model().variable()))
                        .orElse(vendor.model().standard()),
                form,
                environment.idle());
    }

    private static Address base(Vendor vendor, ProviderSettings settings, Variables environment) {
        Vendor.Place place = vendor.place();
        if (settings.url().isPresent()) {
            return Address.of(
                    "the url of the provider '" + settings.name() + "'",
                    settings.url().get(),
                    place.prefix());
        }
        Optional<String> given = environment.get(place.variable());
        if (given.isEmpty() && place.base().isEmpty()) {
            throw new RealtimeException.InvalidConfig(place.variable() + " is not set; set it to the URL of your '"
                    + vendor.vendorName() + "' server, or give the provider '" + settings.name() + "' a url");
        }
        return Address.of(place.variable(), given.orElse(place.base()), place.prefix());
    }

    private static Optional<String> key(Vendor vendor, ProviderSettings settings, Variables environment) {
        String name = settings.keyVariable().orElse(vendor.key().variable());
        Optional<String> key = environment.get(name);
        if (key.isEmpty() && (vendor.key().required() || settings.keyVariable().isPresent())) {
            throw new RealtimeException.InvalidConfig(name + " is not set; set it to the key of the provider '"
                    + settings.name() + "', or choose the provider 'local', which needs none");
        }
        key.ifPresent(value -> Variables.checkKey(name, value));
        return key;
    }

    private static Map<String, String> headers(
            Vendor vendor, ProviderSettings settings, Variables environment, Optional<String> key, WireForm form) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put("User-Agent", "Parley");
        if (form == WireForm.BETA) {
            headers.put(BETA_HEADER, "realtime=v1");
        }
        if (settings.keyVariable().isEmpty()) {
            // An organization goes with the account whose key it is.
            vendor.accountHeaders()
                    .forEach((variable, header) -> environment
                            .get(variable)
                            .ifPresent(value -> headers.put(header, OwnHeaders.checked(variable, value))));
        }
        Map<String, String> own = OwnHeaders.of(settings);
        if (form == WireForm.GA && own.keySet().stream().anyMatch(BETA_HEADER::equalsIgnoreCase)) {
            throw OwnHeaders.reserved(settings, BETA_HEADER);
        }
        headers.putAll(own);
        key.map(vendor.key().auth()::show).ifPresent(shown -> headers.put(shown.getKey(), shown.getValue()));
        return new LinkedHashMap<>(headers);
    }

    private static RealtimeException wrong(ProviderSettings settings, String field, String value) {
        return new RealtimeException.InvalidConfig("the " + field + " of the provider '" + settings.name() + "' is '"
                + value + "'; there are "
                + java.util.Arrays.stream(WireForm.values())
                        .map(WireForm::formName)
                        .toList());
    }
}
