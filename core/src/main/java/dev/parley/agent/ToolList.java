package dev.parley.agent;

import dev.parley.protocol.Json;
import dev.parley.tool.RealtimeTool;
import dev.parley.tool.RemoteTools;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** The tools that the model has in a session, and whose they are. Lane only. */
final class ToolList {
    /** How many names of functions that are not the server's are kept. */
    private static final int KEPT = 1_024;

    private final Map<String, RealtimeTool> own = new LinkedHashMap<>();
    private final List<RemoteTools> remote;
    /** The names that tools of the server have had, so that late calls of these are still the server's. */
    private final Set<String> former = new HashSet<>();
    /** The names of functions that are not the server's, as far as they were seen. */
    private final SequencedSet<String> declared = new LinkedHashSet<>();

    private final List<JsonNode> clients = new ArrayList<>();

    ToolList(List<RealtimeTool> own, List<RemoteTools> remote) {
        this.remote = remote;
        replace(own);
    }

    /** Takes these tools of the server's in place of those that there are. */
    void replace(List<RealtimeTool> instead) {
        own.clear();
        instead.forEach(tool -> own.put(tool.spec().name(), tool));
        former.addAll(own.keySet());
        declared.removeAll(own.keySet());
        clients.removeIf(this::own);
    }

    /** The server's tool of a name. */
    Optional<RealtimeTool> own(String name) {
        return Optional.ofNullable(own.get(name));
    }

    /** Whether a function is not the server's, and known. */
    boolean declared(String name) {
        return declared.contains(name);
    }

    /** Whether an MCP server is the agent's. */
    boolean remote(String label) {
        return remote.stream().anyMatch(server -> server.label().equals(label));
    }

    /** Whether all MCP servers are the agent's, and there are any. */
    boolean onlyOwnServers() {
        return !remote.isEmpty() && clients.stream().noneMatch(entry -> entry.has("server_label"));
    }

    /** Whether there is a name that clients are not to see. */
    boolean anyOwn() {
        return !former.isEmpty() || !remote.isEmpty();
    }

    /** The names that clients are not to see. */
    Stream<String> ownNames() {
        return Stream.concat(former.stream(), remote.stream().map(RemoteTools::label));
    }

    /** Whether an entry of {@code session.tools} is the server's. */
    boolean own(JsonNode entry) {
        return isFunction(entry)
                ? former.contains(name(entry)) && !declared.contains(name(entry))
                : entry.has("server_label") && remote(entry.path("server_label").asString(""));
    }

    /** Whether a {@code tool_choice} names a tool of the server's. */
    boolean namesOwn(JsonNode choice) {
        return own.containsKey(choice.path("name").asString(""))
                || remote(choice.path("server_label").asString(""));
    }

    /** Takes note of the functions among these entries that are not the server's. */
    void learn(JsonNode entries) {
        for (JsonNode entry : entries) {
            if (isFunction(entry) && !former.contains(name(entry))) {
                declare(name(entry));
            }
        }
    }

    /** These entries are the client's from now on, in place of those that it had. */
    void declare(JsonNode entries) {
        clients.clear();
        entries.forEach(clients::add);
        declareAlso(entries);
    }

    /** Those of these entries that are not the server's are the client's. */
    void declareRest(JsonNode entries) {
        entries.valueStream().filter(entry -> !own(entry)).forEach(clients::add);
        clients.forEach(entry -> declareAlso(Json.mapper().createArrayNode().add(entry)));
    }

    /** These entries are the client's, too. */
    void declareAlso(JsonNode entries) {
        for (JsonNode entry : entries) {
            if (isFunction(entry)) {
                declare(name(entry));
            }
        }
    }

    private void declare(String name) {
        declared.remove(name);
        declared.add(name);
        if (declared.size() > KEPT) {
            declared.removeFirst();
        }
    }

    /** What the session's tools are. */
    ArrayNode all() {
        return with(clients);
    }

    /** The server's tools behind these of the client, so that those keep their places in the list. */
    ArrayNode with(Iterable<JsonNode> others) {
        ArrayNode all = Json.mapper().createArrayNode();
        others.forEach(entry -> all.add(entry.deepCopy()));
        own.values().forEach(tool -> all.add(tool.spec().json()));
        remote.forEach(server -> all.add(server.json()));
        return all;
    }

    private static boolean isFunction(JsonNode entry) {
        return entry.path("type").asString("").equals("function");
    }

    private static String name(JsonNode entry) {
        return entry.path("name").asString("");
    }
}
