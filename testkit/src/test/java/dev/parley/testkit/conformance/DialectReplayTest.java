package dev.parley.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.dialect.Dialect;
import dev.parley.dialect.WireForm;
import dev.parley.event.ServerEvent;
import dev.parley.protocol.AudioEvent;
import dev.parley.protocol.Bytes;
import dev.parley.protocol.Event;
import dev.parley.protocol.EventScanner;
import dev.parley.protocol.Json;
import dev.parley.testkit.conformance.Recording.Message;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Recordings of providers that write other forms, through their dialects: what comes out is GA. They are in folders that
 * have a vendor's name; see {@link Recordings}.
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
        return Recordings.each(FOLDERS.keySet(), DialectReplayTest::said);
    }

    /** A beta client behind the gateway understands whatever provider answers. */
    @TestFactory
    Stream<DynamicTest> aBetaClientHearsOfEachItemOnce() throws IOException {
        return Recordings.each(FOLDERS.keySet(), DialectReplayTest::heard);
    }

    /** The provider's events of a recording, as the session sees them. */
    private static List<Event> events(Recording recording) {
        Dialect dialect =
                Objects.requireNonNull(FOLDERS.get(recording.folder())).ofProvider();
        List<Event> events = new ArrayList<>();
        for (Message message : recording.messages()) {
            Bytes json = Json.write(message.event());
            if (message.fromProvider()) {
                dialect.inbound(json, event -> events.add(event.copy()));
            } else {
                // What a client says in GA must not be lost on the way.
                Texts texts = new Texts();
                dialect.outbound(new EventScanner().scan(json), texts);
                assertThat(texts.messages).hasSize(1);
            }
        }
        return events;
    }

    private static void said(Recording recording) {
        Set<String> added = new HashSet<>();
        Set<String> done = new HashSet<>();
        List<byte[]> audio = new ArrayList<>();
        for (Event event : events(recording)) {
            ObjectNode json = Json.parse(event.wire());
            String type = event.type().name();
            String item = json.path("item").path("id").asString("");
            if (EXTRAS.contains(type)) {
                continue;
            }
            assertThat(GaRules.knows(type)).as(type).isTrue();
            assertThat(ServerEvent.decode(json)).isNotInstanceOf(ServerEvent.Unknown.class);
            assertThat(GaRules.fault(json, type)).isEmpty();
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
        assertThat(audio).usingRecursiveComparison().isEqualTo(recordedAudio(recording));
    }

    private static List<byte[]> recordedAudio(Recording recording) {
        return recording.messages().stream()
                .filter(message -> message.fromProvider() && message.type().endsWith("audio.delta"))
                .map(message -> java.util.Base64.getDecoder()
                        .decode(message.event().path("delta").asString()))
                .toList();
    }

    private static void heard(Recording recording) {
        Dialect client = WireForm.BETA.ofClient();
        Set<String> created = new HashSet<>();
        Set<String> added = new HashSet<>();
        for (Event event : events(recording)) {
            if (event.type().name().equals("conversation.item.added")) {
                added.add(Json.parse(event.wire()).path("item").path("id").asString());
            }
            Texts texts = new Texts();
            client.outbound(event, texts);
            texts.messages.forEach(message -> {
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
