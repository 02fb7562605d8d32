package dev.parley.netty;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.parley.protocol.ErrorDetail;
import dev.parley.transport.Admission;
import dev.parley.transport.RealtimeServer.SocketRoute;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * Whatever a client sends before its handshake is done, the front answers the same however it comes in pieces, throws
 * nothing, and says nothing but HTTP.
 */
class HttpFrontFuzzTest {
    private static final String REQUEST = """
            GET /ws?a=b HTTP/1.1
            Host: h
            Upgrade: websocket
            Connection: Upgrade
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
            Sec-WebSocket-Version: 13

            """.replace("\n", "\r\n");
    private static final int ROUNDS = 3_000;
    private static final NettyServer SERVER = server();

    private static NettyServer server() {
        NettyServer server = new NettyServer("127.0.0.1", 0, Optional.empty(), Map.of());
        server.mountWebSocket(
                new SocketRoute("/ws", 1_000, Duration.ofSeconds(30), Duration.ofSeconds(60)),
                request -> CompletableFuture.completedFuture(
                        new Admission.Refused(403, ErrorDetail.invalid("refused", "Not here.", null))));
        return server;
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @FuzzTest(maxDuration = "20s")
    void answersTheSameInAnyPieces(byte[] data) {
        compare(data, data.length);
    }

    /** The handshake with pieces of it changed, doubled, dropped. */
    @Test
    void answersTheSameToDamagedHandshakes() {
        for (int seed = 0; seed < ROUNDS; seed++) {
            SplittableRandom dice = new SplittableRandom(seed);
            StringBuilder request = new StringBuilder(REQUEST);
            if (dice.nextInt(3) == 0) {
                request.append(REQUEST);
            }
            for (int changes = dice.nextInt(4); changes > 0; changes--) {
                int at = dice.nextInt(request.length());
                int to = Math.min(request.length(), at + 1 + dice.nextInt(20));
                switch (dice.nextInt(4)) {
                    case 0 -> request.setCharAt(at, (char) dice.nextInt(256));
                    case 1 -> request.delete(at, to);
                    case 2 -> request.insert(at, request.substring(at, to));
                    default -> request.insert(at, ",; \t\r\n:%/?=".charAt(dice.nextInt(11)));
                }
            }
            compare(request.toString().getBytes(StandardCharsets.ISO_8859_1), seed);
        }
    }

    private static void compare(byte[] request, int seed) {
        String whole = answer(request, new SplittableRandom(seed), Integer.MAX_VALUE - 8);
        String pieces = answer(request, new SplittableRandom(seed), 9);
        assertThat(pieces).as("seed %d", seed).isEqualTo(whole);
        assertThat(whole).doesNotContain("HTTP/1.1 101", "HTTP/1.1 500");
        if (!whole.isEmpty()) {
            assertThat(whole).startsWith("HTTP/1.1 ");
        }
    }

    private static String answer(byte[] request, SplittableRandom dice, int longest) {
        EmbeddedChannel channel = new EmbeddedChannel();
        SERVER.accept(channel);
        for (int from = 0; from < request.length && channel.isOpen(); ) {
            int to = from + Math.min(request.length - from, 1 + dice.nextInt(longest));
            channel.writeInbound(Unpooled.copiedBuffer(Arrays.copyOfRange(request, from, to)));
            channel.runPendingTasks();
            from = to;
        }
        StringBuilder answer = new StringBuilder();
        for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            answer.append(out.toString(StandardCharsets.ISO_8859_1));
            out.release();
        }
        // What was thrown and not caught in the pipeline is thrown here.
        channel.checkException();
        channel.finishAndReleaseAll();
        return answer.toString();
    }
}
