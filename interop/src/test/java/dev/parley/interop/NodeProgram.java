package dev.parley.interop;

import dev.parley.protocol.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A program of the folder {@code node}: run once for each gateway, it prints what its client reported of each scenario. */
final class NodeProgram {
    private static final Path FOLDER = Path.of("node");
    private static final Map<String, Map<String, ObjectNode>> DONE = new ConcurrentHashMap<>();

    private NodeProgram() {}

    /** What the client reported of a scenario. */
    static ObjectNode told(Behind behind, String scenario, String script, String... arguments) {
        String run = behind + " " + script + " " + String.join(" ", arguments);
        ObjectNode told = DONE.computeIfAbsent(run, key -> run(Gateway.before(behind), script, arguments))
                .get(scenario);
        if (told == null) {
            throw new AssertionError(script + " told nothing of '" + scenario + "', only of " + DONE.get(run));
        }
        if (told.has("failure")) {
            throw new AssertionError(told.path("failure").asString(""));
        }
        return told;
    }

    private static Map<String, ObjectNode> run(Gateway gateway, String script, String... arguments) {
        Path speech = null;
        Path output = null;
        try {
            speech = Files.createTempFile("question", ".pcm");
            output = Files.createTempFile("told", ".jsonl");
            for (byte[] frame : Speech.frames(Speech.QUESTION)) {
                Files.write(speech, frame, StandardOpenOption.APPEND);
            }
            List<String> command = new ArrayList<>(List.of("node"));
            command.add(script);
            command.addAll(List.of(arguments));
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(FOLDER.toFile())
                    .redirectOutput(output.toFile())
                    .redirectError(Redirect.INHERIT);
            builder.environment()
                    .putAll(Map.of(
                            "PARLEY_URL", gateway.secureUrl(),
                            "PARLEY_KEY", Gateway.CLIENT_KEY,
                            "PARLEY_SPEECH", speech.toString(),
                            "NODE_EXTRA_CA_CERTS", gateway.certificate().toString()));
            Process process = builder.start();
            if (!process.waitFor(100, TimeUnit.SECONDS)) {
                process.destroyForcibly(); // What it has not told fails its test.
            }
            gateway.awaitEmpty();
            gateway.checkKeys();
            Map<String, ObjectNode> told = new HashMap<>();
            for (String line : Files.readAllLines(output)) {
                ObjectNode json = Json.parse(line.getBytes(StandardCharsets.UTF_8));
                told.put(json.path("scenario").asString(""), json);
            }
            return told;
        } catch (IOException e) {
            throw new UncheckedIOException("node cannot be run; the profile 'node' needs it on the PATH", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        } finally {
            delete(speech);
            delete(output);
        }
    }

    private static void delete(@Nullable Path file) {
        if (file != null) {
            file.toFile().delete();
        }
    }
}
