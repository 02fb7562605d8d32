package dev.parley.leg;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailureTest {
    /** docs/failures.md shows users the table that the code has. */
    @Test
    void isWhatTheDocumentSays() throws Exception {
        List<String> lines = Files.readAllLines(Path.of("..", "docs", "failures.md"));
        for (Failure failure : Failure.values()) {
            String code = failure == Failure.PROVIDER_CLOSED ? "its own, else 1011" : "" + failure.closeCode();
            assertThat(lines)
                    .as(failure.name())
                    .anyMatch(line ->
                            line.startsWith("| `" + failure + "` | `" + failure.code() + "` | " + code + " | "));
        }
        assertThat(lines.stream().filter(line -> line.matches("\\| `[A-Z_0-9]+` .*")))
                .hasSize(Failure.values().length);
    }
}
