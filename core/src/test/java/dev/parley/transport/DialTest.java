package dev.parley.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DialTest {
    @Test
    void itsTextHoldsNoKey() {
        Map<String, String> headers = Map.of("Authorization", "Bearer sk-1", "api-key", "sk-1");
        URI uri = URI.create("wss://user:sk-1@example.org/x?api-key=sk-1");
        assertThat(new Connector.Dial(uri, headers, Duration.ZERO, 1, Duration.ZERO))
                .asString()
                .contains("example.org", "api-key")
                .doesNotContain("sk-1");
    }
}
