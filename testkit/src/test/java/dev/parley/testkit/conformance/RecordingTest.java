package dev.parley.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordingTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private Path file(String... lines) throws IOException {
        return Files.writeString(folder.resolve("it.jsonl"), String.join("\n", lines));
    }

    @Test
    void readsMessagesAndExchanges() throws Exception {
        Recording read = Recording.read(file(
                "{\"request\":{\"method\":\"POST\"},\"response\":{\"status\":{}}}",
                "",
                "{\"dir\":\"recv\",\"kind\":\"message\",\"data\":{\"type\":\"a\"}}",
                "{\"dir\":\"sent\",\"data\":{\"no\":\"type\"}}"));
        assertThat(read.name()).isEqualTo(folder.getFileName() + "/it");
        assertThat(read.exchanges()).hasSize(1);
        assertThat(read.messages()).extracting(Recording.Message::type).containsExactly("a", "");
        assertThat(read.messages()).extracting(Recording.Message::fromProvider).containsExactly(true, false);
        assertThat(read.foreign()).isFalse();
    }

    @Test
    void leavesOutWhatIsNoMessage() throws Exception {
        Recording read = Recording.read(file(
                "{\"dir\":\"recv\",\"kind\":\"close\",\"code\":1000}",
                "{\"dir\":\"sent\",\"kind\":\"message\",\"data\":{\"type\":\"a\"}}"));
        assertThat(read.messages()).hasSize(1);
        assertThat(read.leftOut()).containsExactly("left out, as it is no message to or from a provider: close");
    }

    @Test
    void readsWhatAPageExportsBesideMessages() throws Exception {
        Recording read = Recording.read(file(
                "{\"dir\":\"page\",\"kind\":\"turn\",\"at_ms\":1.5,\"data\":{\"ms\":420}}",
                "{\"dir\":\"sent\",\"kind\":\"message\",\"at_ms\":2,\"data\":{\"type\":\"playback.position\",\"item_id\":\"a\"}}",
                "{\"dir\":\"recv\",\"kind\":\"message\",\"at_ms\":3,\"data\":{\"type\":\"a\"},\"silenced\":true}"));
        assertThat(read.messages()).extracting(Recording.Message::type).containsExactly("a");
        assertThat(read.leftOut())
                .containsExactly(
                        "left out, as it is no message to or from a provider: turn",
                        "left out, as it is no message to or from a provider: playback.position");
    }

    @Test
    void knowsTrafficOfAnotherProtocol() throws Exception {
        assertThat(Recording.read(file("{\"dir\":\"sent\",\"data\":{\"setup\":{}}}"))
                        .foreign())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "not json                           | line 2 is not valid JSON at byte",
                "[1]                                | line 2 is not a JSON object but ARRAY",
                "{\"dir\":\"up\",\"data\":{}}       | line 2 is neither a message",
                "{\"dir\":\"sent\",\"data\":\"a\"}  | line 2 is neither a message",
                "{\"request\":{}}                   | line 2 is neither a message"
            })
    void tellsWhichLineIsWrong(String line, String told) throws IOException {
        Path file = file("{\"dir\":\"sent\",\"data\":{\"type\":\"a\"}}", line);
        assertThatThrownBy(() -> Recording.read(file))
                .isInstanceOf(Recording.UnreadableException.class)
                .hasMessageContaining(told)
                .hasMessageNotContaining("not json");
    }

    @Test
    void doesNotTakeAnEmptyFile() throws IOException {
        Path file = file("", " ");
        assertThatThrownBy(() -> Recording.read(file))
                .isInstanceOf(Recording.UnreadableException.class)
                .hasMessageContaining("no lines");
    }
}
