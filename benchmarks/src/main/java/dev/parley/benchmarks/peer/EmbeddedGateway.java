package dev.parley.benchmarks.peer;

import dev.parley.ConversationListener;
import dev.parley.RealtimeModule;
import dev.parley.RealtimeModuleOptions;
import dev.parley.RealtimeSession;
import dev.parley.Turn;
import dev.parley.VoiceAgent;
import dev.parley.protocol.Json;
import dev.parley.tool.RealtimeTool;
import dev.parley.tool.ToolSpec;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** The library in a plain Java application: a relay, or an agent with everything attached that may be in the way. */
public final class EmbeddedGateway {
    /** For how long the agent's code blocks whenever it is called. */
    private static final Duration BLOCKED = Duration.ofSeconds(10);

    private EmbeddedGateway() {}

    /**
     * Runs until the process is ended.
     *
     * @param arguments the port, the provider's base URL, and whether there is an agent
     */
    public static void main(String... arguments) {
        RealtimeModuleOptions.Builder options = RealtimeModuleOptions.builder()
                .environment(Map.of("OPENAI_API_KEY", "sk-bench", "OPENAI_BASE_URL", arguments[1]));
        if (Boolean.parseBoolean(arguments[2])) {
            options.agent(agent());
        }
        RealtimeModule.forRoot(options.build()).listen(Integer.parseInt(arguments[0]));
        LockSupport.park();
    }

    private static VoiceAgent agent() {
        VoiceAgent.Builder agent = VoiceAgent.builder()
                .name("busy")
                .instructions("Be brief.")
                .onConnect(session -> block())
                .onDisconnect((session, why) -> block())
                .onMessage((session, event) -> block())
                .subscribe("session.created", (session, event) -> block())
                .listener(new ConversationListener() {
                    @Override
                    public void turn(RealtimeSession session, Turn turn) {
                        block();
                    }
                });
        for (int i = 0; i < 20; i++) {
            agent.tool(RealtimeTool.of(
                    ToolSpec.of("tool_" + i, "Does something.", Json.object().put("type", "object")), call -> {
                        block();
                        return "done";
                    }));
        }
        return agent.build();
    }

    private static void block() {
        LockSupport.parkNanos(BLOCKED.toNanos());
    }
}
