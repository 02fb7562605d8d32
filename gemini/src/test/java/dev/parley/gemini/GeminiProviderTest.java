package dev.parley.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.RealtimeException;
import dev.parley.RealtimeSessionConfig;
import dev.parley.leg.CloseReason;
import dev.parley.leg.Failure;
import dev.parley.leg.Leg;
import dev.parley.protocol.Json;
import dev.parley.provider.Capabilities;
import dev.parley.provider.ProviderSettings;
import dev.parley.provider.RealtimeProvider;
import dev.parley.provider.Start;
import dev.parley.provider.Variables;
import dev.parley.transport.Connector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where sessions with Gemini are held, what with, and what is told before anything is dialled. */
@Timeout(30)
class GeminiProviderTest {
    private static final String KEY = "AIza-marker";
    private static final Map<String, String> DEVELOPER = Map.of("GEMINI_API_KEY", KEY);
    private static final Map<String, String> VERTEX =
            Map.of("GOOGLE_CLOUD_PROJECT", "acme", "GOOGLE_CLOUD_LOCATION", "europe-west4");

    private final DialledConnector connector = new DialledConnector();
    private final QueueLane lane = new QueueLane();
    private final HeardListener heard = new HeardListener();

    private static ProviderSettings settings(String vendor, Map<String, String> options) {
        return new ProviderSettings(
                "mine",
                vendor,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Set.of(),
                options);
    }

    private RealtimeProvider provider(Map<String, String> environment) {
        return new GeminiFactory().create(ProviderSettings.of("gemini"), environment, () -> connector);
    }

    private RealtimeProvider vertex(AccessTokens tokens) {
        GeminiAccount account = GeminiAccount.of(ProviderSettings.of("vertex"), new Variables(VERTEX));
        return new GeminiProvider(account, connector, Optional.of(tokens));
    }

    private Connector.Dial dialled(Map<String, String> environment) {
        Leg unused = provider(environment).connect(RealtimeSessionConfig.EMPTY, Start.FRESH, lane, heard);
        return connector.dials.getFirst();
    }

    private static Map<String, String> with(Map<String, String> one, String name, String value) {
        Map<String, String> all = new HashMap<>(one);
        all.put(name, value);
        return all;
    }

    @Test
    void theKeyIsInAHeaderAndNowhereElse() {
        Connector.Dial dial = dialled(DEVELOPER);

        assertThat(dial.uri())
                .hasToString("wss://generativelanguage.googleapis.com"
                        + "/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent");
        assertThat(dial.headers())
                .containsEntry("x-goog-api-key", KEY)
                .containsOnlyKeys("x-goog-api-key", "User-Agent");
        assertThat(GeminiAccount.of(ProviderSettings.of("gemini"), new Variables(DEVELOPER))
                        .toString())
                .doesNotContain(KEY);
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:9/, ws://127.0.0.1:9/ws/",
        "ws://127.0.0.1:9/proxy, ws://127.0.0.1:9/proxy/ws/",
        "https://gate.example.com/a/b/, wss://gate.example.com/a/b/ws/",
    })
    void theBaseIsReplaceable(String base, String begins) {
        assertThat(dialled(with(DEVELOPER, "GOOGLE_GEMINI_BASE_URL", base))
                        .uri()
                        .toString())
                .isEqualTo(begins + "google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent");
    }

    @Test
    void theOtherKeyVariableCountsTooAndAnEmptyOneDoesNot() {
        assertThat(dialled(Map.of("GEMINI_API_KEY", " ", "GOOGLE_API_KEY", "other"))
                        .headers())
                .containsEntry("x-goog-api-key", "other");
        assertThatThrownBy(() -> provider(Map.of("GEMINI_API_KEY", "")))
                .isInstanceOf(RealtimeException.InvalidConfig.class)
                .hasMessageStartingWith("GEMINI_API_KEY and GOOGLE_API_KEY are not set");
        assertThatThrownBy(() -> provider(Map.of("GEMINI_API_KEY", KEY + " x")))
                .hasMessageStartingWith("GEMINI_API_KEY holds a character")
                .hasMessageNotContaining(KEY);
        assertThatThrownBy(() -> provider(with(DEVELOPER, "GOOGLE_GEMINI_BASE_URL", "ftp://x")))
                .hasMessageStartingWith("GOOGLE_GEMINI_BASE_URL is 'ftp://x'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gemini|colour|red|has the option 'colour'; known are text, ",
                "gemini|project|acme|has the option 'project'; known are ",
                "gemini|cancels|maybe|the option 'cancels' of the provider 'mine' is 'maybe'",
                "gemini|voice.alloy|Hal|the voice 'alloy' is to be Gemini's 'Hal'",
                "gemini|api_version|v1/../x|the option 'api_version' of the provider 'mine'",
                "vertex|location|evil.example.com/x|the location of the provider 'mine'",
            })
    void anOptionThatIsWrongIsNamed(String vendor, String option, String value, String told) {
        Map<String, String> environment = vendor.equals("vertex") ? VERTEX : DEVELOPER;

        assertThatThrownBy(() -> GeminiAccount.of(settings(vendor, Map.of(option, value)), new Variables(environment)))
                .isInstanceOf(RealtimeException.InvalidConfig.class)
                .hasMessageContaining(told);
    }

    @Test
    void vertexIsInItsLocation() {
        Variables environment = new Variables(VERTEX);

        assertThat(GeminiAccount.of(ProviderSettings.of("vertex"), environment).socket())
                .hasToString("wss://europe-west4-aiplatform.googleapis.com"
                        + "/ws/google.cloud.aiplatform.v1beta1.LlmBidiService/BidiGenerateContent");
        GeminiAccount account = GeminiAccount.of(
                settings("vertex", Map.of("location", "global", "quota_project", "payer", "api_version", "v1")),
                environment);
        assertThat(account.socket())
                .hasToString("wss://aiplatform.googleapis.com"
                        + "/ws/google.cloud.aiplatform.v1.LlmBidiService/BidiGenerateContent");
        assertThat(account.headers()).containsEntry("x-goog-user-project", "payer");
        assertThatThrownBy(() -> GeminiAccount.of(ProviderSettings.of("vertex"), new Variables(Map.of())))
                .hasMessageStartingWith("GOOGLE_CLOUD_PROJECT is not set");
        assertThatThrownBy(() -> new GeminiFactory().create(ProviderSettings.of("vertex"), VERTEX, () -> connector))
                .hasMessageContaining("add parley-vertex");
    }

    @Test
    void whatCannotBeIsToldBeforeAnythingIsDialled() {
        RealtimeProvider provider = provider(DEVELOPER);

        assertThatThrownBy(() -> connect(provider, config("gemini-live-2.5-flash-native-audio", "{}")))
                .isInstanceOf(RealtimeException.InvalidConfig.class)
                .hasMessageContaining("use the provider 'vertex'");
        assertThatThrownBy(() -> connect(provider, config("gemini-3.8-live", "{\"tool_choice\":\"required\"}")))
                .isInstanceOf(RealtimeException.InvalidConfig.class)
                .hasMessageStartingWith("session.tool_choice: ");
        assertThatThrownBy(() -> connect(
                        provider,
                        RealtimeSessionConfig.builder()
                                .withoutAutomaticResponses()
                                .build()))
                .isInstanceOf(RealtimeException.InvalidConfig.class)
                .hasMessageStartingWith("session.audio.input.turn_detection.create_response: ");
        assertThatThrownBy(() -> provider.connect(RealtimeSessionConfig.EMPTY, new Start.Join("rtc_1"), lane, heard))
                .isInstanceOf(RealtimeException.InvalidConfig.class);
        assertThat(connector.dials).isEmpty();
    }

    @Test
    void capabilitiesAreTheSameForAnyName() {
        Capabilities capabilities = provider(DEVELOPER).capabilities("gemini-live-2.5-flash-native-audio");

        assertThat(capabilities.voices()).hasSize(40);
        assertThat(capabilities.modalities()).containsExactly("audio");
        assertThat(capabilities.answersOnDemand()).isFalse();
    }

    @Test
    void eachConnectionHasATokenOfItsOwn() throws Exception {
        CompletableFuture<String> token = new CompletableFuture<>();
        Leg leg = connect(vertex(() -> token), RealtimeSessionConfig.EMPTY);
        assertThat(connector.dials).isEmpty();

        token.complete("ya29.one");
        lane.runUntil(() -> !connector.dials.isEmpty());

        assertThat(connector.dials.getFirst().headers()).containsEntry("Authorization", "Bearer ya29.one");
        connector.listeners.getFirst().opened(connector.legs.getFirst());
        assertThat(heard.opened).containsSame(leg);
    }

    @Test
    void aTokenThatCannotBeHadIsTold() throws Exception {
        Leg unused = connect(
                vertex(() -> CompletableFuture.failedFuture(new IllegalStateException("marker-secret"))),
                RealtimeSessionConfig.EMPTY);
        lane.runUntil(() -> heard.closed.isPresent());

        assertThat(heard.closed.orElseThrow().failure()).isEqualTo(Failure.PROVIDER_REFUSED);
        assertThat(heard.closed.orElseThrow().text())
                .contains("no access token for Vertex AI")
                .doesNotContain("marker-secret");
        assertThat(connector.dials).isEmpty();
    }

    @Test
    void aLegThatWaitsForItsTokenCanBeClosed() throws Exception {
        CompletableFuture<String> token = new CompletableFuture<>();
        HeardListener mine = new HeardListener();
        TokenLeg leg = new TokenLeg(lane, mine, (text, there) -> {
            throw new AssertionError("dialled");
        });
        leg.await(() -> token);

        leg.close(CloseReason.of(Failure.NORMAL, "enough"));
        assertThat(mine.closed).isEmpty();
        lane.runUntil(() -> mine.closed.isPresent());
        assertThat(mine.closed.orElseThrow().text()).isEqualTo("enough");

        token.complete("late");
        assertThat(lane.awaitTask(10, TimeUnit.SECONDS)).isTrue();
        lane.run();
        assertThat(lane.timers()).isZero();
    }

    @Test
    void aTokenThatDoesNotComeIsGivenUp() {
        HeardListener mine = new HeardListener();
        TokenLeg leg = new TokenLeg(lane, mine, (text, there) -> {
            throw new AssertionError("dialled");
        });
        leg.await(CompletableFuture::new);

        lane.pass(Duration.ofSeconds(8));

        assertThat(mine.closed.orElseThrow().failure()).isEqualTo(Failure.PROVIDER_TIMEOUT);
    }

    private Leg connect(RealtimeProvider provider, RealtimeSessionConfig config) {
        return provider.connect(config, Start.FRESH, lane, heard);
    }

    private static RealtimeSessionConfig config(String model, String session) {
        return RealtimeSessionConfig.builder()
                .session(Json.parse(session.getBytes(StandardCharsets.UTF_8)))
                .model(model)
                .build();
    }
}
