package dev.parley.server.serve;

import dev.parley.provider.ProviderSettings;
import dev.parley.server.CommandException;
import dev.parley.server.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * What a configuration file in YAML says.
 *
 * @param values the single settings
 * @param providers the named providers
 * @param clients the keys and profiles
 */
record ConfigFile(Map<Key, Setting> values, List<ProviderSettings> providers, ClientSettings clients) {
    private static final List<String> PARTS = List.of("providers", "keys", "profiles");

    /** Without a file. */
    static final ConfigFile NONE = new ConfigFile(Map.of(), List.of(), ClientSettings.NONE);

    /**
     * Reads a file.
     *
     * @throws CommandException naming file and line, if it cannot be read or says what means nothing
     */
    static ConfigFile read(Path file, Environment environment) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file.toString())
                .setUseMarks(true)
                .build();
        try {
            Optional<Node> root = new Compose(settings).composeString(Files.readString(file));
            return root.map(node -> read(new Section(file, "", node), environment))
                    .orElse(NONE);
        } catch (NoSuchFileException e) {
            throw CommandException.usage("there is no configuration file " + file);
        } catch (IOException e) {
            throw CommandException.usage("the configuration file " + file + " cannot be read as text in UTF-8");
        } catch (MarkedYamlEngineException e) {
            throw Section.wrong(file, e.getProblemMark(), String.valueOf(e.getProblem()));
        } catch (YamlEngineException e) {
            throw Section.wrong(file, Optional.empty(), String.valueOf(e.getMessage()));
        }
    }

    private static ConfigFile read(Section root, Environment environment) {
        Map<Key, Setting> values = new EnumMap<>(Key.class);
        List<String> groups = Stream.of(Key.values())
                .filter(key -> key.path().contains("."))
                .map(key -> key.path().substring(0, key.path().indexOf('.')))
                .distinct()
                .toList();
        root.only(Stream.of(names(""), groups, PARTS).flatMap(List::stream).toList());
        take(root, "", values);
        for (String group : groups) {
            root.section(group).ifPresent(section -> {
                section.only(names(group + "."));
                take(section, group + ".", values);
            });
        }
        List<ProviderSettings> providers = new ArrayList<>();
        root.section("providers").ifPresent(named -> {
            for (String name : named.names()) {
                providers.add(provider(name, named.section(name).orElseThrow()));
            }
        });
        return new ConfigFile(values, providers, ClientSettings.read(root, environment));
    }

    private static List<String> names(String group) {
        return Stream.of(Key.values())
                .map(Key::path)
                .filter(path -> path.startsWith(group))
                .map(path -> path.substring(group.length()))
                .filter(name -> !name.contains("."))
                .toList();
    }

    private static void take(Section section, String group, Map<Key, Setting> values) {
        for (Key key : Key.values()) {
            String name = key.path().startsWith(group) ? key.path().substring(group.length()) : ".";
            if (name.contains(".")) {
                continue;
            }
            if (key.list()) {
                section.list(name).ifPresent(list -> values.put(key, new Setting(String.join(",", list), name)));
            } else {
                section.text(name).ifPresent(setting -> values.put(key, setting));
            }
        }
    }

    private static ProviderSettings provider(String name, Section section) {
        section.only(List.of("vendor", "url", "key-variable", "dialect", "headers", "model", "models", "options"));
        return new ProviderSettings(
                name,
                text(section, "vendor")
                        .orElseThrow(() -> section.wrong("the provider '" + name
                                + "' needs a 'vendor', such as openai, azure, xai or compatible")),
                text(section, "url"),
                text(section, "key-variable"),
                text(section, "dialect"),
                map(section, "headers"),
                text(section, "model"),
                Set.copyOf(section.limit("models")),
                map(section, "options"));
    }

    private static Map<String, String> map(Section section, String part) {
        Map<String, String> values = new HashMap<>();
        section.section(part)
                .ifPresent(given -> given.names()
                        .forEach(name ->
                                values.put(name, given.text(name).orElseThrow().value())));
        return values;
    }

    private static Optional<String> text(Section section, String name) {
        return section.text(name).map(Setting::value).map(String::strip).filter(value -> !value.isEmpty());
    }
}
