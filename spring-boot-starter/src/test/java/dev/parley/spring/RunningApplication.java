package dev.parley.spring;

import dev.parley.testkit.Caller;
import dev.parley.testkit.FakeRealtimeServer;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The desk's application in a process of its own, on a free port, in front of a fake provider. */
final class RunningApplication implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(100);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Process process;
    private final List<String> output = new CopyOnWriteArrayList<>();
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    final int port;

    private RunningApplication(Process process) throws InterruptedException {
        this.process = process;
        Thread.ofVirtual().start(this::read);
        this.port = Integer.parseInt(told("PORT "));
    }

    static RunningApplication start(Container container, FakeRealtimeServer provider, String... properties)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-cp",
                container.classPath(),
                "dev.parley.spring.app.DeskApplication",
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--management.endpoints.web.exposure.include=*",
                "--management.endpoint.health.show-details=always",
                "--parley.openai.api-key=sk-marker-0123456789",
                "--parley.openai.base-url=" + provider.baseUrl()));
        command.addAll(List.of(properties));
        return new RunningApplication(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(line);
                told.add(line);
            }
        } catch (IOException e) {
            output.add("the output ended: " + e);
        }
    }

    /** The rest of the next line that begins with a word; lines before it are passed over. */
    String told(String word) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            String line = told.poll(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (line == null) {
                throw new AssertionError("no '" + word + "' was told:\n" + String.join("\n", output));
            }
            if (line.startsWith(word)) {
                return line.substring(word.length());
            }
        }
    }

    /** All that it has printed. */
    List<String> output() {
        return output;
    }

    URI ws(String pathAndQuery) {
        return URI.create("ws://127.0.0.1:" + port + pathAndQuery);
    }

    Caller call(String pathAndQuery, String... headers) {
        return Caller.connect(ws(pathAndQuery), headers);
    }

    HttpResponse<String> http(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(PATIENCE)
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    String get(String path) throws IOException, InterruptedException {
        return http("GET", path, "").body();
    }

    /** Begins to read an answer that goes on. */
    BufferedReader stream(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(PATIENCE)
                .build();
        HttpResponse<InputStream> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofInputStream());
        return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    }

    /** How many sessions there are. */
    int sessions() {
        try {
            return Integer.parseInt(get("/probe/sessions"));
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Bytes of heap in use after a collection. */
    long heap() throws IOException, InterruptedException {
        return Long.parseLong(get("/probe/heap"));
    }

    /** Asks it to stop, as an operator would. */
    void stop() {
        process.destroy();
    }

    /** Waits for its end. */
    int ended() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("it did not stop:\n" + String.join("\n", output));
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
