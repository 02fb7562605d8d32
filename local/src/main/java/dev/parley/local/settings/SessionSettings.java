package dev.parley.local.settings;

import dev.parley.protocol.Json;
import dev.parley.provider.reply.Refused;
import dev.parley.provider.reply.SessionFields;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A session's settings as {@code session.updated} shows them, and the rules by which an update changes them. */
public final class SessionSettings {
    private static final String REALTIME = "realtime";
    private static final String TRANSCRIPTION = "transcription";

    private ObjectNode session;
    private boolean typeFixed;

    /** The settings of a new session, every field in the order in which OpenAI sends it. */
    public SessionSettings(String id, String model, long expiresAtSeconds, boolean transcription) {
        typeFixed = transcription;
        session = transcription
                ? transcription(id, expiresAtSeconds, AudioSettings.input())
                : SessionFields.realtime(id, model, expiresAtSeconds, AudioSettings.input(), AudioSettings.output());
    }

    private static ObjectNode transcription(String id, long expiresAtSeconds, JsonNode input) {
        ObjectNode session = Json.object();
        session.put("type", TRANSCRIPTION);
        session.put("object", "realtime.transcription_session").put("id", id);
        session.put("expires_at", expiresAtSeconds);
        session.putObject("audio").set("input", input);
        return session.putNull("include");
    }

    /** The {@code session} of an event; the caller's own. */
    public ObjectNode json() {
        return session.deepCopy();
    }

    /** Ends the time in which an update may make this a transcription session. */
    public void fixType() {
        typeFixed = true;
    }

    /**
     * Applies the {@code session} of a {@code session.update}, whose shape has been checked: all of it, or nothing.
     *
     * @param voiceHeard the voice in which the assistant has spoken, which is fixed then; null: it has not
     * @throws Refused if any of it cannot be applied
     */
    public void update(ObjectNode update, @Nullable String voiceHeard) {
        String type = update.path("type").asString("");
        ObjectNode next = session.deepCopy();
        if (!type.equals(session.path("type").asString())) {
            if (typeFixed) {
                throw Refused.value(
                        "session.type",
                        "The type of a session cannot be changed once it is in use; connect with the intent of"
                                + " transcription, or update it before anything else.");
            }
            next = transcription(
                    next.path("id").asString(),
                    next.path("expires_at").asLong(),
                    next.path("audio").path("input"));
        }
        if (type.equals(REALTIME)) {
            ModelSettings.merge(update, "session", next);
        }
        JsonNode audio = update.path("audio");
        if (next.path("audio").path("input") instanceof ObjectNode input) {
            AudioSettings.mergeInput(audio.path("input"), "session.audio.input", input);
        }
        if (next.path("audio").path("output") instanceof ObjectNode output) {
            AudioSettings.mergeOutput(audio.path("output"), "session.audio.output", output, voiceHeard);
        }
        session = next;
        typeFixed |= type.equals(TRANSCRIPTION);
    }

    /** How turns are found; null: the client commits them. */
    public @Nullable TurnSettings turns() {
        return TurnSettings.of(session.path("audio").path("input").path("turn_detection"));
    }

    /** Whether this is a transcription session: it has the user's speech, and no responses. */
    public boolean transcribesOnly() {
        return session.path("type").asString().equals(TRANSCRIPTION);
    }

    /** Whether the user's speech is to be told. */
    public boolean transcribes() {
        return transcribesOnly() || session.path("audio").path("input").hasNonNull("transcription");
    }
}
