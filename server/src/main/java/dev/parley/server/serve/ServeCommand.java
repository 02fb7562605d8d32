package dev.parley.server.serve;

import dev.parley.server.Environment;
import dev.parley.server.Version;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
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
            "  GEMINI_API_KEY           Gemini's key (or GOOGLE_API_KEY); set, and no OpenAI key, it makes",
            "                           'gemini' the default provider",
            "  GOOGLE_GEMINI_BASE_URL   another server that speaks Gemini Live",
            "  GOOGLE_CLOUD_PROJECT, GOOGLE_CLOUD_LOCATION, GOOGLE_APPLICATION_CREDENTIALS",
            "                           with --provider vertex: Gemini on Vertex AI",
            "  PARLEY_HOST, PARLEY_PORT, PARLEY_PROVIDER, PARLEY_TLS_CERT, PARLEY_TLS_KEY,",
            "  PARLEY_CONFIG            as the flags",
            "  PARLEY_TRANSPORT         auto (default), epoll, kqueue, io_uring or nio",
            "  PARLEY_EVENT_LOOPS       how many threads move bytes; one a processor by default",
            "  PARLEY_ALLOWED_ORIGINS   web origins that may connect, with commas between",
            "  PARLEY_KEYS              keys that clients must show, with commas between",
            "  PARLEY_ACCESS            'open': clients of other machines need no key",
            "  PARLEY_INSTRUCTIONS, PARLEY_VOICE, PARLEY_MODEL",
            "                           what sessions on /realtime start with",
            "  PARLEY_METRICS           'off': no /metrics",
            "  PARLEY_CONSOLE           'off': no pages at /",
            "  PARLEY_ADMIN_KEY         the key for the admin API; without one it answers this computer alone",
            "  PARLEY_ADMIN             'off': no admin API",
            "  PARLEY_MAX_SESSIONS, PARLEY_BUFFERS and other limits: docs/configuration.md",
            "  PARLEY_LOG               log level: warn (default), info, debug",
            "  PARLEY_JAVA_OPTS         more flags for Java"
        })
public final class ServeCommand implements Callable<Integer> {
    private final Environment environment;
    private final Map<Key, Setting> flags = new EnumMap<>(Key.class);

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "Settings in YAML: host, port, provider, allowed-origins, access, tls, session, limits, metrics, and named"
                            + " providers, keys and profiles; see docs/configuration.md.")
    private Optional<String> config = Optional.empty();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli's to set
    private CommandSpec spec;

    /** The command, in surroundings. */
    public ServeCommand(Environment environment) {
        this.environment = environment;
    }

    @Option(names = "--host", paramLabel = "ADDRESS", description = "The address to bind; 127.0.0.1 by default.")
    void host(String value) {
        set(Key.HOST, value);
    }

    @Option(names = "--port", paramLabel = "PORT", description = "8080 by default; 0: any that is free.")
    void port(String value) {
        set(Key.PORT, value);
    }

    @Option(
            names = "--provider",
            paramLabel = "NAME",
            description = "openai, azure, local or another vendor's name, or one that the file names. By default openai"
                    + " if its key is set, else local; see docs/providers.md.")
    void provider(String value) {
        set(Key.PROVIDER, value);
    }

    @Option(names = "--tls-cert", paramLabel = "FILE", description = "Certificate chain in PEM, to serve wss.")
    void tlsCert(String value) {
        set(Key.TLS_CERT, value);
    }

    @Option(names = "--tls-key", paramLabel = "FILE", description = "Its private key in PEM (PKCS#8).")
    void tlsKey(String value) {
        set(Key.TLS_KEY, value);
    }

    private void set(Key key, String value) {
        flags.put(key, new Setting(value, key.flag().orElseThrow()));
    }

    @Override
    public Integer call() throws InterruptedException {
        return serving().run(environment, spec.commandLine().getOut());
    }

    /** What the flags ask for. */
    Serving serving() {
        return new Serving(flags, config);
    }
}
