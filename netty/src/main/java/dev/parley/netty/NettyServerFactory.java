package dev.parley.netty;

import dev.parley.transport.RealtimeServer;
import dev.parley.transport.RealtimeServerFactory;
import java.util.Map;
import java.util.Optional;

/** Makes {@link NettyServer}s; found by {@link java.util.ServiceLoader}. */
public final class NettyServerFactory implements RealtimeServerFactory {
    @Override
    public RealtimeServer create(String host, int port, Optional<Tls> tls, Map<String, String> environment) {
        return new NettyServer(host, port, tls, environment);
    }
}
