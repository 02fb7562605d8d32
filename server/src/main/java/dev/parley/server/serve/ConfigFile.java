package dev.parley.server.serve;

import dev.parley.server.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** One reading of a configuration file in YAML. Each error names the file and the line. */
final class ConfigFile {
    private final Path file;
    private final Map<Key, Setting> found = new EnumMap<>(Key.class);

    private ConfigFile(Path file) {
        this.file = file;
    }

    /** The settings in a file. */
    static Map<Key, Setting> read(Path file) {
        ConfigFile reading = new ConfigFile(file);
        reading.read();
        return reading.found;
    }

    private void read() {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file.toString())
                .setUseMarks(true)
                .build();
        try {
            Optional<Node> root = new Compose(settings).composeString(Files.readString(file));
            root.ifPresent(node -> mapping(node, ""));
        } catch (NoSuchFileException e) {
            throw CommandException.usage("there is no configuration file " + file);
        } catch (IOException e) {
            throw CommandException.usage("the configuration file " + file + " cannot be read as text in UTF-8");
        } catch (MarkedYamlEngineException e) {
            throw wrong(e.getProblemMark(), String.valueOf(e.getProblem()));
        } catch (YamlEngineException e) {
            throw wrong(Optional.empty(), String.valueOf(e.getMessage()));
        }
    }

    private void mapping(Node node, String prefix) {
        if (!(node instanceof MappingNode mapping)) {
            throw wrong(node.getStartMark(), "expected 'name: value' pairs");
        }
        for (NodeTuple entry : mapping.getValue()) {
            String path = prefix + text(entry.getKeyNode());
            Optional<Key> key = Key.of(path);
            if (key.isPresent()) {
                set(key.get(), entry.getValueNode());
            } else if (known().anyMatch(name -> name.startsWith(path + "."))) {
                mapping(entry.getValueNode(), path + ".");
            } else {
                throw wrong(
                        entry.getKeyNode().getStartMark(),
                        "unknown key '" + path + "'; known are " + String.join(", ", known().toList()));
            }
        }
    }

    private static Stream<String> known() {
        return Stream.of(Key.values()).map(Key::path);
    }

    private void set(Key key, Node value) {
        Setting setting = new Setting(key == Key.ALLOWED_ORIGINS ? list(value) : text(value), at(value.getStartMark()));
        if (found.put(key, setting) != null) {
            throw wrong(value.getStartMark(), "'" + key.path() + "' is set twice");
        }
    }

    private String list(Node value) {
        if (!(value instanceof SequenceNode sequence)) {
            return text(value);
        }
        List<String> elements = new ArrayList<>();
        for (Node element : sequence.getValue()) {
            elements.add(text(element));
        }
        return String.join(",", elements);
    }

    private String text(Node node) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw wrong(node.getStartMark(), "expected a single value");
    }

    private CommandException wrong(Optional<Mark> mark, String problem) {
        return CommandException.usage(at(mark) + ": " + problem);
    }

    private String at(Optional<Mark> mark) {
        return file + mark.map(m -> " line " + (m.getLine() + 1)).orElse("");
    }
}
