package dev.parley.transport;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Makes a server of its own for a module; found by {@link java.util.ServiceLoader}. parley-netty has one. */
public interface RealtimeServerFactory {
    /**
     * A server that has not started.
     *
     * @param host the address to bind
     * @param port the port to bind; 0: any that is free
     * @param tls the certificate to show; empty: no TLS
     * @param environment variables such as {@code PARLEY_TRANSPORT}; an empty one counts as unset
     * @throws dev.parley.RealtimeException if the certificate or a variable is wrong; the text says which
     */
    RealtimeServer create(String host, int port, Optional<Tls> tls, Map<String, String> environment);

    /**
     * A server's certificate.
     *
     * @param certificate a chain in PEM
     * @param key its private key in PEM (PKCS#8)
     */
    record Tls(Path certificate, Path key) {}
}
