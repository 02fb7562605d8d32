package dev.parley.testkit.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.OpenAIRealtimeClient;
import dev.parley.RealtimeException;
import dev.parley.testkit.FakeConnection;
import dev.parley.testkit.FakeRealtimeServer;
import dev.parley.testkit.Script;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The low-level client before a server that is slow to read, or not there yet. */
class SlowServerTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String MEGABYTE = "{\"type\":\"x\",\"y\":\"" + "z".repeat(1 << 20) + "\"}";

    private static URI uri(FakeRealtimeServer server) {
        return URI.create(server.baseUrl().replace("http", "ws") + "/realtime");
    }

    private static void fill(OpenAIRealtimeClient client) {
        assertThatThrownBy(() -> {
                    // What the two sockets take is not known, but it is no gigabyte.
                    for (int i = 0; i < 1_000; i++) {
                        client.send(MEGABYTE);
                    }
                })
                .isInstanceOf(RealtimeException.NoRoom.class)
                .hasMessageContaining("wait to be sent to 127.0.0.1 already");
    }

    @Test
    void takesNoMoreThanMayWaitForAServerThatDoesNotRead() throws Exception {
        try (FakeRealtimeServer server = FakeRealtimeServer.start(Script.accept());
                OpenAIRealtimeClient client = new OpenAIRealtimeClient(uri(server), null)) {
            FakeConnection connection = connected(server, client);
            connection.stall();
            fill(client);
        }
    }

    @Test
    void takesNoMoreThanMayWaitForAServerThatDoesNotAnswer() {
        try (FakeRealtimeServer server = FakeRealtimeServer.start(Script.silent());
                OpenAIRealtimeClient client = new OpenAIRealtimeClient(uri(server), null)) {
            client.connect();
            fill(client);
        }
    }

    @Test
    void keepsTheOrderOfWhatWaited() throws Exception {
        try (FakeRealtimeServer server = FakeRealtimeServer.start(Script.accept());
                OpenAIRealtimeClient client = new OpenAIRealtimeClient(uri(server), null)) {
            for (int i = 0; i < 20; i++) {
                client.send("{\"type\":\"x\",\"i\":" + i + ",\"y\":\"" + "z".repeat(100_000) + "\"}");
            }
            FakeConnection connection = connected(server, client);
            for (int i = 0; i < 20; i++) {
                assertThat(connection.receive()).contains("\"i\":" + i + ",");
            }
        }
    }

    @Test
    void whatIsSentAfterTheEndTakesNoRoom() throws Exception {
        try (FakeRealtimeServer server = FakeRealtimeServer.start(Script.accept())) {
            OpenAIRealtimeClient client = new OpenAIRealtimeClient(uri(server), null);
            connected(server, client);
            client.close();
            client.closed().get(SOON.toSeconds(), TimeUnit.SECONDS);
            for (int i = 0; i < 100; i++) {
                client.send(MEGABYTE);
            }
        }
    }

    private static FakeConnection connected(FakeRealtimeServer server, OpenAIRealtimeClient client) throws Exception {
        client.connect().get(SOON.toSeconds(), TimeUnit.SECONDS);
        return server.next(SOON);
    }
}
