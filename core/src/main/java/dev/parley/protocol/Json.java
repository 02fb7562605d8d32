package dev.parley.protocol;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The one JSON mapper of Parley, and the few ways in which events are read and written with it. */
public final class Json {
    /** The longest string value taken, in characters: 21 MiB, the longest message. */
    private static final int LONGEST_STRING = 21 << 20;
    /** The most values, names and brackets taken: a message of tiny ones would grow a hundredfold as a tree. */
    private static final int MOST_TOKENS = 200_000;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(LONGEST_STRING)
                            .maxTokenCount(MOST_TOKENS)
                            .build())
                    // Error texts must not quote what was sent: it may be speech, a prompt or a key.
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    /** The mapper, for trees; safe for use by all threads. */
    public static JsonMapper mapper() {
        return MAPPER;
    }

    /** A new empty object. */
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /**
     * The object that a message holds.
     *
     * @throws JsonSyntaxException if the message is not one whole JSON object; its text quotes nothing of the message
     */
    public static ObjectNode parse(Bytes message) {
        return parse(message.array(0, message.length()));
    }

    /** As {@link #parse(Bytes)}. */
    public static ObjectNode parse(byte[] message) {
        JsonNode node;
        try {
            node = MAPPER.readTree(message);
        } catch (StreamConstraintsException e) {
            throw new JsonSyntaxException("too complex: it holds more than " + MOST_TOKENS
                    + " values, nests too deep, or has a name or number that is too long");
        } catch (JacksonException e) {
            throw new JsonSyntaxException("not valid JSON at byte "
                    + (e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getByteOffset())));
        }
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw new JsonSyntaxException("not a JSON object but " + node.getNodeType());
    }

    /** The object written as UTF-8. */
    public static Bytes write(JsonNode node) {
        return Bytes.of(MAPPER.writeValueAsBytes(node));
    }

    /** Tells that a text is not the JSON it should be, and where, without quoting it. */
    public static final class JsonSyntaxException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        JsonSyntaxException(String message) {
            super(message, null, false, false);
        }
    }
}
