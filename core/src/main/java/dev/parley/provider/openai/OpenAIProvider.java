package dev.parley.provider.openai;

import dev.parley.RealtimeAudioFormat;
import dev.parley.RealtimeSessionConfig;
import dev.parley.provider.Capabilities;
import dev.parley.provider.RealtimeProvider;
import dev.parley.provider.Start;
import dev.parley.session.Lane;
import dev.parley.session.Leg;
import dev.parley.session.LegListener;
import dev.parley.transport.PlainDialect;
import dev.parley.transport.WebSocketConnector;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * OpenAI Realtime GA: events pass as they are. Connects to {@code {base}/realtime?model=…} with the key in the
 * {@code Authorization} header and nowhere else.
 */
public final class OpenAIProvider implements RealtimeProvider {
    private static final String DEFAULT_MODEL = "gpt-realtime-2.1";
    private static final Set<RealtimeAudioFormat> FORMATS =
            Set.of(RealtimeAudioFormat.PCM_24K, RealtimeAudioFormat.PCMU, RealtimeAudioFormat.PCMA);
    private static final Duration HANDSHAKE = Duration.ofSeconds(10);
    /** Events of the provider may be large: a retrieved item carries its whole audio. */
    private static final int MAX_MESSAGE = 64 << 20;

    private static final Capabilities CAPABILITIES = new Capabilities(
            true,
            true,
            Set.of("audio", "text"),
            FORMATS,
            FORMATS,
            Set.of("alloy", "ash", "ballad", "coral", "echo", "sage", "shimmer", "verse", "marin", "cedar"),
            Set.of("server_vad", "semantic_vad", "none"),
            true,
            true,
            true,
            true,
            false,
            Optional.of(Duration.ofMinutes(60)),
            Capabilities.Billing.TOKENS);

    private final URI base;
    private final Map<String, String> headers;
    private final Duration idle;
    private final WebSocketConnector connector;

    /**
     * A provider at an address.
     *
     * @param base {@code ws:} or {@code wss:}, up to and without {@code /realtime}
     * @param key the API key
     * @param idle silence, pongs included, after which it is taken for stalled
     */
    OpenAIProvider(URI base, String key, Duration idle, WebSocketConnector connector) {
        this.base = base;
        this.headers = Map.of("Authorization", "Bearer " + key, "User-Agent", "Parley");
        this.idle = idle;
        this.connector = connector;
    }

    @Override
    public String name() {
        return "openai";
    }

    @Override
    public String defaultModel() {
        return DEFAULT_MODEL;
    }

    @Override
    public Capabilities capabilities(String model) {
        return CAPABILITIES;
    }

    @Override
    public Leg connect(RealtimeSessionConfig config, Start start, Lane lane, LegListener listener) {
        String model = URLEncoder.encode(config.model().orElse(DEFAULT_MODEL), StandardCharsets.UTF_8);
        String query = base.getRawQuery() == null ? "" : base.getRawQuery() + "&";
        String path = base.getRawPath() == null ? "" : base.getRawPath();
        URI uri = URI.create(
                base.getScheme() + "://" + base.getRawAuthority() + path + "/realtime?" + query + "model=" + model);
        WebSocketConnector.Dial dial = new WebSocketConnector.Dial(uri, headers, HANDSHAKE, MAX_MESSAGE, idle);
        return connector.connect(dial, new PlainDialect(), lane, listener);
    }
}
