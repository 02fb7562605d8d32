package dev.parley.server.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.Cli;
import dev.parley.server.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConformanceCommandTest {
    private static final String CREATED =
            "{\"dir\":\"recv\",\"kind\":\"message\",\"data\":{\"type\":\"session.created\","
                    + "\"event_id\":\"e\",\"session\":{\"id\":\"s\",\"instructions\":\"a secret prompt\"}}}\n";
    private static final String ASKED =
            "{\"dir\":\"sent\",\"kind\":\"message\",\"data\":{\"type\":\"response.create\"}}\n";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private void write(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private Cli run() {
        return Cli.run(Map.of(), "conformance", "--traces", folder.toString());
    }

    @Test
    void tellsThatRecordingsComeOutAsTheyWere() throws IOException {
        write("openai/turn.jsonl", CREATED + ASKED);
        write("gemini/turn.jsonl", "{\"dir\":\"sent\",\"kind\":\"message\",\"data\":{\"setup\":{}}}\n");
        write("other/turn.jsonl", "{\"dir\":\"sent\",\"kind\":\"message\",\"data\":{\"hello\":{}}}\n");
        write("openai/notes.txt", "no recording");
        Cli told = run();
        assertThat(told.code()).as(told.err()).isEqualTo(ExitCode.OK);
        assertThat(told.out())
                .containsPattern("openai/turn +1 +1 +0 +same")
                .containsPattern("gemini/turn +1 +0 +0 +same")
                .containsPattern("other/turn +- +- +0 +another protocol")
                .contains("3 recordings, 3 events, 0 HTTP exchanges: no difference; of another protocol: 1");
    }

    @Test
    void tellsWhichLineIsNoRecordingAndGoesOn() throws IOException {
        write("a/bad.jsonl", CREATED + "a secret word\n");
        write("b/turn.jsonl", CREATED);
        Cli told = run();
        assertThat(told.code()).isEqualTo(ExitCode.FAILED);
        assertThat(told.out())
                .contains("line 2 is not valid JSON", "unreadable: 1")
                .containsPattern("b/turn +0 +1 +0 +same")
                .doesNotContain("secret");
    }

    @Test
    void refusesAFolderThatIsNotThereOrHoldsNothing() {
        Cli none = run();
        assertThat(none.code()).isEqualTo(ExitCode.USAGE);
        assertThat(none.err()).contains("there is no *.jsonl under");
        Cli missing = Cli.run(
                Map.of(), "conformance", "--traces", folder.resolve("no").toString());
        assertThat(missing.code()).isEqualTo(ExitCode.USAGE);
        assertThat(missing.err()).contains("there is no folder");
        Cli unnamed = Cli.run(Map.of(), "conformance");
        assertThat(unnamed.code()).isEqualTo(ExitCode.USAGE);
        assertThat(unnamed.err()).contains("--traces");
    }
}
