package dev.parley.benchmarks.peer;

import dev.parley.benchmarks.process.Child;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;

/** A relay's process that has taken its first session. */
public final class RunningRelay implements AutoCloseable {
    private static final Duration LONGEST_START = Duration.ofSeconds(20);

    private final PeerKind kind;
    private final Child child;
    private final int port;
    private final long startNanos;

    private RunningRelay(PeerKind kind, Child child, int port, long startNanos) {
        this.kind = kind;
        this.child = child;
        this.port = port;
        this.startNanos = startNanos;
    }

    /**
     * Starts a relay and waits for its first session.
     *
     * @throws StartException if that does not come
     */
    public static RunningRelay start(Relay relay, int provider, int sessions, Path folder)
            throws InterruptedException, StartException {
        int port = freePort();
        ProcessBuilder builder;
        try {
            builder = relay.launch().process(port, provider, sessions, folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        long began = System.nanoTime();
        Child child = Child.start(relay.kind().label(), builder, folder);
        while (!FirstSession.begins(port, relay.kind().path())) {
            if (!child.isAlive() || System.nanoTime() - began > LONGEST_START.toNanos()) {
                String what = child.isAlive() ? "it takes no session" : "it ended at once";
                child.close();
                throw new StartException(what + child.lastWords());
            }
            FirstSession.pause();
        }
        return new RunningRelay(relay.kind(), child, port, System.nanoTime() - began);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Which it is. */
    public PeerKind kind() {
        return kind;
    }

    /** Where it listens. */
    public int port() {
        return port;
    }

    /** The process's number. */
    public long pid() {
        return child.pid();
    }

    /** From the start of the process to {@code session.created}. */
    public long startNanos() {
        return startNanos;
    }

    @Override
    public void close() {
        child.close();
    }
}
