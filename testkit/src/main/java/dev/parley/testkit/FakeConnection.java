package dev.parley.testkit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a {@link FakeRealtimeServer}, seen from the provider's end: a plain blocking WebSocket with every
 * means to misbehave. Safe for use by all threads.
 */
public final class FakeConnection {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final Socket socket;
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final List<String> all = new ArrayList<>();
    private final CountDownLatch accepted = new CountDownLatch(1);
    private final AtomicInteger pings = new AtomicInteger();
    private final ReentrantLock writing = new ReentrantLock();
    private volatile Map<String, String> headers = Map.of();
    private volatile String method = "";
    private volatile String target = "";
    private volatile String body = "";
    private @Nullable DataInputStream in;
    private volatile boolean reading = true;
    private volatile boolean ended;
    private volatile @Nullable Integer closeCode;

    FakeConnection(Socket socket) {
        this.socket = socket;
    }

    // ---- The handshake
    // -----------------------------------------------------------------------------------------------

    /** Finishes the handshake and begins to read. */
    public void accept() throws IOException {
        acceptAnd(new byte[0]);
    }

    /** As {@link #accept()}, with bytes right behind the answer, in the same packet if they fit. */
    public void acceptAnd(byte[] behind) throws IOException {
        DataInputStream from = request();
        String key = headers.getOrDefault("sec-websocket-key", "");
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        answer.writeBytes(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Accept: " + hash(key) + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        answer.writeBytes(behind);
        write(answer.toByteArray());
        accepted.countDown();
        Thread.ofVirtual().name("fake-reader").start(() -> read(from));
    }

    /** Answers the handshake with an HTTP error and a body. */
    public void refuse(int status) throws IOException {
        request();
        String quoting = "{\"error\":{\"message\":\"Incorrect API key provided: " + bearer() + "\"}}";
        write(("HTTP/1.1 " + status + " No\r\nContent-Type: application/json\r\nContent-Length: " + quoting.length()
                        + "\r\nConnection: close\r\n\r\n" + quoting)
                .getBytes(StandardCharsets.US_ASCII));
        socket.close();
        ended = true;
    }

    /** Reads a plain HTTP request to its end, and answers it. */
    public void answer(int status, Map<String, String> answerHeaders, String content) throws IOException {
        DataInputStream from = request();
        body = new String(
                from.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0"))), StandardCharsets.UTF_8);
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Answer\r\n");
        answerHeaders.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Content-Length: ").append(bytes.length).append("\r\nConnection: close\r\n\r\n");
        write(head.toString().getBytes(StandardCharsets.US_ASCII));
        write(bytes);
        socket.close();
        ended = true;
    }

    /** Waits for the head of the request, so that {@link #method()}, {@link #target()} and {@link #headers()} are there. */
    public DataInputStream request() throws IOException {
        if (in == null) {
            in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
            readHead(in);
        }
        return in;
    }

    private void readHead(DataInputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                ended = true;
                throw new EOFException("the client left during the handshake");
            }
            head.write(next);
        }
        String[] lines = head.toString(StandardCharsets.ISO_8859_1).split("\r\n");
        method = lines[0].split(" ")[0];
        target = lines[0].split(" ")[1];
        Map<String, String> found = new TreeMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            found.put(
                    lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                    lines[i].substring(colon + 1).strip());
        }
        headers = found;
    }

    private String bearer() {
        return headers.getOrDefault("authorization", "").replace("Bearer ", "");
    }

    private static String hash(String key) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1")
                            .digest((key + GUID).getBytes(StandardCharsets.ISO_8859_1)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    // ---- What the gateway sent
    // ---------------------------------------------------------------------------------------

    /** The method of the request: {@code GET} for a WebSocket. */
    public String method() {
        return method;
    }

    /** The body of a plain HTTP request that was answered. */
    public String body() {
        return body;
    }

    /** The path and query that were asked for. */
    public String target() {
        return target;
    }

    /** The headers of the handshake, names in lower case. */
    public Map<String, String> headers() {
        return headers;
    }

    /** The next message from the gateway; waits for it up to 10 s. */
    public String receive() throws InterruptedException {
        String message = received.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        if (message == null) {
            throw new AssertionError("no message came within " + PATIENCE + " after " + all.size());
        }
        return message;
    }

    /** The next message from the gateway; empty if none comes in time or the connection has ended. */
    public Optional<String> next(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            boolean last = !open() || System.nanoTime() >= deadline;
            String message = received.poll(last ? 0 : 20, TimeUnit.MILLISECONDS);
            if (message != null || last) {
                return Optional.ofNullable(message);
            }
        }
    }

    /** All messages so far, in order. */
    public List<String> received() {
        synchronized (all) {
            return List.copyOf(all);
        }
    }

    /** How many pings came and were answered. */
    public int pings() {
        return pings.get();
    }

    /** The code of the gateway's close frame; null: none came. */
    public @Nullable Integer closeCode() {
        return closeCode;
    }

    /** Whether the gateway's end is still there, as far as can be told. */
    public boolean open() {
        return !ended && !socket.isClosed();
    }

    private void read(DataInputStream in) {
        StringBuilder message = new StringBuilder();
        try {
            while (true) {
                while (!reading) {
                    TimeUnit.MILLISECONDS.sleep(5); // A stalled provider; nothing waits for this.
                }
                int first = in.readUnsignedByte();
                int second = in.readUnsignedByte();
                long length = second & 127;
                length = length == 126 ? in.readUnsignedShort() : length == 127 ? in.readLong() : length;
                byte[] mask = in.readNBytes(4);
                byte[] payload = in.readNBytes((int) length);
                for (int i = 0; i < payload.length; i++) {
                    payload[i] ^= mask[i & 3];
                }
                switch (first & 15) {
                    case 0, 1 -> {
                        message.append(new String(payload, StandardCharsets.UTF_8));
                        if (first >= 128) {
                            keep(message.toString());
                            message.setLength(0);
                        }
                    }
                    case 8 -> {
                        closeCode = payload.length < 2 ? 1005 : (payload[0] & 255) << 8 | (payload[1] & 255);
                        frame(8, payload);
                        socket.close();
                        ended = true;
                        return;
                    }
                    case 9 -> {
                        pings.incrementAndGet();
                        frame(10, payload);
                    }
                    default -> {}
                }
            }
        } catch (IOException e) {
            ended = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void keep(String message) {
        synchronized (all) {
            all.add(message);
        }
        received.add(message);
    }

    // ---- What the provider does
    // --------------------------------------------------------------------------------------

    /** Sends an event. */
    public void send(String json) throws IOException {
        frame(1, json.getBytes(StandardCharsets.UTF_8));
    }

    /** Closes with a code and a reason. */
    public void close(int code, String reason) throws IOException {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        payload.write(code >> 8);
        payload.write(code);
        payload.writeBytes(reason.getBytes(StandardCharsets.UTF_8));
        frame(8, payload.toByteArray());
    }

    /** Breaks the connection without a close frame. */
    public void vanish() {
        try {
            socket.close();
        } catch (IOException e) {
            ended = true;
        }
        ended = true;
    }

    /** Reads nothing any more, so that it answers no ping either, while the connection stays. */
    public void stall() {
        reading = false;
    }

    /** Sends bytes as they are, such as half a frame. */
    public void write(byte[] bytes) throws IOException {
        writing.lock();
        try {
            OutputStream out = socket.getOutputStream();
            out.write(bytes);
            out.flush();
        } finally {
            writing.unlock();
        }
    }

    /** Sends one frame that is not fragmented; before the handshake is finished, waits for that. */
    public void frame(int opcode, byte[] payload) throws IOException {
        try {
            if (!accepted.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("the handshake was not finished within " + PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(payload.length + 10);
        out.write(0x80 | opcode);
        if (payload.length < 126) {
            out.write(payload.length);
        } else if (payload.length < 65536) {
            out.write(126);
            out.write(payload.length >> 8);
            out.write(payload.length);
        } else {
            out.write(127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                out.write((int) ((long) payload.length >> shift));
            }
        }
        out.writeBytes(payload);
        write(out.toByteArray());
    }
}
