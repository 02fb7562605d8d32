package dev.parley.benchmarks.peer;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Something that stands between clients and a provider, and can be started here.
 *
 * @param kind which
 * @param version of it and of what it runs on
 * @param launch how its process is made
 */
public record Relay(PeerKind kind, String version, Launch launch) {
    /** The process of a relay, to be started. */
    @FunctionalInterface
    public interface Launch {
        /**
         * Makes the process.
         *
         * @param port on which it is to listen, on the loopback address
         * @param provider the provider's port
         * @param sessions the most it will have
         * @param folder for its files; it is the process's working directory
         */
        ProcessBuilder process(int port, int provider, int sessions, Path folder) throws IOException;
    }
}
