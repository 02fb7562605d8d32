package dev.parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher's script by itself, with a Java and a Maven that only say how they were called. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
    private static final String[] TOOLS = {
        "sh", "dirname", "readlink", "sed", "head", "find", "cat", "mkdir", "rm", "rmdir", "sleep", "grep", "touch"
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

    private void built() throws IOException {
        Path target = Files.createDirectories(home.resolve("server/target"));
        Files.createFile(target.resolve("parley-server.jar"));
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
