package dev.parley.testkit.functional;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.session.SessionLimits;
import dev.parley.testkit.FakeConnection;
import dev.parley.testkit.Script;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A client on a bare socket that stops reading while the provider floods it. */
class SlowClientTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    /** What a client saw: whole events, and the close frame's code. */
    private record Seen(List<String> events, int code) {}

    private static Socket connect(Gateway gateway) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(64 << 10);
        socket.setSoTimeout((int) SOON.toMillis());
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.port));
        String request = """
                GET /v1/realtime?model=m HTTP/1.1
                Host: x
                Upgrade: websocket
                Connection: Upgrade
                Sec-WebSocket-Version: 13
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

                """;
        socket.getOutputStream().write(request.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static Seen readOn(Socket socket) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            head.append((char) in.readByte());
        }
        List<String> events = new ArrayList<>();
        while (true) {
            int opcode = in.readUnsignedByte() & 15;
            long length = in.readUnsignedByte();
            length = length == 126 ? in.readUnsignedShort() : length == 127 ? in.readLong() : length;
            byte[] payload = in.readNBytes((int) length);
            if (opcode == 8) {
                return new Seen(events, (payload[0] & 255) << 8 | (payload[1] & 255));
            }
            if (opcode == 1) {
                events.add(new String(payload, StandardCharsets.UTF_8));
            }
        }
    }

    private static Thread flood(FakeConnection provider) {
        byte[] event = ("{\"type\":\"response.output_audio.delta\",\"item_id\":\"i\",\"delta\":\"" + "A".repeat(32_000)
                        + "\"}")
                .getBytes(StandardCharsets.US_ASCII);
        return Thread.ofVirtual().start(() -> {
            try {
                while (provider.open()) {
                    provider.frame(1, event);
                }
            } catch (IOException e) {
                // The gateway has hung up, which is what the test waits for.
            }
        });
    }

    @Test
    void isToldOfTheEndWhenItReadsAgainLongAfterTheProviderWasClosed() throws Exception {
        SessionLimits limits =
                SessionLimits.builder().stuck(Duration.ofMillis(300)).build();
        try (Gateway gateway = Gateway.before(Script.accept(), o -> o.limits(limits));
                Socket socket = connect(gateway)) {
            FakeConnection provider = gateway.provider.next(SOON);
            Thread flood = flood(provider);
            Awaitility.await().atMost(SOON).until(() -> !flood.isAlive());
            // Behind the time that any other client has for its answer to a close.
            Awaitility.await()
                    .pollDelay(Duration.ofSeconds(4))
                    .atMost(SOON)
                    .until(() -> gateway.module.service().bufferedBytes() == 0);
            Seen seen = readOn(socket);
            assertThat(seen.code()).isEqualTo(1008);
            assertThat(seen.events().getLast()).contains("client_too_slow").contains("reads too slowly");
            assertThat(seen.events().getFirst()).contains("response.output_audio.delta");
            assertThat(gateway.module.service().metrics().toClient().dropped().unsent())
                    .isPositive();
        }
    }

    @Test
    void whoNeverReadsAgainIsCutOff() throws Exception {
        SessionLimits limits = SessionLimits.builder()
                .stuck(Duration.ofMillis(200))
                .farewell(Duration.ofMillis(2_500))
                .build();
        try (Gateway gateway = Gateway.before(Script.accept(), o -> o.limits(limits));
                Socket socket = connect(gateway)) {
            flood(gateway.provider.next(SOON));
            Awaitility.await()
                    .atMost(SOON)
                    .until(() -> gateway.module
                                    .service()
                                    .metrics()
                                    .sessions()
                                    .ended()
                                    .getOrDefault("client_too_slow", 0L)
                            == 1);
            assertThat(gateway.module.service().getSessionCount()).isZero();
            assertThat(socket.isClosed()).isFalse();
        }
    }

    @Test
    void whoStopsForAWhileAndReadsOnLosesNothing() throws Exception {
        try (Gateway gateway = Gateway.before(Script.accept());
                Socket socket = connect(gateway)) {
            FakeConnection provider = gateway.provider.next(SOON);
            int many = 600;
            Thread sending = Thread.ofVirtual().start(() -> {
                try {
                    for (int i = 0; i < many; i++) {
                        provider.send("{\"type\":\"response.output_audio.delta\",\"event_id\":\"e" + i
                                + "\",\"item_id\":\"i\",\"delta\":\"" + "A".repeat(32_000) + "\"}");
                    }
                    provider.close(4_000, "done");
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            Awaitility.await()
                    .atMost(SOON)
                    .until(() ->
                            gateway.module.service().metrics().providerPauses().now() == 1);
            Seen seen = readOn(socket);
            sending.join();
            assertThat(seen.code()).isEqualTo(4_000);
            assertThat(seen.events()).hasSize(many + 1);
            for (int i = 0; i < many; i++) {
                assertThat(seen.events().get(i)).contains("\"e" + i + "\"");
            }
        }
    }
}
