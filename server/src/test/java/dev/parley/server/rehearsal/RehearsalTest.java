package dev.parley.server.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RehearsalTest {
    /** JVMs make no archive of classes in folders, as tests have them; a log of the JVM's stands for it. */
    private static final String WRITING = "-Xlog:safepoint*:file";

    @TempDir
    private Path folder;

    @Test
    void leavesAnArchiveAndNothingElse() throws Exception {
        Path archive = folder.resolve("archive");
        Rehearsal.make(words(archive, WRITING));
        assertThat(archive).isNotEmptyFile();
        assertThat(folder).isDirectoryNotContaining(file -> file.toString().contains(".new"));
    }

    @Test
    void leavesNoArchiveWhereTheJvmMakesNone() {
        Path archive = folder.resolve("archive");
        assertThatThrownBy(() -> Rehearsal.make(words(archive, "-Dno.archive")))
                .isInstanceOf(NoSuchFileException.class);
        assertThat(archive).doesNotExist();
    }

    @Test
    void leavesItToTheOneThatIsAtIt() throws Exception {
        Path archive = folder.resolve("archive");
        // Within one JVM a second lock is an exception, so that the other one is a process.
        Process other = holder(folder.resolve("archive.lock"));
        try {
            other.inputReader().readLine();
            Rehearsal.make(List.of(archive.toString(), WRITING, "no-such-java"));
        } finally {
            other.destroyForcibly();
        }
        assertThat(archive).doesNotExist();
    }

    private static List<String> words(Path archive, String writing) {
        return List.of(archive.toString(), writing, java(), "-Xmx64m", "-cp", classPath(), "dev.parley.server.Parley");
    }

    private static Process holder(Path lock) throws Exception {
        return new ProcessBuilder(java(), "-cp", classPath(), Holder.class.getName(), lock.toString()).start();
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static String classPath() {
        return System.getProperty("java.class.path");
    }

    /** Locks a file until it is ended. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] args) throws Exception {
            try (FileChannel channel =
                            FileChannel.open(Path.of(args[0]), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                System.out.println(lock.isValid());
                System.in.read();
            }
        }
    }
}
