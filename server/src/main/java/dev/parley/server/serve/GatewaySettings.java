package dev.parley.server.serve;

import dev.parley.RealtimeException;
import dev.parley.RealtimeSessionConfig;
import dev.parley.access.ClientAccess;
import dev.parley.netty.Transport;
import dev.parley.provider.ProviderSettings;
import dev.parley.server.CommandException;
import dev.parley.server.Environment;
import dev.parley.transport.RealtimeServerFactory.Tls;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * How a gateway is to run: flags over environment over file over defaults.
 *
 * @param host the address to bind
 * @param port 0: any that is free
 * @param provider empty: the one whose key is set
 * @param allowedOrigins of web pages that may connect
 * @param session what sessions on {@code /realtime} start with
 * @param providers named providers
 * @param access who may connect
 * @param variables what the environment does not say of the transport and the file does, under the variables' names
 * @param limits what sessions may take
 * @param metrics whether {@code /metrics} is there
 * @param console whether the pages are there
 * @param admin who may use the admin API
 */
record GatewaySettings(
        String host,
        int port,
        Optional<String> provider,
        Optional<Tls> tls,
        Set<String> allowedOrigins,
        RealtimeSessionConfig session,
        List<ProviderSettings> providers,
        ClientAccess access,
        Map<String, String> variables,
        LimitSettings limits,
        boolean metrics,
        boolean console,
        AdminSettings admin) {
    /** Keys for clients, with commas between; not to be seen in a file. */
    private static final String KEYS = "PARLEY_KEYS";
    /** The key of whoever looks after the gateway, unless the file names another variable. */
    private static final String ADMIN_KEY = "PARLEY_ADMIN_KEY";

    /** Settles the settings; throws {@link CommandException} where one is wrong. */
    static GatewaySettings of(Map<Key, Setting> flags, Environment environment, Optional<Path> file) {
        ConfigFile said = file.map(path -> ConfigFile.read(path, environment)).orElse(ConfigFile.NONE);
        Map<Key, Setting> all = new EnumMap<>(Key.class);
        all.putAll(said.values());
        for (Key key : Key.values()) {
            environment.get(key.variable()).ifPresent(value -> all.put(key, new Setting(value, key.variable())));
        }
        all.putAll(flags);
        all.values().removeIf(setting -> setting.value().isBlank());
        RealtimeSessionConfig.Builder session = RealtimeSessionConfig.builder();
        ifSet(all, Key.INSTRUCTIONS, session::instructions);
        ifSet(all, Key.VOICE, session::voice);
        ifSet(all, Key.MODEL, session::model);
        return new GatewaySettings(
                text(all, Key.HOST).orElse("127.0.0.1"),
                port(all),
                text(all, Key.PROVIDER),
                tls(all),
                text(all, Key.ALLOWED_ORIGINS)
                        .map(list -> Set.copyOf(list(list)))
                        .orElse(Set.of()),
                session.build(),
                said.providers(),
                said.clients().access(list(environment.get(KEYS).orElse("")), open(all)),
                variables(all),
                LimitSettings.of(all),
                on(all, Key.METRICS, "'on' (/metrics answers whoever reaches the port) or 'off'"),
                on(all, Key.CONSOLE, "'on' (the console is at /) or 'off'"),
                admin(all, environment));
    }

    private static Map<String, String> variables(Map<Key, Setting> all) {
        Map<String, String> variables = new HashMap<>();
        for (Key key : List.of(Key.TRANSPORT, Key.EVENT_LOOPS)) {
            ifSet(all, key, value -> variables.put(key.variable(), value));
        }
        try {
            Transport.of(variables);
            Transport.loops(variables);
        } catch (RealtimeException.InvalidConfig wrong) {
            throw CommandException.usage(named(all, String.valueOf(wrong.getMessage())));
        }
        return variables;
    }

    /** What is wrong, under the name under which it was set. */
    private static String named(Map<Key, Setting> all, String problem) {
        for (Map.Entry<Key, Setting> entry : all.entrySet()) {
            String variable = entry.getKey().variable();
            String where = entry.getValue().where();
            if (problem.startsWith(variable + " ") && !where.equals(variable)) {
                return where + ": '" + entry.getKey().path() + "'" + problem.substring(variable.length());
            }
        }
        return problem;
    }

    private static Optional<String> text(Map<Key, Setting> all, Key key) {
        return Optional.ofNullable(all.get(key)).map(Setting::value).map(String::strip);
    }

    private static void ifSet(Map<Key, Setting> all, Key key, Consumer<String> to) {
        text(all, key).ifPresent(to);
    }

    private static int port(Map<Key, Setting> all) {
        Setting setting = all.getOrDefault(Key.PORT, new Setting("8080", "default"));
        try {
            int port = Integer.parseInt(setting.value().strip());
            if (port >= 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw CommandException.usage(setting.where() + ": the port is '" + setting.value()
                + "'; it must be a number from 0 (any that is free) to 65535");
    }

    private static Optional<Tls> tls(Map<Key, Setting> all) {
        Optional<String> certificate = text(all, Key.TLS_CERT);
        Optional<String> key = text(all, Key.TLS_KEY);
        if (certificate.isPresent() != key.isPresent()) {
            throw CommandException.usage("TLS needs both --tls-cert and --tls-key, but only "
                    + (certificate.isPresent() ? "the certificate" : "the key") + " is set");
        }
        return certificate.map(file ->
                new Tls(Serving.path(Key.TLS_CERT.path(), file), Serving.path(Key.TLS_KEY.path(), key.orElseThrow())));
    }

    private static boolean open(Map<Key, Setting> all) {
        Setting setting = all.getOrDefault(Key.ACCESS, new Setting("keys", "default"));
        return switch (setting.value().strip()) {
            case "open" -> true;
            case "keys" -> false;
            default ->
                throw CommandException.usage(setting.where() + ": the access is '" + setting.value()
                        + "'; it must be 'keys' (other machines need one) or 'open' (nobody does)");
        };
    }

    private static AdminSettings admin(Map<Key, Setting> all, Environment environment) {
        boolean enabled = on(all, Key.ADMIN, "'on' (the admin API is at /admin) or 'off'");
        Setting variable = all.get(Key.ADMIN_KEY_VARIABLE);
        Optional<String> key =
                environment.get(variable == null ? ADMIN_KEY : variable.value().strip());
        if (variable != null && key.isEmpty()) {
            throw CommandException.usage(variable.where() + ": 'admin.key-variable' is "
                    + variable.value().strip() + ", which is not set");
        }
        return new AdminSettings(enabled, key);
    }

    /**
     * A switch that is on unless it is set otherwise.
     *
     * @param choices what it may be, as an error tells it
     */
    private static boolean on(Map<Key, Setting> all, Key key, String choices) {
        Setting setting = all.getOrDefault(key, new Setting("on", "default"));
        return switch (setting.value().strip()) {
            // YAML of old takes the words for truth values, and so do many who write it.
            case "on", "true" -> true;
            case "off", "false" -> false;
            default ->
                throw CommandException.usage(
                        setting.where() + ": '" + key.path() + "' is '" + setting.value() + "'; it must be " + choices);
        };
    }

    private static List<String> list(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(element -> !element.isEmpty())
                .distinct()
                .toList();
    }
}
