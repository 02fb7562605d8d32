package dev.parley.netty;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.parley.protocol.Bytes;
import dev.parley.transport.HttpCall;
import dev.parley.transport.HttpResponse;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HttpExchangesTest {
    @Test
    void finishesWhatIsUnderWayWhenItCloses() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            arrived.countDown();
            try (exchange) {
                answer.await();
                exchange.sendResponseHeaders(200, -1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
        try (HttpExchanges exchanges = new HttpExchanges()) {
            CompletableFuture<HttpResponse> hangUp = exchanges.exchange(new HttpCall(
                    "POST",
                    URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"),
                    Map.of(),
                    Bytes.utf8(""),
                    Duration.ofSeconds(10),
                    100));
            assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
            Thread closing = Thread.ofPlatform().daemon().start(exchanges::close);
            Set<Thread.State> settled =
                    Set.of(Thread.State.WAITING, Thread.State.TIMED_WAITING, Thread.State.TERMINATED);
            while (!settled.contains(closing.getState())) {
                Thread.onSpinWait();
            }
            answer.countDown();
            assertThat(hangUp.get(10, TimeUnit.SECONDS).status()).isEqualTo(200);
            closing.join(Duration.ofSeconds(10));
            assertThat(closing.isAlive()).isFalse();
        } finally {
            answer.countDown();
            server.stop(0);
        }
    }
}
