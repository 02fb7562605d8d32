package dev.parley.testkit.assistant;

import dev.parley.protocol.Json;
import dev.parley.testkit.FakeConnection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One session: takes each event of the client, and does what it asks. */
final class Dialogue {
    /** Longer than any test: a client may say nothing for as long as it likes. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private final ScriptedAssistant.Part part;
    private final Outlet out;
    private final Settings settings;
    private final Items items;
    private final Hearing hearing = new Hearing();
    private @Nullable Answer active;

    Dialogue(ScriptedAssistant.Part part, Outlet out) {
        this.part = part;
        this.out = out;
        this.settings = new Settings(out.id("sess"));
        this.items = new Items(out);
    }

    void run(FakeConnection connection) throws IOException, InterruptedException {
        out.send(settings.told(out.event("session.created")));
        while (true) {
            Optional<String> message = connection.next(LONGEST);
            if (message.isEmpty()) {
                return;
            }
            take(Json.parse(message.get().getBytes(StandardCharsets.UTF_8)));
        }
    }

    private void take(ObjectNode event) throws IOException {
        switch (event.path("type").asString("")) {
            case "session.update" -> update(event);
            case "input_audio_buffer.append" -> append(event);
            case "input_audio_buffer.commit" -> commit(event);
            case "input_audio_buffer.clear" -> {
                hearing.clear();
                out.send(out.event("input_audio_buffer.cleared"));
            }
            case "conversation.item.create" -> items.create(event);
            case "conversation.item.retrieve" -> items.retrieve(event);
            case "conversation.item.delete" -> items.delete(event);
            case "conversation.item.truncate" -> items.truncate(event);
            case "response.create" -> respond(event);
            case "response.cancel" -> cancel(event);
            default -> out.refuse(event, "invalid_value", "type", "No client event has this type.");
        }
    }

    private void update(ObjectNode event) throws IOException {
        if (!event.path("session").has("type")) {
            out.refuse(event, "missing_required_parameter", "session.type", "The session has no type.");
            return;
        }
        Optional<String> unknown = settings.unknown(event.path("session"));
        if (unknown.isPresent()) {
            out.refuse(event, "unknown_parameter", "session." + unknown.get(), "A session has no such field.");
            return;
        }
        double threshold =
                event.at("/session/audio/input/turn_detection/threshold").asDouble(0);
        if (threshold < 0 || threshold > 1) {
            String param = "session.audio.input.turn_detection.threshold";
            out.refuse(event, "invalid_value", param, "A threshold is between 0 and 1.");
            return;
        }
        settings.merge(event.path("session"));
        out.send(settings.told(out.event("session.updated")));
    }

    private void append(ObjectNode event) throws IOException {
        byte[] pcm = Base64.getDecoder().decode(event.path("audio").asString(""));
        JsonNode turns = settings.turnDetection();
        if (turns.isNull()) {
            hearing.keep(pcm);
            return;
        }
        for (Hearing.Turn turn :
                hearing.listen(pcm, turns.path("silence_duration_ms").asInt(500))) {
            if (turn.begins()) {
                out.send(out.event("input_audio_buffer.speech_started")
                        .put("audio_start_ms", turn.millis())
                        .put("item_id", items.announce()));
                if (turns.path("interrupt_response").asBoolean(true)) {
                    interrupt("turn_detected");
                }
            } else {
                out.send(out.event("input_audio_buffer.speech_stopped")
                        .put("audio_end_ms", turn.millis())
                        .put("item_id", items.announced()));
                spoken();
                if (turns.path("create_response").asBoolean(true)) {
                    begin(Json.object());
                }
            }
        }
    }

    private void commit(ObjectNode event) throws IOException {
        if (hearing.millis() < 100) {
            out.refuse(event, "input_audio_buffer_commit_empty", null, "There are not 100 ms of audio to commit.");
            return;
        }
        hearing.clear();
        items.announce();
        spoken();
    }

    /** What was said becomes an item, and its transcript follows where one is wanted. */
    private void spoken() throws IOException {
        String item = items.addSpoken(part.heard());
        if (!settings.transcription().isNull()) {
            items.transcribed(item, part.heard());
            ObjectNode done = out.event("conversation.item.input_audio_transcription.completed")
                    .put("item_id", item)
                    .put("content_index", 0)
                    .put("transcript", part.heard());
            done.putObject("usage").put("type", "duration").put("seconds", 2);
            out.send(done);
        }
    }

    private void respond(ObjectNode event) throws IOException {
        Answer running = active;
        if (running != null) {
            out.refuse(
                    event,
                    "conversation_already_has_active_response",
                    null,
                    "The response " + running.id() + " has not ended; wait for its response.done.");
            return;
        }
        begin(event.path("response"));
    }

    private void begin(JsonNode overrides) throws IOException {
        Answer answer = new Answer(out, items, settings, overrides);
        active = answer;
        answer.begin();
        List<JsonNode> functions = settings.functionsFor(items.question());
        if (!items.result().isEmpty()) {
            answer.say(items.result());
            items.told();
        } else if (!functions.isEmpty()) {
            for (JsonNode function : functions) {
                answer.call(function.path("name").asString(""), part.arguments());
            }
        } else {
            answer.say(part.answer());
            if (items.question().contains(part.endless())) {
                return;
            }
        }
        active = null;
        answer.end("completed", null);
    }

    private void cancel(ObjectNode event) throws IOException {
        if (!interrupt("client_cancelled")) {
            out.refuse(event, "response_cancel_not_active", null, "There is no active response to cancel.");
        }
    }

    private boolean interrupt(String reason) throws IOException {
        Answer running = active;
        if (running == null) {
            return false;
        }
        active = null;
        running.end("cancelled", reason);
        return true;
    }
}
