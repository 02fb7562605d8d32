package dev.parley.server.serve;

import dev.parley.server.CommandException;
import dev.parley.server.Environment;
import dev.parley.server.ExitCode;
import dev.parley.server.Screen;
import dev.parley.server.Screen.Style;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * A gateway that runs until a signal, as its flags ask.
 *
 * @param flags those that were given
 * @param config the configuration file that a flag names
 */
public record Serving(Map<Key, Setting> flags, Optional<String> config) {
    private static final String CONFIG = "--config";

    /**
     * Reads flags that need no explaining: each a known one, once, with its value behind it. The library for command
     * lines, which also knows all else, takes longer to load than a gateway to start.
     *
     * @return empty: the library is to read them, and to say what is wrong with them
     */
    public static Optional<Serving> plain(String... arguments) {
        Map<Key, Setting> flags = new EnumMap<>(Key.class);
        Optional<String> config = Optional.empty();
        Iterator<String> rest = Arrays.asList(arguments).iterator();
        while (rest.hasNext()) {
            String flag = rest.next();
            String value = rest.hasNext() ? rest.next() : "-";
            if (value.startsWith("-") || value.startsWith("@")) {
                return Optional.empty();
            }
            Optional<Key> key = Arrays.stream(Key.values())
                    .filter(each -> each.flag().filter(flag::equals).isPresent())
                    .findFirst();
            if (key.isPresent()) {
                if (flags.put(key.get(), new Setting(value, flag)) != null) {
                    return Optional.empty();
                }
            } else if (flag.equals(CONFIG) && config.isEmpty()) {
                config = Optional.of(value);
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(new Serving(flags, config));
    }

    /** Starts the gateway and says so, then waits for the signal that ends the process. */
    public int run(Environment environment, PrintWriter out) throws InterruptedException {
        Screen screen = new Screen(out, environment.colours());
        Optional<Path> file = config.map(name -> path(CONFIG, name))
                .or(() -> environment.get("PARLEY_CONFIG").map(name -> path("PARLEY_CONFIG", name)));
        GatewaySettings settings = GatewaySettings.of(flags, environment, file);
        Gateway gateway = Gateway.start(settings, environment, screen);
        announce(gateway.address(), settings, screen);
        closeAtSignal(gateway, screen);
        screen.line(Style.GREEN, "ready");
        new CountDownLatch(1).await();
        return ExitCode.OK;
    }

    /** A file's path; names with other letters than the locale has are none. */
    static Path path(String where, String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw CommandException.usage(where + ": '" + name + "' is no name of a file here (" + e.getReason()
                    + "); name another, or set a locale of UTF-8 such as LC_ALL=C.UTF-8");
        }
    }

    private static void announce(InetSocketAddress address, GatewaySettings settings, Screen screen) {
        String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
        String tls = settings.tls().isPresent() ? "s" : "";
        String base = "ws" + tls + "://" + host + ":" + address.getPort();
        if (settings.console()) {
            screen.line("  http" + tls + "://" + host + ":" + address.getPort()
                    + "/            the console: talk, and see everything that happens");
        }
        screen.line("  " + base + "/realtime      clients that expect {\"event\":\"realtime\",\"data\":…}");
        screen.line("  " + base + "/v1/realtime   any client of the OpenAI Realtime API");
        if (address.getAddress().isLoopbackAddress()) {
            return;
        }
        if (settings.admin().enabled() && settings.admin().key().isEmpty()) {
            screen.line("no admin key is set, so that the admin API answers only this computer; to use it from others,"
                    + " set PARLEY_ADMIN_KEY");
        }
        if (!settings.access().keys().isEmpty()) {
            return;
        }
        screen.line(
                Style.YELLOW,
                settings.access().open()
                        ? "warning: other computers reach " + settings.host() + ", and nobody is asked for a key:"
                                + " whoever can connect talks at your cost"
                        : "warning: no client keys are set, so that only clients on this computer may connect; set"
                                + " PARLEY_KEYS or 'keys', or PARLEY_ACCESS=open");
    }

    /**
     * Ends the process with 0 after a signal that asks it to end. The JVM runs shutdown hooks then, but afterwards
     * reports 128 + the signal's number, which supervisors take for a failure; halting at the end of the hook is the one
     * way to say 0 with the JDK's public API.
     */
    private static void closeAtSignal(Gateway gateway, Screen screen) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            screen.line("stopping…");
                            gateway.close();
                            screen.line("stopped");
                            Runtime.getRuntime().halt(ExitCode.OK);
                        },
                        "parley-stop"));
    }
}
