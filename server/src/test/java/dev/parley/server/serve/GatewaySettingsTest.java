package dev.parley.server.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.server.CommandException;
import dev.parley.server.Environment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    void prefersFlagsToEnvironmentToFile() throws Exception {
        Path file = Files.writeString(folder.resolve("parley.yml"), """
                host: 0.0.0.0
                port: 1001
                provider: openai
                allowedOrigins: [https://a.example, https://b.example]
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
    void choosesTheProviderWhoseKeyIsSet() {
        assertThat(choice(Map.of())).isEqualTo(new ProviderChoice("local", "no key is set"));
        assertThat(choice(Map.of("OPENAI_API_KEY", "")).name()).isEqualTo("local");
        assertThat(choice(Map.of("OPENAI_API_KEY", "k", "GEMINI_API_KEY", "k")).name())
                .isEqualTo("openai");
        assertThat(choice(Map.of("GOOGLE_API_KEY", "k")).why()).contains("GOOGLE_API_KEY");
        assertThat(ProviderChoice.of(Optional.of("x"), NOTHING).name()).isEqualTo("x");
    }

    private static ProviderChoice choice(Map<String, String> variables) {
        return ProviderChoice.of(Optional.empty(), new Environment(variables, false));
    }
}
