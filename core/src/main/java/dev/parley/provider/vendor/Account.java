package dev.parley.provider.vendor;

import dev.parley.RealtimeException;
import dev.parley.dialect.WireForm;
import dev.parley.provider.ProviderSettings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

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
    private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    /** What the connection itself says. */
    private static final Set<String> RESERVED =
            Set.of("host", "connection", "upgrade", "content-length", "content-type", "transfer-encoding", "expect");

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
    static Account of(Vendor vendor, ProviderSettings settings, Map<String, String> environment) {
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
                        .or(() -> variable(environment, vendor.model().variable()))
                        .orElse(vendor.model().standard()),
                form,
                idle(environment));
    }

    private static Address base(Vendor vendor, ProviderSettings settings, Map<String, String> environment) {
        Vendor.Place place = vendor.place();
        if (settings.url().isPresent()) {
            return Address.of(
                    "the url of the provider '" + settings.name() + "'",
                    settings.url().get(),
                    place.prefix());
        }
        Optional<String> given = variable(environment, place.variable());
        if (given.isEmpty() && place.base().isEmpty()) {
            throw new RealtimeException.InvalidConfig(place.variable() + " is not set; set it to the URL of your '"
                    + vendor.vendorName() + "' server, or give the provider '" + settings.name() + "' a url");
        }
        return Address.of(place.variable(), given.orElse(place.base()), place.prefix());
    }

    private static Optional<String> key(Vendor vendor, ProviderSettings settings, Map<String, String> environment) {
        String name = settings.keyVariable().orElse(vendor.key().variable());
        Optional<String> key = variable(environment, name);
        if (key.isEmpty() && (vendor.key().required() || settings.keyVariable().isPresent())) {
            throw new RealtimeException.InvalidConfig(name + " is not set; set it to the key of the provider '"
                    + settings.name() + "', or choose the provider 'local', which needs none");
        }
        if (!key.orElse("").chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new RealtimeException.InvalidConfig(
                    name + " holds a character that no key has, such as a space or a line break");
        }
        return key;
    }

    private static Map<String, String> headers(
            Vendor vendor,
            ProviderSettings settings,
            Map<String, String> environment,
            Optional<String> key,
            WireForm form) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put("User-Agent", "Parley");
        if (form == WireForm.BETA) {
            headers.put(BETA_HEADER, "realtime=v1");
        }
        if (settings.keyVariable().isEmpty()) {
            // An organization goes with the account whose key it is.
            vendor.accountHeaders()
                    .forEach((variable, header) -> variable(environment, variable)
                            .ifPresent(value -> headers.put(header, checked(variable, value))));
        }
        settings.headers().forEach((header, value) -> {
            String lower = header.toLowerCase(Locale.ROOT);
            boolean beta = lower.equals("openai-beta") && form == WireForm.GA;
            if (!HEADER_NAME.matcher(header).matches()
                    || RESERVED.contains(lower)
                    || lower.startsWith("sec-")
                    || beta) {
                throw new RealtimeException.InvalidConfig("the provider '" + settings.name()
                        + "' has the header '" + (HEADER_NAME.matcher(header).matches() ? header : "(not a name)")
                        + "', which cannot be set; leave it out");
            }
            headers.put(
                    header, checked("the header '" + header + "' of the provider '" + settings.name() + "'", value));
        });
        key.map(vendor.key().auth()::show).ifPresent(shown -> headers.put(shown.getKey(), shown.getValue()));
        return new LinkedHashMap<>(headers);
    }

    private static String checked(String source, String value) {
        if (!value.chars().allMatch(c -> c >= ' ' && c < 127)) {
            throw new RealtimeException.InvalidConfig(
                    source + " holds a character that no header may have, such as a line break");
        }
        return value;
    }

    private static Duration idle(Map<String, String> environment) {
        String given = variable(environment, "PARLEY_PROVIDER_IDLE_MS").orElse("20000");
        try {
            long ms = Long.parseLong(given);
            if (ms >= 100) {
                return Duration.ofMillis(ms);
            }
        } catch (NumberFormatException e) {
            // Told below, as a number that is too small.
        }
        throw new RealtimeException.InvalidConfig(
                "PARLEY_PROVIDER_IDLE_MS is '" + given + "'; it must be a number of milliseconds, at least 100");
    }

    /** A variable; an empty one counts as unset. */
    private static Optional<String> variable(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    private static RealtimeException wrong(ProviderSettings settings, String field, String value) {
        return new RealtimeException.InvalidConfig("the " + field + " of the provider '" + settings.name() + "' is '"
                + value + "'; there are "
                + java.util.Arrays.stream(WireForm.values())
                        .map(WireForm::formName)
                        .toList());
    }
}
