package dev.parley.server.rehearsal;

import dev.parley.OpenAIRealtimeClient;
import dev.parley.server.ExitCode;
import dev.parley.testkit.FakeConnection;
import dev.parley.testkit.FakeRealtimeServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A gateway that serves a few sessions in a process of its own, between a provider and clients that are made up, so that
 * its JVM keeps the loaded classes and what it has learnt in an archive, from which later starts begin. The launcher
 * runs it; nobody waits for it. An archive is put in its place whole or not at all.
 */
public final class Rehearsal {
    private static final Pattern URL = Pattern.compile("ws://\\S+(?=/v1/realtime)");
    private static final int SESSIONS = 8;
    private static final int EVENTS = 250;
    private static final long PATIENCE_SECONDS = 60;
    /** 20 ms of sound. */
    private static final byte[] AUDIO = new byte[960];

    private static final String CREATED = "{\"type\":\"session.created\",\"event_id\":\"event_1\",\"session\":"
            + "{\"id\":\"sess_1\",\"object\":\"realtime.session\",\"type\":\"realtime\",\"model\":\"gpt-realtime\"}}";
    private static final String DELTA =
            "{\"type\":\"response.output_audio.delta\",\"event_id\":\"event_2\",\"response_id\":\"resp_1\","
                    + "\"item_id\":\"item_1\",\"output_index\":0,\"content_index\":0,\"delta\":\"" + "AAAA".repeat(800)
                    + "\"}";

    private Rehearsal() {}

    /** Makes an archive, as {@link #make} is told to by the arguments. */
    public static void main(String[] args) {
        try {
            make(List.of(args));
        } catch (IOException | ExecutionException | TimeoutException | InterruptedException e) {
            System.err.println("no archive was made: " + e);
            System.exit(ExitCode.FAILED);
        }
    }

    /**
     * Makes an archive, unless another process is at it.
     *
     * @param words the archive's file, the flag that makes a JVM write one, up to its {@code =}, then the command that
     *     starts {@code parley}: Java and its flags
     */
    static void make(List<String> words)
            throws IOException, ExecutionException, TimeoutException, InterruptedException {
        Path archive = Path.of(words.get(0));
        Path partial = archive.resolveSibling(archive.getFileName() + ".new");
        List<String> command = new ArrayList<>(words.subList(2, words.size()));
        command.add(1, words.get(1) + "=" + partial);
        command.addAll(List.of("serve", "--port", "0", "--provider", "openai"));
        Path lock = archive.resolveSibling(archive.getFileName() + ".lock");
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock mine = channel.tryLock()) {
            if (mine != null) {
                Files.deleteIfExists(partial);
                rehearse(command);
                Files.move(partial, archive, StandardCopyOption.ATOMIC_MOVE);
            }
        } finally {
            // What JDK 25 makes an archive of; left behind only where it made none.
            Files.deleteIfExists(partial.resolveSibling(partial.getFileName() + ".config"));
        }
    }

    private static void rehearse(List<String> command)
            throws IOException, ExecutionException, TimeoutException, InterruptedException {
        try (FakeRealtimeServer provider = FakeRealtimeServer.start(Rehearsal::play)) {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            Map<String, String> variables = builder.environment();
            variables.keySet().removeIf(name -> name.startsWith("PARLEY_"));
            variables.put("OPENAI_API_KEY", "sk-rehearsal");
            variables.put("OPENAI_BASE_URL", provider.baseUrl());
            Process gateway = builder.start();
            try (BufferedReader out = gateway.inputReader()) {
                CompletableFuture<String> address = new CompletableFuture<>();
                Thread.ofVirtual()
                        .name("rehearsal-output")
                        .start(() -> out.lines().forEach(line -> address(line, address)));
                talk(address.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
                // The process itself would close its output, into which the archive's making writes, too.
                gateway.toHandle().destroy();
                if (!gateway.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    throw new TimeoutException("the gateway does not end");
                }
            } finally {
                gateway.destroyForcibly();
            }
        }
    }

    private static void address(String line, CompletableFuture<String> address) {
        Matcher url = URL.matcher(line);
        if (url.find()) {
            address.complete(url.group());
        }
    }

    private static void talk(String gateway) throws ExecutionException, TimeoutException, InterruptedException {
        for (int i = 0; i < SESSIONS; i++) {
            URI uri = URI.create(gateway + (i % 2 == 0 ? "/v1/realtime?model=gpt-realtime" : "/realtime"));
            CountDownLatch answers = new CountDownLatch(EVENTS);
            try (OpenAIRealtimeClient client = new OpenAIRealtimeClient(uri, null)) {
                client.onAny(event -> answers.countDown());
                client.connect().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                for (int sent = 0; sent < EVENTS; sent++) {
                    client.appendAudio(AUDIO);
                }
                if (!answers.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    throw new TimeoutException("no answers");
                }
            }
        }
    }

    /** A provider that answers each piece of sound by another. */
    private static void play(FakeConnection connection) throws IOException, InterruptedException {
        connection.accept();
        connection.send(CREATED);
        while (connection.open()) {
            if (connection.next(Duration.ofSeconds(1)).isPresent()) {
                connection.send(DELTA);
            }
        }
    }
}
