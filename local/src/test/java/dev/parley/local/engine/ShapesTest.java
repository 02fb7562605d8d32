package dev.parley.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * Whole turns, event by event and field by field, against lists of what OpenAI sends. With {@code -Dparley.traces=FOLDER}
 * the lists themselves are compared with recordings of it.
 */
class ShapesTest {
    private static final String SETTINGS =
            "'instructions':'Be brief.','audio':{'input':{'transcription':{'model':'any'},"
                    + "'turn_detection':{'type':'server_vad'}}}";

    /** The type of an event and the names of its fields, as in the lists; of runs of the same delta one. */
    private static List<String> shapes(Iterable<? extends JsonNode> events) {
        List<String> shapes = new ArrayList<>();
        for (JsonNode event : events) {
            String type = event.path("type").asString();
            String shape = type + " " + fields(event, "type");
            boolean repeated = !shapes.isEmpty()
                    && type.endsWith(".delta")
                    && shapes.getLast().equals(shape);
            if (!repeated && !type.contains("input_audio_transcription")) {
                shapes.add(shape);
            }
        }
        return shapes;
    }

    private static String fields(JsonNode object, String without) {
        return object.propertyNames().stream()
                .filter(name -> !name.equals(without) && !name.equals("obfuscation"))
                .map(name -> name + shape(object.path(name)))
                .collect(Collectors.joining(" "));
    }

    private static String shape(JsonNode node) {
        if (node.isObject()) {
            return "{" + fields(node, "") + "}";
        }
        if (node.isArray()) {
            Set<String> elements = new LinkedHashSet<>();
            node.forEach(element -> elements.add(shape(element)));
            return "[" + String.join("|", elements) + "]";
        }
        return "";
    }

    private static List<String> list(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(ShapesTest.class.getResourceAsStream(name + ".txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }

    @Test
    void aTypedTurn() throws IOException {
        Rig rig = Rig.with(SETTINGS);
        rig.text("Hello").respond().advance(5_000);
        assertThat(shapes(rig.events)).isEqualTo(list("text-turn"));
    }

    @Test
    void aSpokenTurn() throws IOException {
        Rig rig = Rig.with(SETTINGS);
        rig.audio(1_000, false).audio(1_000, true).audio(600, false).advance(5_000);
        assertThat(shapes(rig.events)).isEqualTo(list("spoken-turn"));
        assertThat(rig.all("conversation.item.input_audio_transcription.completed")
                        .getFirst()
                        .propertyNames())
                .containsExactly("type", "event_id", "item_id", "content_index", "transcript", "usage");
    }

    @Test
    void aRoundWithATool() throws IOException {
        Rig rig = Rig.with(
                SETTINGS + ",'output_modalities':['text'],'tools':[{'parameters':{'type':'object','properties':"
                        + "{'city':{'type':'string'}}},'name':'get_weather','description':'d','type':'function'}]");
        rig.fakes.mind = (request, sink) -> sink.call("get_weather", "{\"city\":\"London\"}");
        rig.text("weather").respond();
        rig.fakes.mind = (request, sink) -> sink.text("It is foggy.");
        rig.send("{'type':'conversation.item.create','item':{'type':'function_call_output','call_id':"
                + rig.last("response.function_call_arguments.done").path("call_id") + ",'output':'foggy'}}");
        rig.respond();
        assertThat(shapes(rig.events)).isEqualTo(list("tool-round"));
    }

    /** The recordings hold less than a whole session here and there, so that each of their events is looked up. */
    @ParameterizedTest
    @CsvSource({
        "text-turn, openai/text-in-audio-out-turn.jsonl",
        "spoken-turn, openai/audio-in-server-vad-turn.jsonl",
        "tool-round, openai/tool-call-round.jsonl"
    })
    void theListsAreWhatWasRecorded(String name, String recording) throws IOException {
        List<String> list = list(name);
        assertThat(list).isNotEmpty();
        Path file = Path.of(System.getProperty("parley.traces", ""), recording);
        List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
        List<JsonNode> events = lines.stream()
                .map(line -> (JsonNode) Json.parse(line.getBytes(StandardCharsets.UTF_8)))
                .filter(line -> line.path("dir").asString("").equals("recv"))
                .map(line -> line.path("data"))
                .toList();
        List<String> recorded = new ArrayList<>();
        for (String shape : shapes(events)) {
            // A schema's own fields are the application's.
            recorded.add(shape.replaceAll("parameters\\{.*?}}[^}]*}", "parameters{type properties{city{type}}}"));
        }
        assertThat(recorded).isSubsetOf(list);
        assertThat(inOrder(whole(list), whole(recorded))).isTrue();
    }

    /** Without deltas, which come in any order. */
    private static List<String> whole(List<String> shapes) {
        return shapes.stream()
                .filter(shape -> !shape.contains(".delta "))
                .distinct()
                .toList();
    }

    private static boolean inOrder(List<String> all, List<String> some) {
        Iterator<String> rest = all.iterator();
        return some.stream().allMatch(shape -> {
            while (rest.hasNext()) {
                if (rest.next().equals(shape)) {
                    return true;
                }
            }
            return false;
        });
    }
}
