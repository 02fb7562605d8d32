package dev.parley.protocol;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The fields of a JSON object, never changed. A field may be present, present as {@code null}, or marked as left out,
 * which tells a typed value that its own stands for nothing. Equal to others that say the same of the same fields.
 */
public final class Fields {
    /** No field. */
    public static final Fields NONE = new Fields(Map.of());

    private final Map<String, JsonNode> nodes;

    private Fields(Map<String, JsonNode> nodes) {
        this.nodes = nodes;
    }

    /** The fields of an object, which is copied. */
    public static Fields of(ObjectNode json) {
        Map<String, JsonNode> nodes = new LinkedHashMap<>();
        json.properties().forEach(field -> nodes.put(field.getKey(), field.getValue()));
        return of(nodes);
    }

    /** These values by their names, which are copied; a {@link MissingNode} marks a field as left out. */
    public static Fields of(Map<String, JsonNode> values) {
        if (values.isEmpty()) {
            return NONE;
        }
        Map<String, JsonNode> copy = new LinkedHashMap<>();
        values.forEach((name, node) -> copy.put(name, node.deepCopy()));
        return new Fields(Collections.unmodifiableMap(copy));
    }

    /** A field's value, the caller's own; empty where there is none. */
    public Optional<JsonNode> get(String name) {
        JsonNode node = nodes.get(name);
        return node == null || node.isMissingNode() ? Optional.empty() : Optional.of(node.deepCopy());
    }

    /** Whether the field is here, be it with a value, as {@code null} or as left out. */
    public boolean decides(String name) {
        return nodes.containsKey(name);
    }

    /** The names of the fields that are present, in their order. */
    public Set<String> names() {
        return nodes.entrySet().stream()
                .filter(field -> !field.getValue().isMissingNode())
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Whether no field is present. */
    public boolean isEmpty() {
        return names().isEmpty();
    }

    /** Passes each field that is present to {@code taker}, with a value that is the taker's own. */
    public void forEach(BiConsumer<String, JsonNode> taker) {
        nodes.forEach((name, node) -> {
            if (!node.isMissingNode()) {
                taker.accept(name, node.deepCopy());
            }
        });
    }

    /** The object that has these fields; the caller's own. */
    public ObjectNode json() {
        ObjectNode json = Json.object();
        forEach(json::set);
        return json;
    }

    /** These fields and one more, which replaces one of the same name. */
    public Fields with(String name, JsonNode value) {
        Map<String, JsonNode> more = new LinkedHashMap<>(nodes);
        more.put(name, value);
        return of(more);
    }

    /** These fields and one that is {@code null} on the wire. */
    public Fields withNull(String name) {
        return with(name, NullNode.getInstance());
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof Fields fields && fields.nodes.equals(nodes));
    }

    @Override
    public int hashCode() {
        return nodes.hashCode();
    }

    /** The names alone: values may be speech, prompts or keys. */
    @Override
    public String toString() {
        return names().toString();
    }
}
