package dev.parley.benchmarks.peer;

import dev.parley.benchmarks.process.Child;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.catalina.util.ServerInfo;

/**
 * What is installed here: finds peers, and says why one is not to be had.
 *
 * @param home Parley's folder, with the launcher and the folder {@code benchmarks}
 * @param variables as in {@link System#getenv()}
 */
public record Installation(Path home, Map<String, String> variables) {
    private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+[\\w.-]*");
    private static final Pattern PACKAGE_VERSION = Pattern.compile("\"version\":\\s*\"([^\"]+)\"");

    /** Looks for a peer. */
    public Finding find(PeerKind kind) {
        return switch (kind) {
            case DIRECT -> throw new IllegalArgumentException("nothing stands in between when it is direct");
            case PARLEY -> parley();
            case EMBEDDED, AGENT -> embedded(kind);
            case HAPROXY -> haproxy();
            case HAZELJS -> node(kind, "hazeljs.mjs", "@hazeljs/realtime");
            case NODE -> node(kind, "relay.mjs", "ws");
            case TOMCAT -> tomcat();
        };
    }

    private Finding parley() {
        Path launcher = home.resolve("parley");
        if (!Files.isExecutable(launcher)) {
            return new Finding.Absent(PeerKind.PARLEY, "there is no launcher " + launcher);
        }
        return new Finding.Found(new Relay(
                PeerKind.PARLEY,
                "of this source tree",
                (port, provider, sessions, folder) -> gateway(List.of(launcher.toString()), port, provider)));
    }

    /** The gateway's process, by a command that takes the launcher's arguments. */
    public static ProcessBuilder gateway(List<String> parley, int port, int provider) {
        List<String> command = new ArrayList<>(parley);
        command.addAll(List.of("serve", "--provider", "openai", "--port", Integer.toString(port)));
        ProcessBuilder builder = new ProcessBuilder(command);
        Map<String, String> environment = builder.environment();
        // What a user has set for a gateway of their own has no place here; flags for Java are what one may want to
        // try.
        environment.keySet().removeIf(name -> name.startsWith("PARLEY_") && !name.startsWith("PARLEY_J"));
        environment.put("OPENAI_API_KEY", "sk-bench");
        environment.put("OPENAI_BASE_URL", "http://127.0.0.1:" + provider + "/v1");
        return builder;
    }

    private static Finding embedded(PeerKind kind) {
        return new Finding.Found(new Relay(
                kind,
                "of this source tree",
                (port, provider, sessions, folder) -> Child.java(
                                EmbeddedGateway.class,
                                Integer.toString(port),
                                "http://127.0.0.1:" + provider + "/v1",
                                Boolean.toString(kind == PeerKind.AGENT))
                        .directory(folder.toFile())));
    }

    private Finding haproxy() {
        Optional<String> version = output("haproxy", "-v").map(Installation::version);
        if (version.isEmpty()) {
            return new Finding.Absent(PeerKind.HAPROXY, "there is no 'haproxy' on the PATH");
        }
        return new Finding.Found(new Relay(PeerKind.HAPROXY, version.get(), Installation::tunnel));
    }

    private static ProcessBuilder tunnel(int port, int provider, int sessions, Path folder) throws IOException {
        Path file = Files.createTempFile(folder, "haproxy", ".cfg");
        Files.writeString(file, """
                global
                  nbthread 1
                  maxconn %d
                defaults
                  mode http
                  timeout connect 10s
                  timeout client 1h
                  timeout server 1h
                  timeout tunnel 1h
                frontend clients
                  bind 127.0.0.1:%d backlog 4096
                  default_backend provider
                backend provider
                  server provider 127.0.0.1:%d
                """.formatted(sessions + 100, port, provider));
        return new ProcessBuilder("haproxy", "-db", "-f", file.toString()).directory(folder.toFile());
    }

    private Finding node(PeerKind kind, String script, String module) {
        Path folder = home.resolve("benchmarks/node");
        Optional<String> version = output("node", "--version").map(Installation::version);
        if (version.isEmpty()) {
            return new Finding.Absent(kind, "there is no 'node' on the PATH");
        }
        Path manifest = folder.resolve("node_modules").resolve(module).resolve("package.json");
        if (!Files.exists(manifest)) {
            return new Finding.Absent(
                    kind,
                    "its packages are not installed; do it with 'npm ci --prefix " + home.relativize(folder) + "'");
        }
        Launch launch = new Launch(folder.resolve(script));
        return new Finding.Found(
                new Relay(kind, module + " " + packageVersion(manifest) + ", Node " + version.get(), launch));
    }

    private static String packageVersion(Path manifest) {
        try {
            Matcher version = PACKAGE_VERSION.matcher(Files.readString(manifest));
            return version.find() ? version.group(1) : "";
        } catch (IOException e) {
            return "";
        }
    }

    /** A script on Node. */
    private record Launch(Path script) implements Relay.Launch {
        @Override
        public ProcessBuilder process(int port, int provider, int sessions, Path folder) {
            ProcessBuilder builder = new ProcessBuilder(
                            "node", script.toString(), Integer.toString(port), "ws://127.0.0.1:" + provider + "/v1")
                    .directory(folder.toFile());
            builder.environment().putAll(Map.of("NODE_ENV", "production", "LOG_ENABLED", "false"));
            return builder;
        }
    }

    private static Finding tomcat() {
        return new Finding.Found(new Relay(
                PeerKind.TOMCAT,
                ServerInfo.getServerNumber() + ", Java " + Runtime.version().feature(),
                (port, provider, sessions, folder) -> Child.java(
                                TomcatRelay.class, Integer.toString(port), "ws://127.0.0.1:" + provider + "/v1")
                        .directory(folder.toFile())));
    }

    private static String version(String text) {
        Matcher version = VERSION.matcher(text);
        return version.find() ? version.group() : text.strip();
    }

    private Optional<String> output(String program, String flag) {
        boolean there = Stream.of(variables.getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
        if (!there) {
            return Optional.empty();
        }
        try {
            Process process =
                    new ProcessBuilder(program, flag).redirectErrorStream(true).start();
            return Optional.of(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
