package dev.parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher's script by itself, with a Java and a Maven that only say how they were called. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
    private static final String[] TOOLS = {
        "sh",
        "dirname",
        "readlink",
        "sed",
        "head",
        "find",
        "cat",
        "mkdir",
        "rm",
        "rmdir",
        "sleep",
        "grep",
        "touch",
        "tr",
        "nice"
    };

    @TempDir
    private Path folder;

    private Path home;
    private Path tools;

    /** How the launcher ended. */
    private record Ended(int code, String output, long pid) {}

    @BeforeEach
    void install() throws IOException {
        // A blank in the name, since users have such folders.
        home = Files.createDirectories(folder.resolve("a home"));
        tools = Files.createDirectories(folder.resolve("bin"));
        Files.createDirectories(folder.resolve("jdks"));
        Path launcher = Path.of("..", "parley");
        Files.copy(launcher, home.resolve("parley"));
        Files.setPosixFilePermissions(home.resolve("parley"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createFile(home.resolve("pom.xml"));
        for (String tool : TOOLS) {
            Path found = Files.exists(Path.of("/usr/bin", tool)) ? Path.of("/usr/bin", tool) : Path.of("/bin", tool);
            Files.createSymbolicLink(tools.resolve(tool), found);
        }
    }

    @Test
    void takesTheFirstJavaThatIsNewEnough() throws Exception {
        built();
        jdk("old", "17.0.9");
        Path good = jdk("good", "21.0.2");
        Ended ended = launch(
                home.resolve("parley"),
                Map.of("JAVA_HOME", folder.resolve("jdks/old").toString()),
                "talk");
        assertThat(ended.output())
                .contains(good + " runs")
                .contains("-jar " + home.resolve("server/target/parley-server.jar") + " talk");
        assertThat(ended.code()).isEqualTo(7);
    }

    @Test
    void becomesTheJavaProcess() throws Exception {
        built();
        jdk("good", "25");
        Ended ended = launch(home.resolve("parley"), Map.of("PARLEY_JAVA_OPTS", "-Da=1 -Db=2"), "a b", "c");
        assertThat(ended.output())
                .contains("pid " + ended.pid())
                .contains("-Da=1 -Db=2 ")
                .contains(".jar a b c");
    }

    @Test
    void isFoundThroughLinks() throws Exception {
        built();
        jdk("good", "21");
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("a home/parley"));
        Path second = Files.createSymbolicLink(folder.resolve("second"), link);
        assertThat(launch(second, Map.of()).output())
                .contains("-jar " + home.resolve("server/target/parley-server.jar"));
    }

    @Test
    void tellsWhichJavaItFound() throws Exception {
        built();
        jdk("eight", "1.8.0_402");
        jdk("seventeen", "17.0.9");
        Ended ended = launch(home.resolve("parley"), Map.of(), "demo");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.output()).contains("needs Java 21", "Java 8 in", "Java 17 in", "JAVA_HOME=");
    }

    @Test
    void buildsOnFirstUseAndWhenSourcesChanged() throws Exception {
        jdk("good", "21");
        maven("mkdir -p server/target && touch server/target/parley-server.jar server/target/built.txt");
        assertThat(launch(home.resolve("parley"), Map.of()).output()).contains("first use", "runs");
        assertThat(Files.readString(home.resolve("mvn.calls"))).contains("-pl server -am package");
        assertThat(launch(home.resolve("parley"), Map.of()).output()).doesNotContain("Building");
        Path source =
                Files.createDirectories(home.resolve("core/src/main/java")).resolve("A.java");
        Files.createFile(source);
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));
        assertThat(launch(home.resolve("parley"), Map.of()).output()).contains("sources have changed");
    }

    @Test
    void buildsTheBenchForItselfAlone() throws Exception {
        jdk("good", "21");
        maven("mkdir -p server/target benchmarks/target && touch server/target/parley-server.jar"
                + " server/target/built.txt benchmarks/target/parley-benchmarks.jar benchmarks/target/built.txt");
        assertThat(launch(home.resolve("parley"), Map.of(), "bench", "--quick").output())
                .contains("-jar " + home.resolve("benchmarks/target/parley-benchmarks.jar") + " --quick");
        assertThat(Files.readString(home.resolve("mvn.calls"))).contains("-pl server,benchmarks -am package");
        Path source = Files.createDirectories(home.resolve("benchmarks/src/main/java"))
                .resolve("A.java");
        Files.createFile(source);
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));
        assertThat(launch(home.resolve("parley"), Map.of(), "serve").output()).doesNotContain("Building");
        assertThat(launch(home.resolve("parley"), Map.of(), "bench").output()).contains("sources have changed");
    }

    @Test
    void showsWhyTheBuildFailed() throws Exception {
        jdk("good", "21");
        maven("echo '[ERROR] the cause'; exit 1");
        Ended ended = launch(home.resolve("parley"), Map.of());
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.output())
                .contains("[ERROR] the cause", "launcher-build.log")
                .doesNotContain("runs");
        assertThat(home.resolve("target/launcher.lock")).doesNotExist();
    }

    @Test
    void saysThatMavenIsMissing() throws Exception {
        jdk("good", "21");
        Ended ended = launch(home.resolve("parley"), Map.of());
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.output()).contains("Maven 3.8");
        assertThat(home.resolve("target/launcher.lock")).doesNotExist();
    }

    @Test
    void buildsOnceForTwoStartsAndTakesOverALostLock() throws Exception {
        jdk("good", "21");
        maven("sleep 1; mkdir -p server/target && touch server/target/parley-server.jar server/target/built.txt");
        Files.createDirectories(home.resolve("target/launcher.lock"));
        // No process has this number.
        Files.writeString(home.resolve("target/launcher.lock/pid"), "99999999");
        Process first = start(home.resolve("parley"), Map.of());
        Process second = start(home.resolve("parley"), Map.of());
        assertThat(ended(first).output()).contains("runs");
        assertThat(ended(second).output()).contains("runs");
        assertThat(Files.readString(home.resolve("mvn.calls")).lines()).hasSize(1);
    }

    @Test
    void startsFromTheArchiveThatARehearsalMade() throws Exception {
        built();
        rehearsingJdk("echo archive >\"$3\"");
        assertThat(launch(home.resolve("parley"), Map.of(), "serve").output())
                .contains("runs")
                .doesNotContain("AOTCache");
        Path archive = awaitFile(".new", false);
        Ended second = launch(home.resolve("parley"), Map.of(), "serve");
        assertThat(second.output()).contains("-XX:AOTCache=" + archive, "-Xlog:aot*=off");
        assertThat(launch(home.resolve("parley"), Map.of(), "doctor").output()).contains("-XX:AOTCache=" + archive);
    }

    @Test
    void passesOverAnArchiveThatIsOlderThanTheJar() throws Exception {
        built();
        rehearsingJdk("echo archive >\"$3\"");
        launch(home.resolve("parley"), Map.of(), "serve");
        Path archive = awaitFile(".new", false);
        Files.setLastModifiedTime(archive, FileTime.from(Instant.now().minusSeconds(3600)));
        assertThat(launch(home.resolve("parley"), Map.of(), "serve").output())
                .contains("runs")
                .doesNotContain("AOTCache");
    }

    @Test
    void startsFromTheArchiveOfAJdkWithoutAReleaseFile() throws Exception {
        built();
        script(
                folder.resolve("jdks/plain/bin/java"),
                "case \"$*\" in *-version*) echo 'openjdk version \"25\"';; *-jar*) echo \"runs $*\"; exit 7;; esac");
        Path java = folder.resolve("jdks/plain/bin/java");
        Files.setLastModifiedTime(java, FileTime.from(Instant.now().minusSeconds(60)));
        String name = "25-" + folder.resolve("jdks/plain").toString().replaceAll("[^A-Za-z0-9.]", "-");
        Path archive =
                Files.createDirectories(home.resolve("server/target/archives")).resolve(name);
        Files.createFile(archive);
        assertThat(launch(home.resolve("parley"), Map.of(), "doctor").output()).contains("-XX:AOTCache=" + archive);
    }

    @Test
    void leavesTheCollectorToWhoeverNamesOne() throws Exception {
        built();
        jdk("good", "25");
        assertThat(launch(home.resolve("parley"), Map.of("PARLEY_JAVA_OPTS", "-Da=1 -XX:+UseG1GC"), "serve")
                        .output())
                .contains("-XX:+UseG1GC")
                .doesNotContain("UseSerialGC");
        assertThat(launch(home.resolve("parley"), Map.of("PARLEY_JAVA_OPTS", "-Xmx64m"), "serve")
                        .output())
                .contains("UseSerialGC");
    }

    @Test
    void triesNoRehearsalTwiceThatFailed() throws Exception {
        built();
        rehearsingJdk("echo tried >>\"$3.log\"; exit 1");
        assertThat(launch(home.resolve("parley"), Map.of(), "serve").code()).isEqualTo(7);
        awaitFile(".failed", true);
        launch(home.resolve("parley"), Map.of(), "serve");
        Path tried = awaitFile(".log", true);
        assertThat(Files.readString(tried)).isEqualTo("tried\n");
    }

    @Test
    void startsWhereNoArchiveCanBeWritten() throws Exception {
        built();
        jdk("good", "25");
        // Root may write anywhere, but not into a file as if it were a folder.
        Files.createFile(home.resolve("server/target/archives"));
        Ended ended = launch(home.resolve("parley"), Map.of(), "serve");
        assertThat(ended.output()).contains("runs").doesNotContain("archives");
        assertThat(ended.code()).isEqualTo(7);
    }

    @Test
    void aDamagedArchiveIsPassedOverInSilence() throws Exception {
        built();
        Path java = Path.of(System.getProperty("java.home"));
        jarOf(home.resolve("server/target/parley-server.jar"), Main.class);
        String name = System.getProperty("java.version") + "-" + java.toString().replaceAll("[^A-Za-z0-9.]", "-");
        Path archive =
                Files.createDirectories(home.resolve("server/target/archives")).resolve(name);
        Files.writeString(archive, "no archive");
        Ended ended = launch(home.resolve("parley"), Map.of("JAVA_HOME", java.toString()), "serve");
        assertThat(ended.output().lines().toList()).containsExactly("begun with " + archive);
        assertThat(ended.code()).isZero();
    }

    private static void jarOf(Path jar, Class<?> main) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, main.getName());
        String entry = main.getName().replace('.', '/') + ".class";
        FileTime past = Files.getLastModifiedTime(jar);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                InputStream in = main.getResourceAsStream("/" + entry)) {
            out.putNextEntry(new ZipEntry(entry));
            out.write(in.readAllBytes());
        }
        Files.setLastModifiedTime(jar, past);
    }

    /** A program that tells with which archive Java was told to begin. */
    static final class Main {
        private Main() {}

        public static void main(String[] args) {
            for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
                if (flag.startsWith("-XX:AOTCache=") || flag.startsWith("-XX:SharedArchiveFile=")) {
                    System.out.println("begun with " + flag.substring(flag.indexOf('=') + 1));
                }
            }
        }
    }

    /** A Java whose rehearsals do something; the third word behind the class path is the archive's file. */
    private void rehearsingJdk(String rehearsal) throws IOException {
        Path jdk = jdk("good", "25");
        script(
                jdk.resolve("bin/java"),
                "while [ $# -gt 0 ] && [ \"$1\" != -cp ] && [ \"$1\" != -jar ]; do flags=\"$flags $1\"; shift; done\n"
                        + "if [ \"$1\" = -cp ]; then shift; " + rehearsal + "; exit 0; fi\n"
                        + "echo \"" + jdk + " runs $flags $*\"; exit 7");
    }

    /** Waits for what a rehearsal in the background leaves behind. */
    private Path awaitFile(String end, boolean wanted) throws Exception {
        Path archives = home.resolve("server/target/archives");
        for (long last = System.nanoTime() + TimeUnit.SECONDS.toNanos(20); System.nanoTime() < last; ) {
            if (Files.isDirectory(archives)) {
                try (Stream<Path> files = Files.list(archives)) {
                    Optional<Path> found = files.filter(file -> file.toString().endsWith(end) == wanted)
                            .findFirst();
                    if (found.isPresent()) {
                        return found.get();
                    }
                }
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("nothing came in " + archives);
    }

    private void built() throws IOException {
        Path target = Files.createDirectories(home.resolve("server/target"));
        Instant past = Instant.now().minusSeconds(60);
        Files.setLastModifiedTime(Files.createFile(target.resolve("parley-server.jar")), FileTime.from(past));
        Files.setLastModifiedTime(home.resolve("parley"), FileTime.from(past));
        Files.setLastModifiedTime(
                Files.createFile(target.resolve("built.txt")),
                FileTime.from(Instant.now().plusSeconds(30)));
    }

    private Path jdk(String name, String version) throws IOException {
        Path jdk = Files.createDirectories(folder.resolve("jdks").resolve(name));
        script(jdk.resolve("bin/java"), "echo \"" + jdk + " runs $*\"; echo \"pid $$\"; exit 7");
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        return jdk;
    }

    private void maven(String work) throws IOException {
        script(tools.resolve("mvn"), "echo \"$*\" >>mvn.calls\n" + work);
    }

    private static void script(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Ended launch(Path launcher, Map<String, String> variables, String... arguments) throws Exception {
        return ended(start(launcher, variables, arguments));
    }

    private Process start(Path launcher, Map<String, String> variables, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of(
                        "PATH", tools.toString(),
                        "HOME", folder.toString(),
                        "PARLEY_JDK_FOLDERS", folder + "/jdks/*"));
        builder.environment().putAll(variables);
        return builder.start();
    }

    private static Ended ended(Process process) throws Exception {
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), output, process.pid());
    }
}
