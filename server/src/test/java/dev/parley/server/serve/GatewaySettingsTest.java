package dev.parley.server.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.access.ClientKey;
import dev.parley.access.Profile;
import dev.parley.server.CommandException;
import dev.parley.server.Environment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewaySettingsTest {
    private static final Environment NOTHING = new Environment(Map.of(), false);

    @TempDir
    private Path folder;

    @Test
    void hasDefaults() {
        GatewaySettings settings = GatewaySettings.of(Map.of(), NOTHING, Optional.empty());
        assertThat(settings.host()).isEqualTo("127.0.0.1");
        assertThat(settings.port()).isEqualTo(8080);
        assertThat(settings.provider()).isEmpty();
        assertThat(settings.tls()).isEmpty();
        assertThat(settings.session().session()).isEmpty();
    }

    @Test
    void letsTheConsoleAndTheAdminApiBeThereUnlessTheyAreSwitchedOff() {
        GatewaySettings settings = GatewaySettings.of(Map.of(), NOTHING, Optional.empty());
        assertThat(settings.console()).isTrue();
        assertThat(settings.admin()).isEqualTo(new AdminSettings(true, Optional.empty()));
        Environment off = new Environment(Map.of("PARLEY_CONSOLE", "off", "PARLEY_ADMIN", "false"), false);
        GatewaySettings without = GatewaySettings.of(Map.of(), off, Optional.empty());
        assertThat(without.console()).isFalse();
        assertThat(without.admin().enabled()).isFalse();
        Environment wrong = new Environment(Map.of("PARLEY_ADMIN", "maybe"), false);
        assertThatThrownBy(() -> GatewaySettings.of(Map.of(), wrong, Optional.empty()))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("PARLEY_ADMIN: 'admin.enabled' is 'maybe'");
    }

    @Test
    void takesTheAdminKeyFromItsVariable() throws Exception {
        Environment environment =
                new Environment(Map.of("PARLEY_ADMIN_KEY", "op-marker-1", "DESK_KEY", "op-marker-2"), false);
        AdminSettings usual =
                GatewaySettings.of(Map.of(), environment, Optional.empty()).admin();
        assertThat(usual.key()).contains("op-marker-1");
        assertThat(usual.toString()).doesNotContain("op-marker");
        Path named = Files.writeString(folder.resolve("named.yml"), "admin: { key-variable: DESK_KEY, enabled: true }");
        assertThat(GatewaySettings.of(Map.of(), environment, Optional.of(named))
                        .admin()
                        .key())
                .contains("op-marker-2");
        Path missing = Files.writeString(folder.resolve("missing.yml"), "admin:\n  key-variable: NO_KEY\n");
        assertThatThrownBy(() -> GatewaySettings.of(Map.of(), environment, Optional.of(missing)))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("line 2")
                .hasMessageContaining("NO_KEY, which is not set");
    }

    @Test
    void prefersFlagsToEnvironmentToFile() throws Exception {
        Path file = Files.writeString(folder.resolve("parley.yml"), """
                host: 0.0.0.0
                port: 1001
                provider: openai
                allowed-origins: [https://a.example, https://b.example]
                tls:
                  cert: cert.pem
                  key: key.pem
                session:
                  voice: cedar
                  model: m1
                """);
        Environment environment = new Environment(
                Map.of("PARLEY_PORT", "1002", "PARLEY_PROVIDER", "local", "PARLEY_VOICE", "", "PARLEY_MODEL", "m2"),
                false);
        GatewaySettings settings =
                GatewaySettings.of(Map.of(Key.PORT, new Setting("1003", "--port")), environment, Optional.of(file));
        assertThat(settings.port()).isEqualTo(1003);
        assertThat(settings.provider()).contains("local");
        assertThat(settings.host()).isEqualTo("0.0.0.0");
        assertThat(settings.allowedOrigins()).containsExactlyInAnyOrder("https://a.example", "https://b.example");
        assertThat(settings.tls().orElseThrow().key()).isEqualTo(Path.of("key.pem"));
        assertThat(settings.session().voice()).contains("cedar");
        assertThat(settings.session().model()).contains("m2");
    }

    @Test
    void tellsWhereAWrongValueStands() throws Exception {
        Path file = Files.writeString(folder.resolve("parley.yml"), "provider: local\nport: many\n");
        assertThatThrownBy(() -> GatewaySettings.of(Map.of(), NOTHING, Optional.of(file)))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("parley.yml line 2")
                .hasMessageContaining("many");
        assertThatThrownBy(() -> GatewaySettings.of(
                        Map.of(), new Environment(Map.of("PARLEY_PORT", "-1"), false), Optional.empty()))
                .hasMessageContaining("PARLEY_PORT");
    }

    @Test
    void readsProvidersKeysAndProfiles() throws Exception {
        Path file = Files.writeString(folder.resolve("parley.yml"), """
                providers:
                  grok:
                    vendor: xai
                    key-variable: GROK_KEY
                    headers: { X-Team: voice }
                    models: [grok-voice-latest]
                    options: { context_update: false, voice.alloy: Puck }
                keys:
                  - name: web
                    key-variable: WEB_KEY
                    profile: kiosk
                    max-sessions: 20
                profiles:
                  kiosk:
                    provider: grok
                    client-events: [input_audio_buffer.append, response.cancel]
                    client-session-update: none
                    max-session-seconds: 600
                    session:
                      instructions: Sell tickets.
                      voice: marin
                      audio: { input: { turn_detection: { type: server_vad, threshold: 0.6 }, noise_reduction: null } }
                """);
        Environment environment = new Environment(Map.of("WEB_KEY", "pk-1", "PARLEY_KEYS", "pk-2,pk-3"), false);
        GatewaySettings settings = GatewaySettings.of(Map.of(), environment, Optional.of(file));
        assertThat(settings.providers().getFirst().vendor()).isEqualTo("xai");
        assertThat(settings.providers().getFirst().headers()).containsEntry("X-Team", "voice");
        assertThat(settings.providers().getFirst().options())
                .isEqualTo(Map.of("context_update", "false", "voice.alloy", "Puck"));
        assertThat(settings.access().keys())
                .extracting(ClientKey::sha256)
                .containsExactly(ClientKey.digest("pk-1"), ClientKey.digest("pk-2"), ClientKey.digest("pk-3"));
        Profile kiosk = settings.access().profile("kiosk");
        assertThat(kiosk.policy().sessionFields()).contains(Set.of());
        assertThat(kiosk.policy().events()).hasSize(2);
        assertThat(kiosk.longest()).contains(Duration.ofMinutes(10));
        assertThat(kiosk.session().session().orElseThrow().toString())
                .contains("\"threshold\":0.6", "\"noise_reduction\":null", "\"voice\":\"marin\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "keys: [{key: a}]|each key needs a 'name'",
                "keys: [{name: a}]|needs one of 'key'",
                "keys: [{name: a, key: null}]|needs one of 'key'",
                "keys: [{name: a, key-variable: NOT_SET}]|NOT_SET, which is not set",
                "keys: [{name: a, key: k, profile: p}]|the profile 'p'",
                "keys: [{name: a, key: k, max-sessions: 0}]|above 0",
                "keys: [{name: a, key: k}, {name: a, key: l}]|another key has",
                "keys: web|expected a list",
                "profiles: {p: {client-session: none}}|unknown key 'profiles.p.client-session'",
                "profiles: {p: {session: {audio: {input: {turn_detection: {type: sometimes}}}}}}|turn_detection.type",
                "providers: {p: {url: x}}|needs a 'vendor'",
                "profiles: {p: {models: []}}|is an empty list",
                "access: all|it must be 'keys'",
                "event-loops: 0|parley.yml line 1: 'event-loops' is '0'; it must be a number from 1",
                "transport: ipx|parley.yml line 1: 'transport' is 'ipx'; it must be auto",
                "colour: red|unknown key 'colour'"
            })
    void tellsWhatIsWrongInAFile(String yaml, String told) throws Exception {
        Path file = Files.writeString(folder.resolve("parley.yml"), yaml + "\n");
        assertThatThrownBy(() -> GatewaySettings.of(Map.of(), NOTHING, Optional.of(file)))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining(told);
    }

    @Test
    void choosesTheProviderWhoseKeyIsSet() {
        assertThat(choice(Map.of())).isEqualTo(new ProviderChoice("local", "no key is set"));
        assertThat(choice(Map.of("OPENAI_API_KEY", "")).name()).isEqualTo("local");
        assertThat(choice(Map.of("OPENAI_API_KEY", "k", "GEMINI_API_KEY", "k")).name())
                .isEqualTo("openai");
        assertThat(choice(Map.of("GOOGLE_API_KEY", "k")))
                .isEqualTo(new ProviderChoice("gemini", "GOOGLE_API_KEY is set"));
        assertThat(choice(Map.of("OPENAI_API_KEY", " ", "GEMINI_API_KEY", "k")))
                .isEqualTo(new ProviderChoice("gemini", "GEMINI_API_KEY is set"));
        assertThat(ProviderChoice.of(Optional.of("x"), NOTHING).name()).isEqualTo("x");
    }

    private static ProviderChoice choice(Map<String, String> variables) {
        return ProviderChoice.of(Optional.empty(), new Environment(variables, false));
    }
}
