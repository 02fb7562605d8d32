package dev.parley.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.RealtimeModule;
import org.junit.jupiter.api.Test;

class EmbeddedTest {
    @Test
    void listens() {
        try (RealtimeModule module = Embedded.start(0)) {
            assertThat(module.service().getSessionCount()).isZero();
            assertThat(OwnTransport.open(module.service(), "me", json -> {})).isNotNull();
        }
    }
}
