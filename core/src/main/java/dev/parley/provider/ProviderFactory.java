package dev.parley.provider;

import dev.parley.transport.WebSocketConnector;
import java.util.Map;
import java.util.function.Supplier;

/** Makes a provider from the environment; found by {@link java.util.ServiceLoader}. */
public interface ProviderFactory {
    /** The name it is chosen by, such as {@code openai}. */
    String name();

    /**
     * Makes the provider.
     *
     * @param environment variables such as {@code OPENAI_API_KEY}; an empty one counts as unset
     * @param connector opens the provider's sockets; asked only if there are any
     * @throws dev.parley.RealtimeException if a variable is missing or wrong; the text says which
     */
    RealtimeProvider create(Map<String, String> environment, Supplier<WebSocketConnector> connector);
}
