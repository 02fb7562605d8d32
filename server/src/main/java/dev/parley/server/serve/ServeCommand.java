package dev.parley.server.serve;

import dev.parley.server.Environment;
import dev.parley.server.ExitCode;
import dev.parley.server.Screen;
import dev.parley.server.Screen.Style;
import dev.parley.server.Version;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code parley serve}: the gateway, until a signal ends it. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Run the gateway until Ctrl-C or SIGTERM.",
        footerHeading = "%nEnvironment (flags win over it, and it wins over the configuration file):%n",
        footer = {
            "  OPENAI_API_KEY           OpenAI's key; set, it makes 'openai' the default provider",
            "  OPENAI_BASE_URL          another server that speaks OpenAI Realtime",
            "  AZURE_OPENAI_ENDPOINT, AZURE_OPENAI_API_KEY, AZURE_OPENAI_DEPLOYMENT",
            "                           with --provider azure",
            "  GEMINI_API_KEY           Gemini's key (or GOOGLE_API_KEY)",
            "  PARLEY_HOST, PARLEY_PORT, PARLEY_PROVIDER, PARLEY_TLS_CERT, PARLEY_TLS_KEY,",
            "  PARLEY_CONFIG            as the flags",
            "  PARLEY_ALLOWED_ORIGINS   web origins that may connect, with commas between",
            "  PARLEY_KEYS              keys that clients must show, with commas between",
            "  PARLEY_ACCESS            'open': clients of other machines need no key",
            "  PARLEY_INSTRUCTIONS, PARLEY_VOICE, PARLEY_MODEL",
            "                           what sessions on /realtime start with",
            "  PARLEY_LOG               log level: warn (default), info, debug",
            "  PARLEY_JAVA_OPTS         more flags for Java"
        })
public final class ServeCommand implements Callable<Integer> {
    private final Environment environment;
    private final Map<Key, Setting> flags = new EnumMap<>(Key.class);

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Settings in YAML: host, port, provider, allowed-origins, access, tls, session, and named"
                    + " providers, keys and profiles; see docs/configuration.md.")
    private Optional<Path> config = Optional.empty();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli's to set
    private CommandSpec spec;

    /** The command, in surroundings. */
    public ServeCommand(Environment environment) {
        this.environment = environment;
    }

    @Option(names = "--host", paramLabel = "ADDRESS", description = "The address to bind; 127.0.0.1 by default.")
    void host(String value) {
        set(Key.HOST, "--host", value);
    }

    @Option(names = "--port", paramLabel = "PORT", description = "8080 by default; 0: any that is free.")
    void port(String value) {
        set(Key.PORT, "--port", value);
    }

    @Option(
            names = "--provider",
            paramLabel = "NAME",
            description = "openai, azure, local or another vendor's name, or one that the file names. By default openai"
                    + " if its key is set, else local; see docs/providers.md.")
    void provider(String value) {
        set(Key.PROVIDER, "--provider", value);
    }

    @Option(names = "--tls-cert", paramLabel = "FILE", description = "Certificate chain in PEM, to serve wss.")
    void tlsCert(String value) {
        set(Key.TLS_CERT, "--tls-cert", value);
    }

    @Option(names = "--tls-key", paramLabel = "FILE", description = "Its private key in PEM (PKCS#8).")
    void tlsKey(String value) {
        set(Key.TLS_KEY, "--tls-key", value);
    }

    private void set(Key key, String flag, String value) {
        flags.put(key, new Setting(value, flag));
    }

    @Override
    public Integer call() throws InterruptedException {
        Screen screen = new Screen(spec.commandLine().getOut(), environment.colours());
        Optional<Path> file = config.or(() -> environment.get("PARLEY_CONFIG").map(Path::of));
        GatewaySettings settings = GatewaySettings.of(flags, environment, file);
        Gateway gateway = Gateway.start(settings, environment, screen);
        announce(gateway.address(), settings, screen);
        closeAtSignal(gateway, screen);
        screen.line(Style.GREEN, "ready");
        new CountDownLatch(1).await();
        return ExitCode.OK;
    }

    private static void announce(InetSocketAddress address, GatewaySettings settings, Screen screen) {
        String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
        String base = (settings.tls().isPresent() ? "wss://" : "ws://") + host + ":" + address.getPort();
        screen.line("  " + base + "/realtime      clients that expect {\"event\":\"realtime\",\"data\":…}");
        screen.line("  " + base + "/v1/realtime   any client of the OpenAI Realtime API");
        if (address.getAddress().isLoopbackAddress()
                || !settings.access().keys().isEmpty()) {
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
