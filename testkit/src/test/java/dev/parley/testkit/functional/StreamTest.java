package dev.parley.testkit.functional;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.Bytes;
import dev.parley.transport.HttpResponse;
import dev.parley.transport.HttpStream;
import dev.parley.transport.RealtimeServer;
import dev.parley.transport.RealtimeServerFactory;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Answers that are written while they come to be, and paths with a rest. */
class StreamTest {
    private final RealtimeServer server = ServiceLoader.load(RealtimeServerFactory.class)
            .findFirst()
            .orElseThrow()
            .create("127.0.0.1", 0, Optional.empty(), Map.of());
    private final int port = server.start().getPort();

    @AfterEach
    void close() {
        server.close();
    }

    private void mount(HttpStream stream) {
        server.mountHttp("GET", "/stream", request -> HttpResponse.streamed(200, Map.of("x-kind", "s"), stream));
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static void ask(Socket socket, String line, String... headers) throws IOException {
        String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        socket.getOutputStream()
                .write((line + "\r\nHost: localhost\r\n" + more + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** Reads until the end of what was read is this. */
    private static String until(Socket socket, String end) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder text = new StringBuilder();
        while (text.indexOf(end, Math.max(0, text.length() - end.length())) < 0) {
            int next = in.read();
            if (next < 0) {
                return text + "<END>";
            }
            text.append((char) next);
        }
        return text.toString();
    }

    @Test
    void goesOutPartByPartAndTheConnectionStays() throws Exception {
        BlockingQueue<String> parts = new LinkedBlockingQueue<>();
        mount(to -> {
            for (String part = parts.take(); !part.equals("end"); part = parts.take()) {
                to.send(Bytes.utf8(part));
            }
        });
        server.mountHttp("GET", "/after", request -> HttpResponse.text(200, "after\n"));
        try (Socket socket = connect()) {
            ask(socket, "GET /stream HTTP/1.1");
            assertThat(until(socket, "\r\n\r\n"))
                    .startsWith("HTTP/1.1 200")
                    .contains("transfer-encoding: chunked", "x-kind: s")
                    .doesNotContain("content-length");
            parts.add("one");
            assertThat(until(socket, "one\r\n")).isEqualTo("3\r\none\r\n");
            parts.add("");
            parts.add("three");
            assertThat(until(socket, "three\r\n")).isEqualTo("5\r\nthree\r\n");
            parts.add("end");
            assertThat(until(socket, "0\r\n\r\n")).isEqualTo("0\r\n\r\n");
            ask(socket, "GET /after HTTP/1.1");
            assertThat(until(socket, "after\n")).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void answersHeadWithoutRunningIt() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        mount(to -> runs.incrementAndGet());
        server.mountHttp("GET", "/after", request -> HttpResponse.text(200, "after\n"));
        try (Socket socket = connect()) {
            ask(socket, "HEAD /stream HTTP/1.1");
            ask(socket, "GET /after HTTP/1.1");
            assertThat(until(socket, "after\n")).contains("x-kind: s").contains("content-length: 6");
            assertThat(runs).hasValue(0);
        }
    }

    @Test
    void endsTheConnectionOfAClientThatKnowsNoParts() throws Exception {
        mount(to -> to.send(Bytes.utf8("all")));
        try (Socket socket = connect()) {
            ask(socket, "GET /stream HTTP/1.0");
            assertThat(until(socket, "never")).doesNotContain("chunked").endsWith("\r\n\r\nall<END>");
        }
    }

    @Test
    void tellsTheWriterThatTheClientHasGone() throws Exception {
        CompletableFuture<String> end = new CompletableFuture<>();
        mount(to -> {
            try {
                to.send(Bytes.utf8("here"));
                Thread.sleep(60_000);
                end.complete("nobody told");
            } catch (InterruptedException e) {
                end.complete("told");
                throw e;
            }
        });
        try (Socket socket = connect()) {
            ask(socket, "GET /stream HTTP/1.1");
            until(socket, "here");
        }
        assertThat(end.get(20, TimeUnit.SECONDS)).isEqualTo("told");
    }

    @Test
    void waitsForAClientThatReadsNothing() throws Exception {
        AtomicInteger sent = new AtomicInteger();
        CompletableFuture<String> end = new CompletableFuture<>();
        byte[] part = new byte[1 << 20];
        mount(to -> {
            try {
                for (int i = 0; i < 200; i++) {
                    to.send(Bytes.of(part));
                    sent.incrementAndGet();
                }
                end.complete("all");
            } catch (IOException | InterruptedException e) {
                end.complete("gone");
                throw e;
            }
        });
        try (Socket socket = connect()) {
            ask(socket, "GET /stream HTTP/1.1");
            until(socket, "\r\n\r\n");
            // No more is on its way than the sockets' own buffers take; a writer that did not wait would be done at
            // once.
            byte[] step = new byte[1 << 16];
            long read = 0;
            while (read < 100L << 20) {
                read += socket.getInputStream().read(step);
                assertThat(((long) sent.get() << 20) - read).isLessThan(48L << 20);
            }
            assertThat(end).isNotDone();
        }
        assertThat(end.get(20, TimeUnit.SECONDS)).isEqualTo("gone");
    }

    @Test
    void endsWhenTheServerCloses() throws Exception {
        CompletableFuture<String> end = new CompletableFuture<>();
        mount(to -> {
            try {
                to.send(Bytes.utf8("here"));
                Thread.sleep(60_000);
            } catch (InterruptedException e) {
                end.complete("told");
                throw e;
            }
        });
        try (Socket socket = connect()) {
            ask(socket, "GET /stream HTTP/1.1");
            until(socket, "here");
            server.close();
            assertThat(end.get(20, TimeUnit.SECONDS)).isEqualTo("told");
            assertThat(until(socket, "never")).endsWith("<END>");
        }
    }

    @Test
    void breaksOffWhereTheWriterFails() throws Exception {
        mount(to -> {
            to.send(Bytes.utf8("here"));
            throw new IllegalStateException("as if it were broken");
        });
        try (Socket socket = connect()) {
            ask(socket, "GET /stream HTTP/1.1");
            assertThat(until(socket, "never")).endsWith("here\r\n<END>").doesNotContain("0\r\n\r\n");
        }
    }

    @Test
    void closesAConnectionOnWhichSomethingElseIsAskedMeanwhile() throws Exception {
        mount(to -> {
            to.send(Bytes.utf8("here"));
            Thread.sleep(60_000);
        });
        try (Socket socket = connect()) {
            ask(socket, "GET /stream HTTP/1.1");
            until(socket, "here");
            ask(socket, "GET /stream HTTP/1.1");
            assertThat(until(socket, "never")).endsWith("<END>").doesNotContain("HTTP/1.1");
        }
    }

    @Test
    void givesAPathToTheLongestBeginningThatIsMounted() throws Exception {
        server.mountHttp("GET", "/a/*", request -> HttpResponse.text(200, "a of " + request.path() + "\n"));
        server.mountHttp("GET", "/a/b/*", request -> HttpResponse.text(200, "b of " + request.path() + "\n"));
        server.mountHttp("GET", "/a/b/own", request -> HttpResponse.text(200, "own\n"));
        for (String[] each : new String[][] {
            {"/a/x/y", "a of /a/x/y\n"},
            {"/a/b/x", "b of /a/b/x\n"},
            {"/a/b/own", "own\n"},
            {"/ab", "404"},
            {"/a", "404"}
        }) {
            try (Socket socket = connect()) {
                ask(socket, "GET " + each[0] + " HTTP/1.1", "Connection: close");
                assertThat(until(socket, "never")).contains(each[1]);
            }
        }
        try (Socket socket = connect()) {
            ask(socket, "POST /a/b/x HTTP/1.1", "Content-Length: 0", "Connection: close");
            assertThat(until(socket, "never")).contains("405", "allow: GET");
        }
    }
}
