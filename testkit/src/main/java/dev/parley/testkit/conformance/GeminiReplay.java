package dev.parley.testkit.conformance;

import static dev.parley.testkit.gemini.RecordedGemini.field;

import dev.parley.RealtimeModule;
import dev.parley.RealtimeModuleOptions;
import dev.parley.protocol.Json;
import dev.parley.provider.ProviderFactory;
import dev.parley.provider.ProviderSettings;
import dev.parley.testkit.Caller;
import dev.parley.testkit.EventOrder;
import dev.parley.testkit.conformance.Recording.Message;
import dev.parley.testkit.gemini.FakeGeminiServer;
import dev.parley.testkit.gemini.FakeGeminiSession;
import dev.parley.testkit.gemini.RecordedGemini;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A recording of Gemini Live, played through a real gateway on loopback to a client that speaks OpenAI Realtime and says
 * what the recorded client said: the audio must come as it was, words, calls and usage whole, all events in OpenAI's order, and one
 * {@code response.done} for each generation.
 */
final class GeminiReplay {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String VENDOR = "gemini";
    /** Of the Developer API, for recordings of models that are not there. */
    private static final String MODEL = "gemini-2.5-flash-native-audio-preview-12-2025";

    private final List<Difference> differences = new ArrayList<>();
    private final EventOrder order = new EventOrder();
    private int events;

    private GeminiReplay() {}

    /** Replays the recording if it is of Gemini Live, and the provider is at hand. */
    static Optional<List<Difference>> of(Recording recording) {
        boolean gemini = recording.messages().stream()
                .anyMatch(message -> message.event().has("setup"));
        return gemini && available() ? Optional.of(new GeminiReplay().play(recording.messages())) : Optional.empty();
    }

    private static boolean available() {
        return ServiceLoader.load(ProviderFactory.class).stream()
                .anyMatch(factory -> factory.get().names().contains(VENDOR));
    }

    private List<Difference> play(List<Message> messages) {
        List<ObjectNode> lines = messages.stream()
                .map(message -> Json.object()
                        .put("dir", message.fromProvider() ? "recv" : "sent")
                        .set("data", message.event()))
                .toList();
        List<RecordedGemini.Answer> answers = RecordedGemini.answersOf(lines);
        try (FakeGeminiServer server = FakeGeminiServer.replay(lines);
                RealtimeModule module = RealtimeModule.forRoot(options(server));
                Caller caller = Caller.connect(
                        URI.create("ws://127.0.0.1:" + module.listen(0).getPort() + "/v1/realtime?model=" + MODEL))) {
            GeminiClient client = new GeminiClient(caller);
            for (RecordedGemini.Answer answer : answers) {
                say(answer.sent(), client);
                hear(GeminiAnswer.of(answer.messages()), client, caller);
            }
            // What comes after the last response comes before the answer to this.
            caller.send(Json.object()
                    .put("type", "session.update")
                    .set("session", Json.object().put("type", "realtime"))
                    .toString());
            drain(caller);
            for (FakeGeminiSession session : server.sessions()) {
                session.faults().forEach(fault -> differences.add(new Difference("to Gemini", "", "", fault)));
                if (!session.refusal().isEmpty()) {
                    differences.add(new Difference("to Gemini", "", "", "was refused: " + session.refusal()));
                }
            }
        }
        order.finish().forEach(fault -> differences.add(new Difference("to the client", "", "", fault)));
        return differences;
    }

    private static RealtimeModuleOptions options(FakeGeminiServer server) {
        return RealtimeModuleOptions.builder()
                .environment(Map.of("REPLAY_KEY", FakeGeminiServer.key()))
                .provider(new ProviderSettings(
                        "replayed",
                        VENDOR,
                        Optional.of(server.baseUrl()),
                        Optional.of("REPLAY_KEY"),
                        Optional.empty(),
                        Map.of(),
                        Optional.of(MODEL),
                        Set.of(),
                        Map.of()))
                .defaultProvider("replayed")
                .build();
    }

    private static void say(List<ObjectNode> sent, GeminiClient client) {
        boolean spoken = false;
        for (ObjectNode message : sent) {
            if (message.has("setup")) {
                client.setUp(message.path("setup"));
            } else {
                client.say(message);
                spoken |= field(message, "realtimeInput").has("audio");
            }
        }
        if (spoken) {
            client.speak();
        }
    }

    /** Listens until as many responses have ended as there were generations, and compares each. */
    private void hear(List<GeminiAnswer> expected, GeminiClient client, Caller caller) {
        StringBuilder audio = new StringBuilder();
        StringBuilder words = new StringBuilder();
        int done = 0;
        while (done < expected.size()) {
            Optional<ObjectNode> next = next(caller);
            if (next.isEmpty()) {
                differences.add(new Difference("the end of a response", "response.done", "", "did not arrive"));
                return;
            }
            ObjectNode event = next.get();
            switch (event.path("type").asString("")) {
                case "response.output_audio.delta" ->
                    audio.append(audio.isEmpty() ? "" : " ")
                            .append(event.path("delta").asString(""));
                case "response.output_audio_transcript.delta" ->
                    words.append(event.path("delta").asString(""));
                case "response.function_call_arguments.done" ->
                    client.called(event.path("call_id").asString(""));
                case "response.done" -> {
                    GeminiAnswer told =
                            GeminiAnswer.told((ObjectNode) event.path("response"), audio.toString(), words.toString());
                    differences.addAll(expected.get(done).differences(told, "event " + events + " to the client"));
                    audio.setLength(0);
                    words.setLength(0);
                    done++;
                }
                default -> {}
            }
        }
    }

    private void drain(Caller caller) {
        int responses = order.responsesDone();
        boolean updated = false;
        while (!updated) {
            Optional<ObjectNode> next = next(caller);
            JsonNode event = next.isEmpty() ? Json.object() : next.get();
            if (next.isEmpty()) {
                differences.add(new Difference("the last event", "session.updated", "", "did not arrive"));
            }
            updated = next.isEmpty() || event.path("type").asString("").equals("session.updated");
        }
        if (order.responsesDone() != responses) {
            differences.add(new Difference("to the client", "response.done", "", "came too often"));
        }
    }

    private Optional<ObjectNode> next(Caller caller) {
        Optional<ObjectNode> next = caller.next(PATIENCE);
        if (next.isPresent()) {
            events++;
            order.accept(next.get());
            String type = next.get().path("type").asString("");
            String where = "event " + events + " to the client";
            GaRules.fault(next.get(), where)
                    // Gemini does not tell of every response what it took.
                    .filter(fault -> !fault.path().equals("response.usage.total_tokens"))
                    .ifPresent(differences::add);
            if (type.equals("error")) {
                differences.add(new Difference(
                        where,
                        type,
                        "",
                        "was sent: " + next.get().path("error").path("code").asString("")));
            }
        }
        return next;
    }
}
