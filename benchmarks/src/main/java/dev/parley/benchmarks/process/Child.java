package dev.parley.benchmarks.process;

import dev.parley.benchmarks.wire.JsonLines;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A process of the bench's own. It ends with the bench, however that ends: its input is then closed, and a signal that
 * ends the bench ends its children first.
 */
public final class Child implements AutoCloseable {
    private static final Set<Child> RUNNING = ConcurrentHashMap.newKeySet();
    private static final long SECONDS_TO_END = 3;
    private static final int LINES_SHOWN = 5;

    /** Held while one starts, and for good when the bench ends, so that none starts that nobody would end. */
    private static final ReentrantLock STARTING = new ReentrantLock();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(Child::killAll, "bench-stop"));
    }

    private final String name;
    private final Process process;
    private final Path log;
    private final BufferedReader answers;
    private final Writer questions;

    private Child(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.questions = process.outputWriter(StandardCharsets.UTF_8);
        RUNNING.add(this);
    }

    /** Starts a process whose output goes to a file in a folder. */
    public static Child start(String name, ProcessBuilder builder, Path folder) {
        return started(name, builder, folder, false);
    }

    /** Starts a process that answers questions, a line each. */
    public static Child answering(String name, ProcessBuilder builder, Path folder) {
        return started(name, builder, folder, true);
    }

    private static Child started(String name, ProcessBuilder builder, Path folder, boolean answering) {
        STARTING.lock();
        try {
            Path log = Files.createTempFile(folder, name, ".log");
            builder.redirectError(log.toFile());
            if (!answering) {
                builder.redirectErrorStream(true).redirectOutput(log.toFile());
            }
            return new Child(name, builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + name + ": " + e.getMessage(), e);
        } finally {
            STARTING.unlock();
        }
    }

    /** Runs a class of the bench in a Java process with the same class path. */
    public static ProcessBuilder java(Class<?> main, String... arguments) {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xms64m",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName());
        builder.command().addAll(List.of(arguments));
        return builder;
    }

    /** The process's number. */
    public long pid() {
        return process.pid();
    }

    /** Whether it runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Asks and waits for the answer. */
    public <T> T ask(Object question, Class<T> answer) {
        try {
            questions.write(JsonLines.JSON.writeValueAsString(question));
            questions.write('\n');
            questions.flush();
            String line = answers.readLine();
            if (line != null) {
                return JsonLines.JSON.readValue(line, answer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be asked: " + e.getMessage() + lastWords(), e);
        }
        throw new IllegalStateException(name + " has ended unexpectedly" + lastWords());
    }

    /** The end of what it wrote, to be put behind a sentence. */
    public String lastWords() {
        try {
            List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
            String end = String.join("\n  ", lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()));
            return end.isEmpty() ? "" : "; it wrote:\n  " + end;
        } catch (IOException e) {
            return "";
        }
    }

    /** Asks it to end, and makes it end. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
        RUNNING.remove(this);
    }

    @SuppressWarnings("LockNotBeforeTry") // never released: the process ends
    private static void killAll() {
        STARTING.lock();
        RUNNING.forEach(Child::kill);
    }

    private void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
