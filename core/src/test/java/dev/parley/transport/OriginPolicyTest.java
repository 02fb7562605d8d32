package dev.parley.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginPolicyTest {
    private final OriginPolicy policy = new OriginPolicy(Set.of("https://friend.example"));

    @ParameterizedTest
    @CsvSource({
        // origin, host, remote, secure, allowed
        "http://localhost:8080, localhost:8080, 127.0.0.1:5000, false, true",
        "http://127.0.0.1:8080, 127.0.0.1:8080, 127.0.0.1:5000, false, true",
        "http://[::1]:8080, [::1]:8080, 0:0:0:0:0:0:0:1:5000, false, true",
        "http://evil.example:8080, evil.example:8080, 127.0.0.1:5000, false, false",
        "http://voice.example, voice.example, 203.0.113.7:5000, false, true",
        "https://voice.example, voice.example, 203.0.113.7:5000, true, true",
        "https://voice.example:443, voice.example, 203.0.113.7:5000, true, true",
        "http://voice.example, voice.example, 203.0.113.7:5000, true, false",
        "http://localhost:8081, localhost:8080, 127.0.0.1:5000, false, false",
        "HTTPS://FRIEND.example, localhost:8080, 127.0.0.1:5000, false, true",
        "http://friend.example, localhost:8080, 127.0.0.1:5000, false, false",
        "null, localhost:8080, 127.0.0.1:5000, false, false",
    })
    void knowsItsOwnPages(String origin, String host, String remote, boolean secure, boolean allowed) {
        UpgradeRequest request =
                new UpgradeRequest("/realtime", Map.of(), Map.of("origin", origin, "host", host), remote, secure);
        assertThat(policy.allows(request)).isEqualTo(allowed);
    }

    @Test
    void letsClientsPassThatAreNoBrowsers() {
        assertThat(policy.allows(new UpgradeRequest("/realtime", Map.of(), Map.of(), "203.0.113.7:5", false)))
                .isTrue();
    }
}
