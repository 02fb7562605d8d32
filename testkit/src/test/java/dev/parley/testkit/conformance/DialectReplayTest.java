package dev.parley.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.dialect.Dialect;
import dev.parley.dialect.WireForm;
import dev.parley.protocol.AudioEvent;
import dev.parley.protocol.Bytes;
import dev.parley.protocol.Event;
import dev.parley.protocol.EventScanner;
import dev.parley.protocol.Json;
import dev.parley.testkit.Script.TraceLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Recordings of providers that write other forms, through their dialects: what comes out is GA. Further recordings are
 * in the folders of {@code -Dparley.traces=FOLDER} that have a vendor's name.
 */
class DialectReplayTest {
    private static final Map<String, WireForm> FOLDERS = Map.of(
            "xai", WireForm.XAI,
            "azure-voice-live", WireForm.VOICE_LIVE,
            "voice-live", WireForm.VOICE_LIVE,
            "qwen", WireForm.QWEN,
            "inworld", WireForm.INWORLD);
    /** No type of GA, and passed as unknown: what a vendor has beyond it. */
    private static final Set<String> EXTRAS = Set.of("conversation.item.input_audio_transcription.updated");

    @TestFactory
    Stream<DynamicTest> whatAProviderSaysIsGa() throws IOException {
        return files().map(file -> DynamicTest.dynamicTest(name(file), () -> said(file)));
    }

    /** A beta client behind the gateway understands whatever provider answers. */
    @TestFactory
    Stream<DynamicTest> aBetaClientHearsOfEachItemOnce() throws IOException {
        return files().map(file -> DynamicTest.dynamicTest(name(file), () -> heard(file)));
    }

    private static Stream<Path> files() throws IOException {
        List<Path> files = new ArrayList<>(files(Path.of("src", "test", "resources", "dialects")));
        assertThat(files).isNotEmpty();
        String more = System.getProperty("parley.traces", "");
        if (!more.isEmpty()) {
            files.addAll(files(Path.of(more)));
        }
        return files.stream();
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(".jsonl"))
                    .filter(file -> FOLDERS.containsKey(folder(file)))
                    .sorted()
                    .toList();
        }
    }

    private static String folder(Path file) {
        return String.valueOf(file.toAbsolutePath().getParent().getFileName());
    }

    private static String name(Path file) {
        return folder(file) + "/" + file.getFileName();
    }

    /** The provider's events of a recording, as the session sees them. */
    private static List<Event> events(Path file) {
        Dialect dialect = FOLDERS.get(folder(file)).ofProvider();
        List<Event> events = new ArrayList<>();
        for (TraceLine line : TraceLine.read(file)) {
            if (line.fromProvider()) {
                dialect.inbound(Bytes.utf8(line.json()), event -> events.add(event.copy()));
            } else {
                // What a client says in GA must not be lost on the way.
                List<Bytes> messages = new ArrayList<>();
                dialect.outbound(new EventScanner().scan(Bytes.utf8(line.json())), messages::add);
                assertThat(messages).hasSize(1);
            }
        }
        return events;
    }

    private static void said(Path file) {
        Set<String> added = new HashSet<>();
        Set<String> done = new HashSet<>();
        List<byte[]> audio = new ArrayList<>();
        for (Event event : events(file)) {
            ObjectNode json = Json.parse(event.wire());
            String type = event.type().name();
            String item = json.path("item").path("id").asString("");
            if (EXTRAS.contains(type)) {
                continue;
            }
            GaRules.check(json);
            if (type.equals("conversation.item.added")) {
                assertThat(added.add(item)).as("added once: " + item).isTrue();
            } else if (type.equals("conversation.item.done")) {
                assertThat(done.add(item)).as("done once: " + item).isTrue();
                assertThat(added).contains(item);
            } else if (event instanceof AudioEvent delta) {
                audio.add(delta.audio());
            }
        }
        assertThat(done).as("each item that is added is done").isEqualTo(added);
        assertThat(audio).usingRecursiveComparison().isEqualTo(recordedAudio(file));
    }

    private static List<byte[]> recordedAudio(Path file) {
        return TraceLine.read(file).stream()
                .filter(TraceLine::fromProvider)
                .map(line -> Json.parse(line.json().getBytes(StandardCharsets.UTF_8)))
                .filter(json -> json.path("type").asString().endsWith("audio.delta"))
                .map(json ->
                        java.util.Base64.getDecoder().decode(json.path("delta").asString()))
                .toList();
    }

    private static void heard(Path file) {
        Dialect client = WireForm.BETA.ofClient();
        Set<String> created = new HashSet<>();
        Set<String> added = new HashSet<>();
        for (Event event : events(file)) {
            if (event.type().name().equals("conversation.item.added")) {
                added.add(Json.parse(event.wire()).path("item").path("id").asString());
            }
            client.outbound(event, message -> {
                ObjectNode json = Json.parse(message);
                String type = json.path("type").asString();
                assertThat(type)
                        .doesNotStartWith("response.output_text")
                        .doesNotStartWith("response.output_audio")
                        .isNotIn("conversation.item.added", "conversation.item.done");
                if (type.equals("conversation.item.created")) {
                    assertThat(created.add(json.path("item").path("id").asString()))
                            .isTrue();
                }
                if (json.has("session")) {
                    assertThat(json.path("session").path("audio").findValue("format"))
                            .as("%s", json)
                            .isNull();
                    assertThat(json.path("session").path("temperature").asDouble())
                            .isEqualTo(0.8);
                }
            });
        }
        assertThat(created).isEqualTo(added);
    }
}
