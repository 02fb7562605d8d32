package dev.parley.dialect;

import dev.parley.protocol.EventType;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Small rules without state, each a deviation that some server has. */
final class Quirks {
    private static final Set<EventType> UPDATE = Set.of(EventType.SESSION_UPDATE);
    private static final Set<EventType> SESSIONS = Set.of(EventType.SESSION_CREATED, EventType.SESSION_UPDATED);
    private static final Set<EventType> RESPONSES = Set.of(EventType.RESPONSE_CREATED, EventType.RESPONSE_DONE);

    private Quirks() {}

    /** Keeps advisory settings, and ones at their default, from a provider that would refuse their names. */
    static Step unadvised() {
        return Step.change(
                UPDATE,
                event -> Move.ifObject(event.get("session"), session -> {
                    session.remove("tracing");
                    JsonNode speed = Fields.at(session, "audio.output.speed");
                    if (speed != null && speed.isNumber() && speed.asDouble() == 1) {
                        Fields.remove(session, "audio.output.speed");
                    }
                    JsonNode noise = Fields.at(session, "audio.input.noise_reduction");
                    if (noise != null && noise.isNull()) {
                        Fields.remove(session, "audio.input.noise_reduction");
                    }
                }));
    }

    /** One answer's modalities where a server has both: audio, whose transcript is the text. */
    static Step oneModality() {
        return Step.change(Types.all(List.of(SESSIONS, RESPONSES)), event -> {
            for (String holder : new String[] {"session", "response"}) {
                Move.ifObject(event.get(holder), object -> {
                    JsonNode given = object.get("output_modalities");
                    JsonNode one = given != null && given.size() > 1 ? Values.MODALITIES.toGa(given) : null;
                    if (one != null) {
                        object.set("output_modalities", one);
                    }
                });
            }
        });
    }

    /** xAI: {@code usage} beside the response, and words in place of what is not told. */
    static Step usageBeside() {
        return Step.change(
                RESPONSES,
                event -> Move.ifObject(event.get("response"), response -> {
                    if (response.path("status_details").isString()) {
                        response.putNull("status_details");
                    }
                    if (event.get("usage") instanceof ObjectNode usage) {
                        response.set("usage", usage);
                        event.remove("usage");
                    } else if (response.path("usage").isEmpty()) {
                        response.putNull("usage");
                    }
                }));
    }

    /** Voice Live: the rate of 16-bit PCM beside its name; as the provider tells it. */
    static Step rateBeside() {
        return Step.change(
                SESSIONS,
                event -> Move.ifObject(event.get("session"), session -> {
                    int rate = session.path("input_audio_sampling_rate").asInt(0);
                    if (rate > 0
                            && session.path("input_audio_format").asString("").equals("pcm16")) {
                        session.set("input_audio_format", Values.format("audio/pcm", rate));
                    }
                }));
    }

    /** Voice Live: the rate of 16-bit PCM beside its name; as the provider is told it. */
    static Step rateToBeside() {
        return Step.change(
                UPDATE,
                event -> Move.ifObject(event.get("session"), session -> {
                    JsonNode format = Fields.at(session, "audio.input.format");
                    if (format != null && format.path("rate").isInt()) {
                        session.set("input_audio_sampling_rate", format.get("rate"));
                    }
                }));
    }
}
