package dev.parley.testkit.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.RealtimeModule;
import dev.parley.RealtimeModuleOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;

/**
 * A gateway with a raw client before it and a raw provider behind it. When it is closed, both ends break off, and
 * nothing may be left of the session.
 */
final class Line implements AutoCloseable {
    static final String PATH = "/v1/realtime?model=gpt-realtime";
    /** Of the handshake of a client, all but the path. */
    static final String HEADERS = """
            Host: localhost
            Upgrade: websocket
            Connection: Upgrade
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
            Sec-WebSocket-Version: 13
            """.replace("\n", "\r\n");

    private static final Duration SOON = Duration.ofSeconds(15);

    final RawProvider provider = new RawProvider();
    final RealtimeModule module;
    final int port;

    private Line(UnaryOperator<RealtimeModuleOptions.Builder> options) throws IOException {
        module = RealtimeModule.forRoot(options.apply(RealtimeModuleOptions.builder()
                        .environment(Map.of("OPENAI_API_KEY", "sk-x", "OPENAI_BASE_URL", provider.baseUrl())))
                .build());
        port = module.listen(0).getPort();
    }

    /** A gateway with no session. */
    static Line idle() throws IOException {
        return new Line(options -> options);
    }

    /** A live session on a gateway of its own, seen from the end where Parley has this role. */
    static Ends open(Role role) throws IOException {
        return open(role, PATH, options -> options);
    }

    /** As {@link #open(Role)}, with a path and options of the gateway. */
    static Ends open(Role role, String path, UnaryOperator<RealtimeModuleOptions.Builder> options) throws IOException {
        Line line = new Line(options);
        RawPeer client = line.client(path);
        RawPeer server = line.provider.next();
        server.accept();
        Ends ends = role == Role.SERVER ? new Ends(line, client, server, role) : new Ends(line, server, client, role);
        ends.live();
        return ends;
    }

    /** A client whose handshake is done. */
    RawPeer client(String path) throws IOException {
        RawPeer client = RawPeer.connect(port);
        client.say("GET " + path + " HTTP/1.1\r\n" + HEADERS + "\r\n");
        assertThat(client.head().status()).isEqualTo(101);
        return client;
    }

    /** Waits until no session is left, nor anything of one. */
    void empty() {
        Awaitility.await().atMost(SOON).pollInterval(Duration.ofMillis(5)).untilAsserted(() -> {
            assertThat(module.service().getSessionCount()).isZero();
            assertThat(module.service().bufferedBytes()).isZero();
        });
    }

    @Override
    public void close() throws IOException {
        empty();
        module.close();
        provider.close();
    }
}
