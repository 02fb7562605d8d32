package dev.parley.gateway;

import dev.parley.RealtimeSessionConfig;
import dev.parley.protocol.Ids;
import dev.parley.protocol.Json;
import dev.parley.provider.RealtimeProvider;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The whole session that a configuration comes to: what is not set stands at OpenAI Realtime's default. */
final class EffectiveSession {
    private static final String REALTIME = """
            {"output_modalities": ["audio"], "instructions": "", "tools": [], "tool_choice": "auto",
             "max_output_tokens": "inf", "tracing": null, "truncation": "auto", "prompt": null, "expires_at": 0,
             "audio": {"input": {"format": {"type": "audio/pcm", "rate": 24000}, "transcription": null,
                                 "noise_reduction": null, "turn_detection": {"type": "server_vad"}},
                       "output": {"format": {"type": "audio/pcm", "rate": 24000}, "voice": "alloy", "speed": 1.0}},
             "include": null}
            """;
    private static final String TRANSCRIPTION = """
            {"expires_at": 0,
             "audio": {"input": {"format": {"type": "audio/pcm", "rate": 24000}, "transcription": null,
                                 "noise_reduction": null, "turn_detection": {"type": "server_vad"}}},
             "include": null}
            """;
    private static final Map<String, String> DETAILS = Map.of("server_vad", """
            {"type": "server_vad", "threshold": 0.5, "prefix_padding_ms": 300, "silence_duration_ms": 200,
             "idle_timeout_ms": null, "create_response": true, "interrupt_response": true}
            """, "semantic_vad", """
            {"type": "semantic_vad", "eagerness": "auto", "create_response": true, "interrupt_response": true}
            """);

    private EffectiveSession() {}

    /** The session of a configuration, with an id of its own. */
    static ObjectNode of(RealtimeSessionConfig config, RealtimeProvider provider, RandomGenerator random) {
        boolean transcription = config.transcription();
        ObjectNode session = Json.object()
                .put("type", transcription ? "transcription" : "realtime")
                .put("object", transcription ? "realtime.transcription_session" : "realtime.session")
                .put("id", Ids.next("sess", random));
        String model = config.model().orElse(provider.defaultModel());
        if (!transcription) {
            session.put("model", model);
        }
        ObjectNode defaults = parse(transcription ? TRANSCRIPTION : REALTIME);
        Set<String> voices = provider.capabilities(model).voices();
        if (!transcription && !voices.isEmpty() && !voices.contains("alloy")) {
            defaults.withObject("/audio/output")
                    .put("voice", voices.stream().sorted().findFirst().orElseThrow());
        }
        session.setAll(RealtimeSessionConfig.builder()
                .session(defaults)
                .build()
                .with(config)
                .session()
                .orElseThrow());
        detail(session.withObject("/audio/input"));
        session.path("tools").forEach(EffectiveSession::describe);
        return session.put("type", transcription ? "transcription" : "realtime");
    }

    private static void detail(ObjectNode input) {
        JsonNode turns = input.path("turn_detection");
        String defaults = DETAILS.get(turns.path("type").asString(""));
        if (turns.isObject() && defaults != null) {
            ObjectNode whole = parse(defaults);
            whole.setAll((ObjectNode) turns);
            input.set("turn_detection", whole);
        }
        if (input.path("transcription") instanceof ObjectNode transcription) {
            ObjectNode whole = Json.object().putNull("language").putNull("prompt");
            whole.setAll(transcription);
            input.set("transcription", whole);
        }
    }

    /** OpenAI tells of a function without a description that it has none. */
    private static void describe(JsonNode tool) {
        if (tool instanceof ObjectNode function
                && tool.path("type").asString("").equals("function")
                && !tool.has("description")) {
            function.putNull("description");
        }
    }

    private static ObjectNode parse(String json) {
        return Json.parse(json.getBytes(StandardCharsets.UTF_8));
    }
}
