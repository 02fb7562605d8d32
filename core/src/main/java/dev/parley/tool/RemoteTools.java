package dev.parley.tool;

import dev.parley.protocol.Json;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tools of an MCP server that the provider itself calls; Parley only names the server to it. OpenAI Realtime: a tool of
 * the type {@code mcp}.
 *
 * @param label names the server within the session
 * @param url the server's address, which the provider reaches
 * @param authorization a token for the server; empty: none
 * @param allowed the only tools that may be called; empty: all
 * @param approval whether each call must be approved by the agent's {@link ToolApproval}
 */
public record RemoteTools(
        String label, URI url, Optional<String> authorization, List<String> allowed, boolean approval) {
    public RemoteTools {
        allowed = List.copyOf(allowed);
    }

    /** The server as it stands in {@code session.tools}. */
    public ObjectNode json() {
        ObjectNode json =
                Json.object().put("type", "mcp").put("server_label", label).put("server_url", url.toString());
        authorization.ifPresent(token -> json.put("authorization", token));
        if (!allowed.isEmpty()) {
            allowed.forEach(json.putArray("allowed_tools")::add);
        }
        return json.put("require_approval", approval ? "always" : "never");
    }

    /** The server without its address, which may hold a secret, and its token. */
    @Override
    public String toString() {
        return "RemoteTools[label=" + label + ", allowed=" + allowed + ", approval=" + approval + "]";
    }
}
