package dev.parley.server.serve;

import dev.parley.RealtimeSessionConfig;
import dev.parley.access.ClientAccess;
import dev.parley.access.ClientKey;
import dev.parley.access.Profile;
import dev.parley.event.session.Session;
import dev.parley.protocol.EventType;
import dev.parley.server.CommandException;
import dev.parley.server.Environment;
import dev.parley.session.ClientPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** What a configuration file says of the clients: {@code keys} and {@code profiles}. */
record ClientSettings(List<ClientKey> keys, Map<String, Profile> profiles) {
    static final ClientSettings NONE = new ClientSettings(List.of(), Map.of());

    static ClientSettings read(Section root, Environment environment) {
        List<ClientKey> keys = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Section section : root.sections("keys")) {
            ClientKey key = key(section, environment);
            if (!names.add(key.name())) {
                throw section.wrong("name", "is '" + key.name() + "', which another key has, too");
            }
            keys.add(key);
        }
        Map<String, Profile> profiles = new HashMap<>();
        root.section("profiles").ifPresent(named -> {
            for (String name : named.names()) {
                profiles.put(name, profile(named.section(name).orElseThrow()));
            }
        });
        return new ClientSettings(keys, profiles);
    }

    /**
     * Who may connect, all settings together.
     *
     * @param more keys that are not in the file
     * @throws CommandException if a key names a profile that is not there
     */
    ClientAccess access(List<String> more, boolean open) {
        List<ClientKey> all = new ArrayList<>(keys);
        for (String key : more) {
            all.add(ClientKey.of("key-" + all.size(), key));
        }
        try {
            return new ClientAccess(all, profiles, open);
        } catch (IllegalArgumentException e) {
            throw CommandException.usage(String.valueOf(e.getMessage()));
        }
    }

    private static ClientKey key(Section section, Environment environment) {
        section.only(List.of("name", "key", "key-variable", "sha256", "profile", "max-sessions"));
        String name = text(section, "name").orElseThrow(() -> section.wrong("each key needs a 'name'"));
        Optional<String> digest = text(section, "sha256")
                .or(() -> text(section, "key").map(ClientKey::digest))
                .or(() -> text(section, "key-variable")
                        .map(variable -> environment
                                .get(variable)
                                .map(ClientKey::digest)
                                .orElseThrow(
                                        () -> section.wrong("key-variable", "is " + variable + ", which is not set"))));
        try {
            return new ClientKey(
                    name,
                    digest.orElseThrow(() ->
                            section.wrong("the key '" + name + "' needs one of 'key', 'key-variable' and 'sha256'")),
                    text(section, "profile"),
                    number(section, "max-sessions"));
        } catch (IllegalArgumentException e) {
            throw section.wrong(String.valueOf(e.getMessage()));
        }
    }

    private static Profile profile(Section section) {
        section.only(List.of(
                "provider",
                "providers",
                "models",
                "client-events",
                "client-session-update",
                "max-session-seconds",
                "session"));
        OptionalInt seconds = number(section, "max-session-seconds");
        return new Profile(
                new ClientPolicy(
                        section.limit("client-events").stream()
                                .map(EventType::of)
                                .collect(Collectors.toSet()),
                        fields(section)),
                section.section("session").map(ClientSettings::session).orElse(RealtimeSessionConfig.EMPTY),
                text(section, "provider"),
                Set.copyOf(section.limit("providers")),
                Set.copyOf(section.limit("models")),
                seconds.isPresent() ? Optional.of(Duration.ofSeconds(seconds.getAsInt())) : Optional.empty());
    }

    private static Optional<Set<String>> fields(Section section) {
        List<String> given = section.list("client-session-update").orElse(List.of("all"));
        return switch (String.join(",", given)) {
            case "all" -> Optional.empty();
            case "none" -> Optional.of(Set.of());
            default -> Optional.of(Set.copyOf(given));
        };
    }

    /** A session in the shape of OpenAI's, with {@code voice} for short. */
    private static RealtimeSessionConfig session(Section section) {
        ObjectNode json = section.json();
        RealtimeSessionConfig.Builder config = RealtimeSessionConfig.builder();
        if (json.path("voice").isString()) {
            config.voice(json.remove("voice").asString());
        }
        RealtimeSessionConfig settled = config.session(json).build();
        // Fields that OpenAI does not know may be another provider's.
        settled.session()
                .flatMap(whole -> Session.check(whole, "session"))
                .filter(fault -> !fault.code().equals("unknown_parameter"))
                .ifPresent(fault -> {
                    throw section.wrong("'" + fault.param() + "': " + fault.message());
                });
        return settled;
    }

    private static Optional<String> text(Section section, String name) {
        return section.text(name).map(Setting::value).map(String::strip).filter(value -> !value.isEmpty());
    }

    private static OptionalInt number(Section section, String name) {
        Optional<String> text = text(section, name);
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        try {
            int number = Integer.parseInt(text.get());
            if (number > 0) {
                return OptionalInt.of(number);
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw section.wrong(name, "is '" + text.get() + "'; it must be a whole number above 0");
    }
}
