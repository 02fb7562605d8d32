package dev.parley.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.RealtimeSessionConfig;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class AuthenticatorTest {
    private Instant now = Instant.parse("2026-11-22T12:00:00Z");
    private final ClientSecrets secrets = new ClientSecrets(new InstantSource() {
        @Override
        public Instant instant() {
            return now;
        }
    });

    private static Optional<Credential> shown(String value) {
        return Credential.of(Map.of("authorization", "Bearer " + value), List.of());
    }

    private Authenticator with(ClientKey... keys) {
        return new Authenticator(new ClientAccess(List.of(keys), Map.of(), false), secrets);
    }

    private static String code(Authenticator.Answer answer) {
        return answer instanceof Authenticator.Refused refused ? refused.error().code() : "admitted";
    }

    @Test
    void saysThatASecretHasExpiredAndForgetsItLater() {
        Authenticator authenticator = with(ClientKey.of("a", "key-a"));
        ClientSecrets.Issued issued = secrets.issue(
                        Optional.empty(), RealtimeSessionConfig.EMPTY, Duration.ofSeconds(10))
                .orElseThrow();
        assertThat(issued.expiresAt()).isEqualTo(now.getEpochSecond() + 10);
        assertThat(issued.toString()).doesNotContain(issued.value());
        now = now.plusSeconds(9);
        assertThat(code(authenticator.authenticate(shown(issued.value()), false, false)))
                .isEqualTo("admitted");
        now = now.plusSeconds(1);
        assertThat(code(authenticator.authenticate(shown(issued.value()), true, false)))
                .isEqualTo("client_secret_expired");
        now = now.plus(Duration.ofHours(2));
        for (int i = 0; i < 200; i++) {
            secrets.issue(Optional.empty(), RealtimeSessionConfig.EMPTY, Duration.ofSeconds(10));
        }
        assertThat(code(authenticator.authenticate(shown(issued.value()), false, false)))
                .isEqualTo("invalid_api_key");
    }

    @Test
    void keepsABoundedAmountOfWhatSecretsCarry() {
        RealtimeSessionConfig large = RealtimeSessionConfig.builder()
                .instructions("x".repeat(1 << 20))
                .build();
        int issued = 0;
        while (issued < 100
                && secrets.issue(Optional.empty(), large, Duration.ofSeconds(10))
                        .isPresent()) {
            issued++;
        }
        assertThat(issued).isBetween(10, 50);
        assertThat(secrets.issue(Optional.empty(), RealtimeSessionConfig.EMPTY, Duration.ofSeconds(10)))
                .isPresent();
        now = now.plus(Duration.ofHours(2));
        assertThat(secrets.issue(Optional.empty(), large, Duration.ofSeconds(10)))
                .isPresent();
    }

    @Test
    void withoutKeysLetsInOnlyThisMachine() {
        assertThat(code(with().authenticate(Optional.empty(), true, false))).isEqualTo("admitted");
        assertThat(code(with().authenticate(shown("anything"), true, false))).isEqualTo("admitted");
        assertThat(code(with().authenticate(shown("anything"), false, false))).isEqualTo("invalid_api_key");
        Authenticator open = new Authenticator(new ClientAccess(List.of(), Map.of(), true), secrets);
        assertThat(code(open.authenticate(Optional.empty(), false, false))).isEqualTo("admitted");
    }

    @Test
    void letsInWhomTheServerKnows() {
        assertThat(code(with().authenticate(Optional.empty(), false, true))).isEqualTo("admitted");
        Authenticator authenticator = with(ClientKey.of("a", "key-a"));
        assertThat(code(authenticator.authenticate(Optional.empty(), false, true)))
                .isEqualTo("admitted");
        assertThat(authenticator.authenticate(shown("key-a"), false, true))
                .isInstanceOfSatisfying(
                        Authenticator.Admitted.class,
                        admitted -> assertThat(admitted.grant().holder()).isEqualTo("a"));
    }

    @Test
    void tellsKeysApart() {
        Authenticator authenticator = with(ClientKey.of("a", "key-a"), ClientKey.of("b", "key-b"));
        assertThat(authenticator.authenticate(shown("key-b"), true, false))
                .isInstanceOfSatisfying(
                        Authenticator.Admitted.class,
                        admitted -> assertThat(admitted.grant().holder()).isEqualTo("b"));
        assertThat(code(authenticator.authenticate(shown("key-c"), true, false)))
                .isEqualTo("invalid_api_key");
        assertThat(code(authenticator.authenticate(Optional.empty(), true, false)))
                .isEqualTo("invalid_api_key");
    }

    @Test
    void refusesSettingsThatCannotBe() {
        assertThatThrownBy(() -> new ClientKey("a", "abc", Optional.empty(), OptionalInt.empty()))
                .hasMessageContaining("64 hexadecimal digits");
        ClientKey key = new ClientKey("a", ClientKey.digest("k"), Optional.of("nowhere"), OptionalInt.empty());
        assertThatThrownBy(() -> new ClientAccess(List.of(key), Map.of(), false))
                .hasMessageContaining("'nowhere'");
    }

    @Test
    void takesTheCredentialFromWhereverClientsPutIt() {
        assertThat(Credential.of(Map.of("api-key", "k"), List.of())).isPresent();
        assertThat(Credential.of(Map.of("x-api-key", "k"), List.of())).isPresent();
        assertThat(Credential.of(Map.of(), List.of("realtime", "openai-insecure-api-key.k")))
                .isPresent();
        assertThat(Credential.of(Map.of("authorization", "Basic k"), List.of())).isEmpty();
        assertThat(Credential.of(Map.of("authorization", "Bearer "), List.of("realtime")))
                .isEmpty();
        assertThat(shown("secret").orElseThrow().toString()).doesNotContain("secret");
    }
}
