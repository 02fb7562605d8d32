package dev.parley.testkit.conformance;

import dev.parley.RealtimeModule;
import dev.parley.RealtimeModuleOptions;
import dev.parley.protocol.Json;
import dev.parley.provider.ProviderSettings;
import dev.parley.testkit.Caller;
import dev.parley.testkit.FakeConnection;
import dev.parley.testkit.FakeRealtimeServer;
import dev.parley.testkit.conformance.Recording.Message;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.node.ObjectNode;

/**
 * A recording's WebSocket, played by both ends through a real gateway on loopback: a fake provider sends what the
 * provider sent and waits for what the client sent, a client does the reverse. What arrives must be what was sent, in
 * order and without anything between.
 */
final class Replay {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Sent by both ends when they are through: what comes before it and was not expected is too much. */
    static final String END = "parley.replay.end";

    private Replay() {}

    /** The differences between what was sent and what arrived. */
    static List<Difference> of(Recording recording) {
        // To a vendor with a form of its own everything passes as to a server of the user's own: OpenAI has fewer
        // formats.
        String vendor = VendorReplay.vendor(recording).isEmpty() ? "openai" : "compatible";
        return between(recording.messages(), recording.messages(), vendor);
    }

    /**
     * As {@link #of}, with ends that hold recordings of their own.
     *
     * @param client by which the client sends, and what it expects
     * @param provider by which the provider sends, and what it expects
     * @param vendor whose server the gateway takes the provider for
     */
    static List<Difference> between(List<Message> client, List<Message> provider, String vendor) {
        CompletableFuture<List<Difference>> atProvider = new CompletableFuture<>();
        try (FakeRealtimeServer server =
                        FakeRealtimeServer.start(connection -> play(connection, provider, atProvider));
                RealtimeModule module = RealtimeModule.forRoot(options(server, vendor, Optional.of("ga")));
                Caller caller = Caller.connect(
                        URI.create("ws://127.0.0.1:" + module.listen(0).getPort() + "/v1/realtime?model=replay"))) {
            List<Difference> all = new ArrayList<>(play(caller, client));
            all.addAll(atProvider.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
            return all;
        } catch (TimeoutException e) {
            return List.of(new Difference("to the provider", "", "", "did not arrive within " + PATIENCE));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the fake provider failed", e);
        }
    }

    /**
     * A gateway whose only provider is a fake one.
     *
     * @param vendor whose server it is taken for
     * @param dialect in which it writes; empty: as its vendor
     */
    static RealtimeModuleOptions options(FakeRealtimeServer server, String vendor, Optional<String> dialect) {
        return RealtimeModuleOptions.builder()
                .environment(Map.of("REPLAY_KEY", "sk-replay"))
                .provider(new ProviderSettings(
                        "replayed",
                        vendor,
                        Optional.of(server.baseUrl()),
                        Optional.of("REPLAY_KEY"),
                        dialect,
                        Map.of(),
                        Optional.empty(),
                        Set.of(),
                        Map.of()))
                .defaultProvider("replayed")
                .build();
    }

    private static void play(
            FakeConnection connection, List<Message> messages, CompletableFuture<List<Difference>> told)
            throws IOException, InterruptedException {
        connection.accept();
        Arrivals arrivals = new Arrivals(
                "to the provider",
                () -> connection.next(PATIENCE).map(text -> Json.parse(text.getBytes(StandardCharsets.UTF_8))));
        for (Message message : messages) {
            if (message.fromProvider()) {
                connection.send(message.event().toString());
            } else {
                arrivals.expect(message);
            }
        }
        connection.send(end());
        arrivals.expectEnd();
        told.complete(arrivals.differences());
    }

    private static List<Difference> play(Caller caller, List<Message> messages) throws InterruptedException {
        Arrivals arrivals = new Arrivals("to the client", () -> caller.next(PATIENCE));
        for (Message message : messages) {
            if (message.fromProvider()) {
                arrivals.expect(message);
            } else {
                caller.send(message.event().toString());
            }
        }
        caller.send(end());
        arrivals.expectEnd();
        return arrivals.differences();
    }

    private static String end() {
        return Json.object().put("type", END).toString();
    }

    /** What arrives at one end, compared with what the recording says. */
    private static final class Arrivals {
        /** The source of arrivals; empty where none came in time. */
        interface Source {
            Optional<ObjectNode> next() throws InterruptedException;
        }

        private final String way;
        private final Source source;
        private final List<Difference> differences = new ArrayList<>();
        private int count;
        private boolean over;

        Arrivals(String way, Source source) {
            this.way = way;
            this.source = source;
        }

        void expect(Message message) throws InterruptedException {
            if (over) {
                return;
            }
            count++;
            String where = "event " + count + " " + way;
            Optional<ObjectNode> arrived = source.next();
            if (arrived.isEmpty() || isEnd(arrived.get())) {
                differences.add(new Difference(where, message.type(), "", "did not arrive"));
                over = true;
                return;
            }
            Difference.between(message.event(), arrived.get(), where, message.type())
                    .ifPresent(differences::add);
        }

        void expectEnd() throws InterruptedException {
            int more = 0;
            while (!over) {
                Optional<ObjectNode> arrived = source.next();
                if (arrived.isPresent() && !isEnd(arrived.get())) {
                    more++;
                    continue;
                }
                over = true;
                if (more > 0) {
                    String where = "after event " + count + " " + way;
                    differences.add(new Difference(where, "", "", "is followed by events that nobody sent: " + more));
                }
                if (arrived.isEmpty()) {
                    differences.add(new Difference("the last event " + way, END, "", "did not arrive"));
                }
            }
        }

        private static boolean isEnd(ObjectNode event) {
            return event.path("type").asString("").equals(END);
        }

        List<Difference> differences() {
            return differences;
        }
    }
}
