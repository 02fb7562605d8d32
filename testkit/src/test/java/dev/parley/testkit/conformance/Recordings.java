package dev.parley.testkit.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * The recorded traffic that tests run on: our own, what is in {@code shared/traces} beside the project if that is there,
 * and with {@code -Dparley.traces=FOLDER} whatever is in that.
 */
final class Recordings {
    private static final Path OWN = Path.of("src", "test", "resources");
    private static final Path BESIDE = Path.of("..", "..", "shared", "traces");

    private Recordings() {}

    /** A test for each recording, named by its folder and file. */
    static Stream<DynamicTest> each(Consumer<Recording> test) throws IOException {
        return files().stream()
                .map(file -> DynamicTest.dynamicTest(Recording.name(file), () -> test.accept(read(file))));
    }

    /** A test for each recording of one of these folders. */
    static Stream<DynamicTest> each(Set<String> folders, Consumer<Recording> test) throws IOException {
        return files().stream()
                .filter(file -> folders.contains(Recording.name(file).split("/")[0]))
                .map(file -> DynamicTest.dynamicTest(Recording.name(file), () -> test.accept(read(file))));
    }

    private static List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>(Recording.files(OWN));
        if (Files.isDirectory(BESIDE)) {
            files.addAll(Recording.files(BESIDE));
        }
        String more = System.getProperty("parley.traces", "");
        if (!more.isEmpty()) {
            files.addAll(Recording.files(Path.of(more)));
        }
        return files;
    }

    private static Recording read(Path file) {
        try {
            return Recording.read(file);
        } catch (Recording.UnreadableException e) {
            throw new AssertionError(file + ": " + e.getMessage(), e);
        }
    }
}
