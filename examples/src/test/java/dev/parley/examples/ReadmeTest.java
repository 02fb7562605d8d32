package dev.parley.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the READMEs and docs/events.md show is what the examples hold between their marks. */
class ReadmeTest {
    private static final Pattern MARKED = Pattern.compile("// \\[([a-z-]+)]\n(.*?)\\s*// \\[/\\1]", Pattern.DOTALL);

    @Test
    void showsWhatCompiles() throws IOException {
        String pages = Files.readString(Path.of("..", "README.md"))
                + Files.readString(Path.of("..", "docs", "events.md"))
                + Files.readString(Path.of("voice-starter", "README.md"));
        List<Path> sources;
        try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
            sources = files.filter(file -> file.toString().endsWith(".java")).toList();
        }
        int shown = 0;
        for (Path source : sources) {
            Matcher marked = MARKED.matcher(Files.readString(source));
            while (marked.find()) {
                assertThat(pages).contains(marked.group(2).stripIndent().strip());
                shown++;
            }
        }
        assertThat(shown).isGreaterThanOrEqualTo(3);
    }
}
