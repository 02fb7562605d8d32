package dev.parley.local.speech;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuietTest {
    /** In a JVM of its own: what a library prints while it loads can be seen only there. */
    @Test
    void writesNothingToTheConsole() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                new File(System.getProperty("java.home"), "bin/java").getPath(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        assertThat(said).isEqualTo("done" + System.lineSeparator());
    }

    /** Loads everything, speaks and hears. */
    public static final class Main {
        /** Says only "done". */
        public static void main(String[] args) {
            try (SpeechModels models =
                    SpeechModels.load(() -> GrammarEars.of(Speech.grammar()), MaryVoice::load, (step, took) -> {})) {
                models.voice().speak("xkcd marker 4711 Zw\u00f6lf!", (pcm, offset, length) -> true);
                models.voice().speak("A marker ".repeat(30) + "x".repeat(500), (pcm, offset, length) -> true);
            }
            System.out.println("done");
        }
    }
}
