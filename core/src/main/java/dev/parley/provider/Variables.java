package dev.parley.provider;

import dev.parley.RealtimeException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The environment as providers read it: an empty variable counts as unset. Immutable. */
public final class Variables {
    private final Map<String, String> environment;

    /** The variables of an environment. */
    public Variables(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** A variable, without blanks around it. */
    public Optional<String> get(String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    /** All variables. */
    public Map<String, String> all() {
        return environment;
    }

    /**
     * The silence, pongs included, after which a provider is taken for stalled: {@code PARLEY_PROVIDER_IDLE_MS}.
     *
     * @throws RealtimeException if it is no such number
     */
    public Duration idle() {
        String given = get("PARLEY_PROVIDER_IDLE_MS").orElse("20000");
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

    /**
     * Checks a key.
     *
     * @param name of the variable that holds it
     * @throws RealtimeException if it can be none; the text does not hold it
     */
    public static void checkKey(String name, String key) {
        if (!key.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new RealtimeException.InvalidConfig(
                    name + " holds a character that no key has, such as a space or a line break");
        }
    }
}
