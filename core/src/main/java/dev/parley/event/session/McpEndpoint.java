package dev.parley.event.session;

import dev.parley.event.codec.Faults;
import dev.parley.event.codec.Rule;
import dev.parley.protocol.ErrorDetail;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An MCP tool says in one way where its server is. */
final class McpEndpoint implements Rule {
    private static final List<String> WAYS = List.of("server_url", "connector_id", "tunnel_id");

    @Override
    public @Nullable ErrorDetail fault(JsonNode json, String path) {
        List<String> given = WAYS.stream().filter(json::has).toList();
        if (given.isEmpty()) {
            return Faults.missing(path + ".server_url");
        }
        return given.size() == 1
                ? null
                : Faults.value(
                        path + "." + given.get(1),
                        "Invalid '" + path + "': give only one of 'server_url', 'connector_id' and 'tunnel_id'.");
    }
}
