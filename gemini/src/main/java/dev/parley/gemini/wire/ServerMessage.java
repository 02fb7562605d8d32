package dev.parley.gemini.wire;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What one message of Gemini's says, in the order in which it is to be understood: what was generated before its end, and
 * usage before the end it belongs to. Gemini Live: {@code BidiGenerateContentServerMessage}. Fields that are unknown or of a
 * wrong type are left out and counted. Pure.
 *
 * @param parts what is understood
 * @param strange how many fields are not
 */
public record ServerMessage(List<Part> parts, int strange) {
    /** One thing that is said. */
    public sealed interface Part {
        record SetupComplete() implements Part {}

        /**
         * Spoken output.
         *
         * @param base64 of 16-bit PCM
         */
        record Audio(String base64, int rate) implements Part {}

        /** Written output. */
        record Text(String text) implements Part {}

        /** A piece of what the model says. */
        record Said(String text) implements Part {}

        /** A piece of what the user said. */
        record Heard(String text, boolean finished) implements Part {}

        /**
         * Calls of functions.
         *
         * @param usage that came with them, or null
         */
        record Calls(List<Call> calls, @Nullable ObjectNode usage) implements Part {}

        /** Calls that are void. */
        record Cancelled(List<String> ids) implements Part {}

        record Interrupted() implements Part {}

        record GenerationComplete() implements Part {}

        /**
         * The turn is over.
         *
         * @param reason such as {@code BLOCKLIST}, or empty
         */
        record TurnComplete(String reason) implements Part {}

        record Used(ObjectNode usage) implements Part {}

        /** The connection ends soon. */
        record GoAway(Duration left) implements Part {}

        /**
         * The session can be resumed, or not at this moment.
         *
         * @param handle by which it can, or null
         */
        record Resumable(@Nullable String handle) implements Part {}

        /**
         * Speech begins or ends.
         *
         * @param offset in the audio that was sent
         */
        record Activity(boolean starts, Duration offset) implements Part {}
    }

    /**
     * A call of a function.
     *
     * @param id Gemini's, or empty
     */
    public record Call(String id, String name, JsonNode args) {}

    /** Reads a message. */
    public static ServerMessage read(ObjectNode message) {
        Reader reader = new Reader();
        reader.message(message);
        return new ServerMessage(reader.parts, reader.strange);
    }

    private static final class Reader {
        private final List<Part> parts = new ArrayList<>(4);
        private final List<Part> ends = new ArrayList<>(2);
        private final List<Call> calls = new ArrayList<>();
        private @Nullable ObjectNode used;
        private int strange;

        private void message(ObjectNode message) {
            message.forEachEntry((name, value) -> {
                switch (name) {
                    case "setupComplete" -> parts.add(new Part.SetupComplete());
                    case "serverContent" -> content(value);
                    case "toolCall" -> calls(value.path("functionCalls"));
                    case "toolCallCancellation" -> cancelled(value.path("ids"));
                    case "usageMetadata" -> usage(value);
                    case "goAway" -> parts.add(new Part.GoAway(duration(value.path("timeLeft"))));
                    case "sessionResumptionUpdate" -> resumable(value);
                    case "voiceActivity" -> activity(value);
                    default -> strange++;
                }
            });
            // Usage stands behind what it counts and before the end of it, wherever it is written.
            if (!calls.isEmpty()) {
                parts.add(new Part.Calls(calls, used));
            } else if (used != null) {
                parts.add(new Part.Used(used));
            }
            parts.addAll(ends);
        }

        private void content(JsonNode content) {
            if (!content.isObject()) {
                strange++;
                return;
            }
            content.forEachEntry((name, value) -> {
                switch (name) {
                    case "modelTurn" -> turn(value.path("parts"));
                    case "outputTranscription" -> text(value, false);
                    case "inputTranscription" -> text(value, true);
                    case "interrupted", "generationComplete", "turnComplete" -> {}
                    case "turnCompleteReason",
                            "groundingMetadata",
                            "urlContextMetadata",
                            "waitingForInput",
                            "interactionStatus",
                            "interimInputTranscription" -> {}
                    default -> strange++;
                }
            });
            if (content.path("interrupted").asBoolean(false)) {
                ends.add(new Part.Interrupted());
            }
            if (content.path("generationComplete").asBoolean(false)) {
                ends.add(new Part.GenerationComplete());
            }
            if (content.path("turnComplete").asBoolean(false)) {
                ends.add(
                        new Part.TurnComplete(content.path("turnCompleteReason").asString("")));
            }
        }

        private void turn(JsonNode list) {
            for (JsonNode part : list) {
                JsonNode data = part.path("inlineData");
                String mime = data.path("mimeType").asString("");
                if (part.path("thought").asBoolean(false)) {
                    continue;
                }
                if (mime.startsWith("audio/pcm") && data.path("data").isString()) {
                    parts.add(new Part.Audio(data.path("data").asString(), rate(mime)));
                } else if (part.path("text").isString()) {
                    parts.add(new Part.Text(part.path("text").asString()));
                } else {
                    strange++;
                }
            }
        }

        private static int rate(String mime) {
            int at = mime.indexOf("rate=");
            int rate = 0;
            for (int i = at + 5;
                    at >= 0 && i < mime.length() && Character.isDigit(mime.charAt(i)) && rate < 100_000;
                    i++) {
                rate = rate * 10 + mime.charAt(i) - '0';
            }
            return rate == 0 ? 24_000 : rate;
        }

        private void text(JsonNode transcription, boolean input) {
            if (!transcription.isObject()) {
                strange++;
                return;
            }
            String text = transcription.path("text").asString("");
            if (input) {
                boolean finished = transcription.path("finished").asBoolean(false);
                if (!text.isEmpty() || finished) {
                    parts.add(new Part.Heard(text, finished));
                }
            } else if (!text.isEmpty()) {
                parts.add(new Part.Said(text));
            }
        }

        private void calls(JsonNode list) {
            for (JsonNode call : list) {
                String name = call.path("name").asString("");
                if (name.isEmpty()) {
                    strange++;
                } else {
                    calls.add(new Call(call.path("id").asString(""), name, call.path("args")));
                }
            }
        }

        private void cancelled(JsonNode ids) {
            List<String> known = ids.valueStream()
                    .map(id -> id.asString(""))
                    .filter(id -> !id.isEmpty())
                    .toList();
            if (!known.isEmpty()) {
                parts.add(new Part.Cancelled(known));
            }
        }

        private void usage(JsonNode usage) {
            if (usage instanceof ObjectNode object) {
                used = object;
            } else {
                strange++;
            }
        }

        private void resumable(JsonNode update) {
            String handle = update.path("newHandle").asString("");
            boolean resumable = update.path("resumable").asBoolean(false);
            parts.add(new Part.Resumable(resumable && !handle.isEmpty() ? handle : null));
        }

        private void activity(JsonNode activity) {
            switch (activity.path("voiceActivityType").asString("")) {
                case "ACTIVITY_START" -> parts.add(new Part.Activity(true, duration(activity.path("audioOffset"))));
                case "ACTIVITY_END" -> parts.add(new Part.Activity(false, duration(activity.path("audioOffset"))));
                default -> strange++;
            }
        }

        /** A duration as protobuf writes it in JSON: {@code "9.5s"}. */
        private static Duration duration(JsonNode node) {
            String text = node.asString("");
            try {
                double seconds = text.endsWith("s") ? Double.parseDouble(text.substring(0, text.length() - 1)) : 0;
                return seconds > 0 && seconds < 1e6 ? Duration.ofMillis(Math.round(seconds * 1000)) : Duration.ZERO;
            } catch (NumberFormatException e) {
                return Duration.ZERO;
            }
        }
    }
}
