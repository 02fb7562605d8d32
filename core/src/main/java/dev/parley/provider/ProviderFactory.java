package dev.parley.provider;

import dev.parley.transport.Connector;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Makes providers from settings and the environment; found by {@link java.util.ServiceLoader}. */
public interface ProviderFactory {
    /** The vendors it makes providers of, such as {@code openai}; each is a provider's name, too, that needs no settings. */
    List<String> names();

    /**
     * Makes a provider.
     *
     * @param settings of one of the vendors; what they leave out is the vendor's usual
     * @param environment variables such as {@code OPENAI_API_KEY}; an empty one counts as unset
     * @param connector opens the provider's sockets; asked only if there are any
     * @throws dev.parley.RealtimeException if a variable is missing or wrong; the text says which
     */
    RealtimeProvider create(ProviderSettings settings, Map<String, String> environment, Supplier<Connector> connector);
}
