package dev.parley.provider.openai;

import dev.parley.RealtimeException;
import dev.parley.provider.ProviderFactory;
import dev.parley.provider.RealtimeProvider;
import dev.parley.transport.WebSocketConnector;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes the OpenAI provider from {@code OPENAI_API_KEY}, {@code OPENAI_BASE_URL} and {@code PARLEY_PROVIDER_IDLE_MS},
 * which is 20,000 by default: after so long without a sign of life the provider is taken for stalled.
 */
public final class OpenAIProviderFactory implements ProviderFactory {
    private static final String DEFAULT_BASE = "https://api.openai.com/v1";

    @Override
    public String name() {
        return "openai";
    }

    @Override
    public RealtimeProvider create(Map<String, String> environment, Supplier<WebSocketConnector> connector) {
        String key = environment.getOrDefault("OPENAI_API_KEY", "").strip();
        if (key.isEmpty()) {
            throw new RealtimeException.InvalidConfig(
                    "OPENAI_API_KEY is not set; set it to your OpenAI key, or choose the provider 'local', which needs"
                            + " none");
        }
        if (!key.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new RealtimeException.InvalidConfig(
                    "OPENAI_API_KEY holds a character that no key has, such as a space or a line break");
        }
        return new OpenAIProvider(base(environment.get("OPENAI_BASE_URL")), key, idle(environment), connector.get());
    }

    private static Duration idle(Map<String, String> environment) {
        String given = environment.getOrDefault("PARLEY_PROVIDER_IDLE_MS", "20000");
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

    private static URI base(@Nullable String given) {
        String text = given == null || given.isBlank() ? DEFAULT_BASE : given.strip();
        while (text.endsWith("/")) {
            text = text.substring(0, text.length() - 1);
        }
        try {
            URI uri = new URI(text);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme();
            String socket =
                    switch (scheme) {
                        case "https", "wss" -> "wss";
                        case "http", "ws" -> "ws";
                        default -> throw wrong(text);
                    };
            if (uri.getHost() == null) {
                throw wrong(text);
            }
            return new URI(socket + text.substring(scheme.length()));
        } catch (URISyntaxException e) {
            throw wrong(text);
        }
    }

    private static RealtimeException wrong(String text) {
        // An address may hold a password.
        String shown = text.contains("@") ? "(not shown, it holds an '@')" : "'" + text + "'";
        return new RealtimeException.InvalidConfig(
                "OPENAI_BASE_URL is " + shown + "; it must be an http, https, ws or wss URL such as " + DEFAULT_BASE);
    }
}
