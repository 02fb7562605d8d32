package dev.parley.server.serve;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServingTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "--port 0",
                "--host 127.0.0.1 --port 0 --provider openai --config parley.yml",
                "--tls-cert a.pem --tls-key b.pem"
            })
    void readsPlainFlags(String line) {
        assertThat(Serving.plain(line.split(" "))).isPresent();
    }

    @Test
    void readsNoFlagsAtAll() {
        assertThat(Serving.plain()).isPresent();
    }

    /** The library knows what is meant, or says what is wrong. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "--port",
                "--port=0",
                "--port --host",
                "--port 0 --port 1",
                "--config a --config b",
                "--nonsense 1",
                "0",
                "@flags",
                "--port @flags",
                "--voice marin"
            })
    void leavesAllElseToTheLibrary(String line) {
        assertThat(Serving.plain(line.split(" "))).isEmpty();
    }
}
