package dev.parley.testkit.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** The recorded traffic that tests run on: our own, and with {@code -Dparley.traces=FOLDER} whatever is there. */
final class Recordings {
    private Recordings() {}

    /** A test for each recording, named by its folder and file. */
    static Stream<DynamicTest> each(Consumer<Path> test) throws IOException {
        Stream<Path> own = files(Path.of("src", "test", "resources", "recordings"));
        String more = System.getProperty("parley.traces", "");
        return Stream.concat(own, more.isEmpty() ? Stream.empty() : files(Path.of(more)))
                .map(file -> DynamicTest.dynamicTest(
                        file.getParent().getFileName() + "/" + file.getFileName(), () -> test.accept(file)));
    }

    private static Stream<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(".jsonl")).sorted().toList().stream();
        }
    }
}
