package dev.parley.agent;

import dev.parley.VoiceAgent;
import dev.parley.session.Floor;
import dev.parley.tool.RealtimeTool;
import java.util.List;

/** The server's tools in an agent's session: their calls, and that clients see nothing of them. Lane only. */
final class ToolStage implements Stage {
    /**
     * An agent's tools in a session.
     *
     * @param guards asked before a tool is called
     * @param session where results and wishes go
     */
    ToolStage(Floor floor, VoiceAgent agent, AgentObject object, GuardStage guards, AgentSession session) {}

    /** Gives the model these tools in place of those of the server that it has. */
    void replace(List<RealtimeTool> instead) {}
}
