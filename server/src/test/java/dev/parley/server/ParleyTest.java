package dev.parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParleyTest {
    @TempDir
    private Path folder;

    @Test
    void tellsItsVersionAndThatOfJava() {
        Cli cli = Cli.run(Map.of(), "--version");
        assertThat(cli.code()).isZero();
        assertThat(cli.out())
                .containsPattern("Parley \\d+\\.\\d+")
                .contains("Java " + System.getProperty("java.version"));
    }

    @ParameterizedTest
    @CsvSource({
        "demo,PARLEY_LOG",
        "serve,OPENAI_API_KEY",
        "talk,PARLEY_URL",
        "doctor,NO_COLOR",
        "conformance,--traces",
        "bench,./parley bench"
    })
    void eachCommandHelps(String command, String variable) {
        Cli cli = Cli.run(Map.of(), command, "--help");
        assertThat(cli.code()).isZero();
        assertThat(cli.out()).contains("parley " + command, variable);
        assertThat(cli.err()).isEmpty();
    }

    @Test
    void asksForACommand() {
        refused(Cli.run(Map.of()), "Which command?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--nonsense", "nonsense", "serve --nonsense", "serve --port", "talk --timeout ten --text x"})
    void refusesWhatItDoesNotKnow(String line) {
        refused(Cli.run(Map.of(), line.split(" ")), "--help'");
    }

    @Test
    void namesTheMissingKey() {
        refused(
                Cli.run(Map.of("OPENAI_API_KEY", " "), "serve", "--port", "0", "--provider", "openai"),
                "OPENAI_API_KEY");
    }

    @Test
    void namesTheProvidersThereAre() {
        refused(Cli.run(Map.of(), "serve", "--port", "0", "--provider", "nobody"), "nobody", "local", "openai");
    }

    @Test
    void namesThePortInUse() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());
            refused(Cli.run(Map.of("OPENAI_API_KEY", "sk-x"), "serve", "--port", port), "port " + port, "in use");
        }
    }

    @ParameterizedTest
    @CsvSource({"--port,http", "--port,65536", "--tls-cert,only.pem", "--host,no.such.host.invalid"})
    void refusesWrongSettings(String flag, String value) {
        refused(Cli.run(Map.of("OPENAI_API_KEY", "sk-x", "PARLEY_PORT", "1"), "serve", flag, value), "");
    }

    @Test
    void saysWhatIsWrongWithAConfiguration() throws Exception {
        Path config = folder.resolve("parley.yml");
        Files.writeString(config, "host: 127.0.0.1\nprot: 8081\n");
        refused(Cli.run(Map.of(), "serve", "--config", config.toString()), "parley.yml line 2", "prot");
        Files.writeString(config, "host: [\n");
        refused(Cli.run(Map.of(), "serve", "--config", config.toString()), "parley.yml line");
        refused(
                Cli.run(
                        Map.of(),
                        "serve",
                        "--config",
                        folder.resolve("none.yml").toString()),
                "none.yml");
    }

    @Test
    void saysWhatIsWrongWithARecording() throws Exception {
        Path text = Files.writeString(folder.resolve("speech.wav"), "not a recording, but long enough to be one");
        refused(Cli.run(Map.of(), "talk", "--wav", text.toString()), "speech.wav", "not a WAV");
        refused(Cli.run(Map.of(), "talk", "--wav", folder.resolve("none.wav").toString()), "none.wav is not there");
        refused(Cli.run(Map.of(), "talk", "--wav", folder.toString()), "cannot be read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost", "localhost:8080", "ws://"})
    void refusesWhatIsNoWebSocket(String url) {
        refused(Cli.run(Map.of(), "talk", "--text", "hello", "--url", url), "--url");
    }

    @Test
    void saysThatNobodyAnswers() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Cli cli = Cli.run(Map.of(), "talk", "--text", "hello", "--url", "ws://127.0.0.1:" + port);
        assertThat(cli.code()).isEqualTo(ExitCode.FAILED);
        assertThat(cli.err()).contains("cannot connect", "parley serve").doesNotContain("\tat ");
    }

    @Test
    void doctorTellsAllWithoutKeys() {
        Cli cli = Cli.run(Map.of("OPENAI_API_KEY", "sk-secret", "OPENAI_BASE_URL", "http://127.0.0.1:1"), "doctor");
        assertThat(cli.code()).isEqualTo(ExitCode.FAILED);
        assertThat(cli.out())
                .contains("java", "memory", "port", "microphone", "fail  openai")
                .doesNotContain("sk-secret");
        assertThat(Cli.run(Map.of(), "doctor", "--port", "0").code()).isZero();
    }

    private static void refused(Cli cli, String... told) {
        assertThat(cli.err())
                .as(cli.out())
                .contains(told)
                .doesNotContain("\tat ")
                .doesNotContain("Exception");
        assertThat(cli.err().lines().count()).isBetween(1L, 2L);
        assertThat(cli.code()).isEqualTo(ExitCode.USAGE);
    }
}
