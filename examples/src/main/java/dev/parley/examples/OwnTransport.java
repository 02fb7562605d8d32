package dev.parley.examples;

import dev.parley.RealtimeClientAdapter;
import dev.parley.RealtimeService;
import dev.parley.RealtimeSession;
import dev.parley.RealtimeSessionConfig;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A session for a client that comes over a transport of the application's own. */
public final class OwnTransport {
    private OwnTransport() {}

    static CompletableFuture<RealtimeSession> open(RealtimeService service, String clientId, Consumer<String> socket) {
        // [own-transport]
        RealtimeClientAdapter client = new RealtimeClientAdapter() {
            @Override
            public String id() {
                return clientId;
            }

            @Override
            public void send(String event, String data) {
                socket.accept(data); // an event of OpenAI Realtime, as JSON
            }

            @Override
            public void disconnect() {}
        };
        CompletableFuture<RealtimeSession> session =
                service.createSession(client, "openai", RealtimeSessionConfig.EMPTY);
        session.thenAccept(open -> open.sendText("Good morning!"));
        // [/own-transport]
        return session;
    }
}
