package dev.parley.server.serve;

import dev.parley.protocol.Json;
import dev.parley.server.CommandException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A part of a configuration file: {@code name: value} pairs. Each error names the file and the line. */
final class Section {
    private final Path file;
    private final String path;
    private final Node node;
    private final Map<String, Node> values = new LinkedHashMap<>();

    /**
     * Reads a part.
     *
     * @param path its name in the file with a point behind; empty: the whole file
     */
    Section(Path file, String path, Node node) {
        this.file = file;
        this.path = path;
        this.node = node;
        if (!(node instanceof MappingNode mapping)) {
            throw wrong(file, node.getStartMark(), "expected 'name: value' pairs");
        }
        for (NodeTuple entry : mapping.getValue()) {
            String name = text(entry.getKeyNode());
            if (values.put(name, entry.getValueNode()) != null) {
                throw wrong(file, entry.getKeyNode().getStartMark(), "'" + path + name + "' is set twice");
            }
        }
    }

    /** The names that are set. */
    Iterable<String> names() {
        return values.keySet();
    }

    /** Refuses names that mean nothing here. */
    Section only(List<String> known) {
        for (Map.Entry<String, Node> value : values.entrySet()) {
            if (!known.contains(value.getKey())) {
                throw wrong(
                        file,
                        value.getValue().getStartMark(),
                        "unknown key '" + path + value.getKey() + "'; known are " + String.join(", ", known));
            }
        }
        return this;
    }

    /** A single value. */
    Optional<Setting> text(String name) {
        return Optional.ofNullable(values.get(name)).map(value -> new Setting(text(value), at(value)));
    }

    /** A list, for which a single value stands, too. */
    Optional<List<String>> list(String name) {
        return Optional.ofNullable(values.get(name)).map(value -> {
            List<String> elements = new ArrayList<>();
            if (value instanceof SequenceNode sequence) {
                sequence.getValue().forEach(element -> elements.add(text(element)));
            } else {
                elements.add(text(value));
            }
            return elements;
        });
    }

    /** The names on a list that limits something to them; none: no limit. An empty list would read as its contrary. */
    List<String> limit(String name) {
        List<String> names = list(name).orElse(List.of());
        if (names.isEmpty() && values.containsKey(name)) {
            throw wrong(name, "is an empty list; leave it out, and everything is allowed");
        }
        return names;
    }

    /** A part within this one. */
    Optional<Section> section(String name) {
        return Optional.ofNullable(values.get(name)).map(value -> new Section(file, path + name + ".", value));
    }

    /** The elements of a list of parts. */
    List<Section> sections(String name) {
        List<Section> parts = new ArrayList<>();
        Node value = values.get(name);
        if (value instanceof SequenceNode sequence) {
            for (Node element : sequence.getValue()) {
                parts.add(new Section(file, path + name + "[" + parts.size() + "].", element));
            }
        } else if (value != null) {
            throw wrong(file, value.getStartMark(), "expected a list, each element behind a '-'");
        }
        return parts;
    }

    /** All of this part as JSON. */
    ObjectNode json() {
        return (ObjectNode) json(node);
    }

    private JsonNode json(Node of) {
        return switch (of) {
            case MappingNode mapping -> {
                ObjectNode object = Json.object();
                for (NodeTuple entry : mapping.getValue()) {
                    object.set(text(entry.getKeyNode()), json(entry.getValueNode()));
                }
                yield object;
            }
            case SequenceNode sequence -> {
                ArrayNode array = JsonNodeFactory.instance.arrayNode();
                sequence.getValue().forEach(element -> array.add(json(element)));
                yield array;
            }
            case ScalarNode scalar
            when scalar.getTag().equals(Tag.STR) -> JsonNodeFactory.instance.stringNode(scalar.getValue());
            // What YAML takes for a number, a truth value or null is written in JSON as it is in YAML.
            case ScalarNode scalar -> plain(scalar);
            default -> throw wrong(file, of.getStartMark(), "expected a value");
        };
    }

    private JsonNode plain(ScalarNode scalar) {
        String text = scalar.getValue().isEmpty() || scalar.getTag().equals(Tag.NULL) ? "null" : scalar.getValue();
        try {
            return Json.mapper().readTree(text);
        } catch (tools.jackson.core.JacksonException e) {
            return JsonNodeFactory.instance.stringNode(scalar.getValue());
        }
    }

    /** That this part is wrong. */
    CommandException wrong(String problem) {
        return wrong(file, node.getStartMark(), problem);
    }

    /** That a value of this part is wrong. */
    CommandException wrong(String name, String problem) {
        Node value = values.get(name);
        return wrong(file, (value == null ? node : value).getStartMark(), "'" + path + name + "' " + problem);
    }

    static CommandException wrong(Path file, Optional<Mark> mark, String problem) {
        return CommandException.usage(at(file, mark) + ": " + problem);
    }

    private String text(Node of) {
        if (of instanceof ScalarNode scalar) {
            // The word null stands for nothing, and is no key or name.
            return scalar.getTag().equals(Tag.NULL) ? "" : scalar.getValue();
        }
        throw wrong(file, of.getStartMark(), "expected a single value");
    }

    private String at(Node value) {
        return at(file, value.getStartMark());
    }

    private static String at(Path file, Optional<Mark> mark) {
        return file + mark.map(m -> " line " + (m.getLine() + 1)).orElse("");
    }
}
