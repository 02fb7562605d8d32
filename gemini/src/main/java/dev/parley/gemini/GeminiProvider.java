package dev.parley.gemini;

import dev.parley.RealtimeAudioFormat;
import dev.parley.RealtimeException;
import dev.parley.RealtimeSessionConfig;
import dev.parley.gemini.live.GeminiLeg;
import dev.parley.gemini.setup.GeminiModel;
import dev.parley.gemini.setup.ModelTable;
import dev.parley.gemini.setup.SessionSettings;
import dev.parley.gemini.uplink.Dialler;
import dev.parley.gemini.wire.GeminiDialect;
import dev.parley.lane.Lane;
import dev.parley.leg.Leg;
import dev.parley.leg.LegListener;
import dev.parley.provider.Capabilities;
import dev.parley.provider.Capabilities.Billing;
import dev.parley.provider.RealtimeProvider;
import dev.parley.provider.Start;
import dev.parley.provider.reply.Refused;
import dev.parley.session.SessionLimits;
import dev.parley.transport.Connector;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Gemini Live as a provider. The key or token goes into a header and nowhere else. */
final class GeminiProvider implements RealtimeProvider {
    /** The session gives up earlier, as its limits say. */
    private static final Duration HANDSHAKE = SessionLimits.LONGEST_DIAL.plusSeconds(1);
    /** An answer's audio may come in one message. */
    private static final int MAX_MESSAGE = 64 << 20;

    private final GeminiAccount account;
    private final Connector connector;
    private final Optional<AccessTokens> tokens;

    /**
     * A provider.
     *
     * @param tokens one for each connection; empty: the account's headers have a key
     */
    GeminiProvider(GeminiAccount account, Connector connector, Optional<AccessTokens> tokens) {
        this.account = account;
        this.connector = connector;
        this.tokens = tokens;
    }

    @Override
    public String name() {
        return account.name();
    }

    @Override
    public String defaultModel() {
        return account.model();
    }

    /** The same for every model, but that the configuration may say that some answer in text. */
    @Override
    public Capabilities capabilities(String model) {
        return new Capabilities(
                false,
                true,
                false,
                account.options().text() ? Set.of("audio", "text") : Set.of("audio"),
                Set.of(RealtimeAudioFormat.PCM_16K),
                Set.of(RealtimeAudioFormat.PCM_24K),
                Set.copyOf(account.voices().names()),
                Set.of("server_vad", "semantic_vad", "none"),
                Optional.of("gemini"),
                true,
                true,
                true,
                true,
                true,
                true,
                Optional.of(GeminiLeg.LONGEST),
                Billing.TOKENS);
    }

    @Override
    public Leg connect(RealtimeSessionConfig config, Start start, Lane lane, LegListener listener) {
        if (start instanceof Start.Join) {
            throw new RealtimeException.InvalidConfig("the provider '" + account.name()
                    + "' has no calls to join; connect with a model instead of a call_id");
        }
        GeminiModel model = account.options()
                .apply(ModelTable.find(config.model().orElse(account.model()), account.model(), account.endpoint()));
        Optional<ObjectNode> session = config.session();
        if (session.isPresent()) {
            check(SessionSettings.initial(model, account.voices(), "", 0), session.get());
        }
        GeminiLeg leg = new GeminiLeg(dialler(lane), model, account.voices(), start, lane, listener);
        leg.begin();
        return leg;
    }

    /** A session that begins otherwise than it was configured is none that anybody wants. */
    private static void check(SessionSettings initial, ObjectNode session) {
        try {
            SessionSettings unused = initial.with(session, false);
        } catch (Refused e) {
            throw new RealtimeException.InvalidConfig(
                    e.detail().param() + ": " + e.detail().message());
        }
    }

    private Dialler dialler(Lane lane) {
        if (tokens.isEmpty()) {
            return listener -> dial(account.headers(), lane, listener);
        }
        AccessTokens source = tokens.get();
        return listener -> {
            TokenLeg leg = new TokenLeg(lane, listener, (token, there) -> {
                Map<String, String> headers = new HashMap<>(account.headers());
                headers.put("Authorization", "Bearer " + token);
                return dial(headers, lane, there);
            });
            leg.await(source);
            return leg;
        };
    }

    private Leg dial(Map<String, String> headers, Lane lane, LegListener listener) {
        Connector.Dial dial = new Connector.Dial(account.socket(), headers, HANDSHAKE, MAX_MESSAGE, account.idle());
        return connector.connect(dial, new GeminiDialect(), lane, listener);
    }
}
