package dev.parley.server.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.server.CommandException;
import dev.parley.server.Environment;
import dev.parley.session.SessionLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitSettingsTest {
    private static final Environment NOTHING = new Environment(Map.of(), false);

    @TempDir
    private Path folder;

    private LimitSettings read(String yaml, Environment environment) throws Exception {
        Path file = Files.writeString(folder.resolve("parley.yml"), yaml);
        return GatewaySettings.of(Map.of(), environment, Optional.of(file)).limits();
    }

    @Test
    void areTheLibrarysUnlessTheyAreSet() throws Exception {
        LimitSettings limits = read("port: 0", NOTHING);
        assertThat(limits.session()).isEqualTo(SessionLimits.DEFAULT);
        assertThat(limits.maxSessions()).isEmpty();
        assertThat(limits.buffers()).isEmpty();
        assertThat(limits.providerIdle()).isEmpty();
    }

    @Test
    void haveUnits() throws Exception {
        LimitSettings limits = read("""
                limits:
                  max-sessions: 500
                  buffers: 1GiB
                  dial-timeout: 1500 ms
                  dial-buffer: 64KiB
                  outbox: 2.5MiB
                  high-water: 512KiB
                  stuck: 10s
                  farewell: 2m
                  max-message: 1MiB
                  max-audio: 700000B
                  longest: 1h
                  client-idle: 45s
                  provider-idle: 1m
                """, NOTHING);
        assertThat(limits.session())
                .isEqualTo(SessionLimits.builder()
                        .dialTimeout(Duration.ofMillis(1_500))
                        .dialBuffer(64 << 10)
                        .outbox(5 << 19)
                        .highWater(512 << 10)
                        .stuck(Duration.ofSeconds(10))
                        .farewell(Duration.ofMinutes(2))
                        .maxMessage(1 << 20)
                        .maxAudio(700_000)
                        .longest(Duration.ofHours(1))
                        .clientIdle(Duration.ofSeconds(45))
                        .build());
        assertThat(limits.maxSessions()).hasValue(500);
        assertThat(limits.buffers()).hasValue(1L << 30);
        assertThat(limits.providerIdle()).hasValue(Duration.ofMinutes(1));
    }

    @Test
    void theEnvironmentWins() throws Exception {
        Environment environment =
                new Environment(Map.of("PARLEY_STUCK", "5s", "PARLEY_PROVIDER_IDLE_MS", "700"), false);
        LimitSettings limits = read("limits: { stuck: 10s, provider-idle: 1m }", environment);
        assertThat(limits.session().stuck()).isEqualTo(Duration.ofSeconds(5));
        assertThat(limits.providerIdle()).hasValue(Duration.ofMillis(700));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "stuck: 30 | line 1: 'limits.stuck' is '30'; it must be a time such as",
                "outbox: 5MB | line 1: 'limits.outbox' is '5MB'; it must be a size such as",
                "outbox: 3GiB | it must be less than 2GiB",
                "max-sessions: 0 | line 1: 'limits.max-sessions' is '0'; it must be a whole number above 0",
                "provider-idle: 5 | line 1: 'limits.provider-idle' is '5'; it must be at least 100ms",
                "buffers: 999999999999GiB | line 1: 'limits.buffers' is '999999999999GiB'; that is more than",
                "dial-timeout: 3m | limits: dial-timeout is 180000 ms; it must be between 1 and 120000 ms",
                "high-water: 64MiB | limits: outbox is 33554432 bytes, and high-water 67108864",
                "high-tide: 1MiB | unknown key 'limits.high-tide'",
            })
    void sayWhatIsWrong(String line, String problem) {
        assertThatThrownBy(() -> read("limits: { " + line + " }", NOTHING))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void eachSettingIsInTheDocument() throws Exception {
        String document = Files.readString(Path.of("..", "docs", "configuration.md"));
        for (Key key : Key.values()) {
            assertThat(document).contains("`" + key.path() + "`").contains(key.variable());
        }
    }
}
