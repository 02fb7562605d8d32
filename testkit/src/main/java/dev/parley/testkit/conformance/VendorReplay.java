package dev.parley.testkit.conformance;

import dev.parley.RealtimeModule;
import dev.parley.protocol.Json;
import dev.parley.testkit.Caller;
import dev.parley.testkit.FakeConnection;
import dev.parley.testkit.FakeRealtimeServer;
import dev.parley.testkit.conformance.Recording.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.node.ObjectNode;

/**
 * A recording of a vendor that writes events in a form of its own, played through a real gateway on loopback that takes
 * its provider for that vendor's: all that the client gets must be GA, and nothing that it says may be lost.
 */
final class VendorReplay {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Vendors by the names of folders. */
    private static final Map<String, String> VENDORS = Map.of(
            "xai", "xai",
            "azure-voice-live", "voice-live",
            "voice-live", "voice-live",
            "qwen", "qwen",
            "inworld", "inworld",
            "glm", "glm",
            "stepfun", "stepfun");

    private final List<Difference> differences = new ArrayList<>();
    private final Map<String, Integer> extras = new TreeMap<>();

    private VendorReplay() {}

    /** What came of a replay. */
    record Outcome(List<Difference> differences, List<String> notes) {}

    /** Replays the recording if it is of such a vendor. */
    static Optional<Outcome> of(Recording recording) {
        return vendor(recording).map(vendor -> new VendorReplay().play(recording.messages(), vendor));
    }

    /** The vendor whose recording it is, if that writes in a form of its own. */
    static Optional<String> vendor(Recording recording) {
        return Optional.ofNullable(VENDORS.get(recording.folder()));
    }

    private Outcome play(List<Message> messages, String vendor) {
        CompletableFuture<FakeConnection> provider = new CompletableFuture<>();
        try (FakeRealtimeServer server = FakeRealtimeServer.start(connection -> {
                    connection.accept();
                    provider.complete(connection);
                });
                RealtimeModule module = RealtimeModule.forRoot(Replay.options(server, vendor, Optional.empty()));
                Caller caller = Caller.connect(
                        URI.create("ws://127.0.0.1:" + module.listen(0).getPort() + "/v1/realtime"))) {
            play(messages, provider.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS), caller);
            listen(caller);
        } catch (TimeoutException | ExecutionException e) {
            differences.add(new Difference("the connection to the provider", "", "", "did not come"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        List<String> notes = new ArrayList<>();
        extras.forEach((type, count) ->
                notes.add("as " + vendor + ": passed on, though GA does not have it: " + type + " (" + count + ")"));
        return new Outcome(differences, notes);
    }

    private void play(List<Message> messages, FakeConnection provider, Caller caller)
            throws IOException, InterruptedException {
        int sent = 0;
        for (Message message : messages) {
            if (message.fromProvider()) {
                provider.send(message.event().toString());
                continue;
            }
            sent++;
            caller.send(message.event().toString());
            if (provider.next(PATIENCE).isEmpty()) {
                differences.add(
                        new Difference("event " + sent + " to the provider", message.type(), "", "did not arrive"));
                break;
            }
        }
        provider.send(Json.object().put("type", Replay.END).toString());
    }

    private void listen(Caller caller) {
        int number = 0;
        while (true) {
            number++;
            String where = "event " + number + " to the client";
            Optional<ObjectNode> event = caller.next(PATIENCE);
            if (event.isEmpty()) {
                differences.add(new Difference(where, "", "", "did not arrive"));
                return;
            }
            String type = event.get().path("type").asString("");
            if (type.equals(Replay.END)) {
                return;
            }
            if (GaRules.knows(type)) {
                GaRules.fault(event.get(), where).ifPresent(differences::add);
            } else {
                extras.merge(type, 1, Integer::sum);
            }
        }
    }
}
