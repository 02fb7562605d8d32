package dev.parley.dialect;

import dev.parley.protocol.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** How the values of one field are written, there and in GA. Null leaves the field out. */
interface Values {
    /** The value as in GA. */
    @Nullable
    JsonNode toGa(JsonNode theirs);

    /** The value as the peer writes it. */
    @Nullable
    JsonNode fromGa(JsonNode ga);

    /** Values that are the same in both. */
    Values SAME = of(theirs -> theirs, ga -> ga);

    /** {@code ["text","audio"]} where GA has {@code ["audio"]}, whose transcript is the text. */
    Values MODALITIES = of(
            theirs -> theirs instanceof ArrayNode list ? one(holds(list, "audio") ? "audio" : "text") : theirs,
            ga -> ga instanceof ArrayNode list && holds(list, "audio")
                    ? one("text").add("audio")
                    : ga);

    /** {@code {"type":null}} where GA has {@code null}: nobody finds the ends of turns. */
    Values TURN_DETECTION = of(
            theirs -> theirs instanceof ObjectNode object
                            && object.size() == 1
                            && object.path("type").isNull()
                    ? JsonNodeFactory.instance.nullNode()
                    : theirs,
            ga -> ga.isNull() ? Json.object().putNull("type") : ga);

    /** {@code {"name":…,"type":…}} where GA has the voice's name alone. */
    Values VOICES = of(
            theirs -> theirs instanceof ObjectNode voice
                            && voice.size() == 2
                            && voice.path("name").isString()
                            && List.of("openai", "azure-standard")
                                    .contains(voice.path("type").asString(""))
                    ? voice.path("name")
                    : theirs,
            ga -> ga.isString()
                    // Names of Azure's own voices begin with their language, as in en-US-AvaNeural.
                    ? Json.object()
                            .put("name", ga.asString())
                            .put("type", ga.asString().contains("-") ? "azure-standard" : "openai")
                    : ga);

    /**
     * Formats by name where GA has objects.
     *
     * @param pcm how 16-bit PCM is called when written at a rate that has no name of its own
     * @param read all names, with the GA format of each, no two of which are equal but for that of {@code pcm}; null in
     *     place of a name means PCM, too
     */
    static Values formats(String pcm, Map<String, ObjectNode> read) {
        return of(
                theirs -> theirs.isNull()
                        ? read.getOrDefault(pcm, format("audio/pcm", 24_000)).deepCopy()
                        : theirs.isString()
                                // A name that says nothing, such as xAI's "not specified", is left out.
                                ? copyOrNull(read.get(theirs.asString()))
                                : theirs,
                ga -> text(name(pcm, read, ga), ga));
    }

    private static @Nullable String name(String pcm, Map<String, ObjectNode> read, JsonNode ga) {
        if (ga.equals(read.get(pcm))) {
            return pcm;
        }
        for (Map.Entry<String, ObjectNode> named : read.entrySet()) {
            if (named.getValue().equals(ga)) {
                return named.getKey();
            }
        }
        return ga.path("type").asString("").equals("audio/pcm") ? pcm : null;
    }

    /** The formats of OpenAI's beta: {@code pcm16}, {@code g711_ulaw}, {@code g711_alaw}. */
    static Values formats() {
        return formats(
                "pcm16",
                Map.of(
                        "pcm16", format("audio/pcm", 24_000),
                        "g711_ulaw", format("audio/pcmu", 0),
                        "g711_alaw", format("audio/pcma", 0)));
    }

    /** A format as in GA; {@code rate} 0 leaves the rate out. */
    static ObjectNode format(String type, int rate) {
        ObjectNode format = Json.object().put("type", type);
        return rate == 0 ? format : format.put("rate", rate);
    }

    private static @Nullable JsonNode copyOrNull(@Nullable ObjectNode node) {
        return node == null ? null : node.deepCopy();
    }

    private static ArrayNode one(String text) {
        return JsonNodeFactory.instance.arrayNode().add(text);
    }

    private static boolean holds(ArrayNode list, String text) {
        for (JsonNode each : list) {
            if (each.asString("").equals(text)) {
                return true;
            }
        }
        return false;
    }

    private static JsonNode text(@Nullable String text, JsonNode otherwise) {
        return text == null ? otherwise : JsonNodeFactory.instance.stringNode(text);
    }

    /** One way to write a value. */
    @FunctionalInterface
    interface Writing {
        @Nullable
        JsonNode of(JsonNode value);
    }

    private static Values of(Writing toGa, Writing fromGa) {
        return new Values() {
            @Override
            public @Nullable JsonNode toGa(JsonNode theirs) {
                return toGa.of(theirs);
            }

            @Override
            public @Nullable JsonNode fromGa(JsonNode ga) {
                return fromGa.of(ga);
            }
        };
    }
}
