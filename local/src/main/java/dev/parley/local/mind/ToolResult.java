package dev.parley.local.mind;

import dev.parley.protocol.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Says what a tool's result is, in words. */
final class ToolResult {
    /** Fields whose text is meant to be read. */
    private static final List<String> SPOKEN =
            List.of("message", "text", "answer", "summary", "description", "result", "output");

    /** Fields that only tell whether it worked. */
    private static final Set<String> WORKED = Set.of("ok", "success", "succeeded", "done", "status", "state");

    /** What a tool answers that merely worked. */
    private static final Set<String> YES = Set.of("", "ok", "okay", "true", "success", "done", "null", "{}");

    private static final int LONGEST = 1_000;

    private ToolResult() {}

    /** @param wanted what the user asked for, if that is known */
    static String words(Turn.Result result, @Nullable Intent wanted) {
        String output = result.output().strip();
        JsonNode json = json(output);
        if (json instanceof ObjectNode object) {
            return object(object, wanted);
        }
        String plain = json.isString() ? json.asString("").strip() : output;
        return YES.contains(plain.toLowerCase(java.util.Locale.ROOT).replaceAll("[.!]$", ""))
                ? confirmed(wanted)
                : sentence(plain);
    }

    private static JsonNode json(String output) {
        try {
            return Json.parse(output.getBytes(StandardCharsets.UTF_8));
        } catch (Json.JsonSyntaxException e) {
            return Json.mapper().missingNode();
        }
    }

    private static String object(ObjectNode object, @Nullable Intent wanted) {
        if (object.hasNonNull("error")) {
            JsonNode error = object.path("error");
            String reason =
                    error.isString() ? error.asString() : error.path("message").asString("");
            return reason.isEmpty() ? "That did not work." : "That did not work: " + sentence(reason);
        }
        for (String name : SPOKEN) {
            if (object.path(name).isString() && !object.path(name).asString().isBlank()) {
                return sentence(object.path(name).asString());
            }
        }
        List<String> facts = new ArrayList<>();
        for (String name : object.propertyNames()) {
            JsonNode value = object.path(name);
            if (WORKED.contains(name)) {
                if (value.isBoolean() && !value.asBoolean()) {
                    return "That did not work.";
                }
            } else if (value.isString() || value.isNumber()) {
                facts.add("the " + name.replace('_', ' ') + " is " + value.asString());
            }
        }
        // What the user said is confirmed in the user's words, rather than by the fields of a result.
        boolean doing = wanted instanceof Intent.Light || wanted instanceof Intent.Booking;
        if (facts.isEmpty() || doing) {
            return confirmed(wanted);
        }
        return sentence(Wording.capital(String.join(", ", facts)));
    }

    private static String confirmed(@Nullable Intent wanted) {
        return wanted == null ? "Done." : Wording.done(wanted);
    }

    private static String sentence(String text) {
        return sentence(text, LONGEST);
    }

    /** A text as a sentence, cut where it is too long. */
    static String sentence(String text, int longest) {
        String cut = text.length() > longest ? text.substring(0, longest) + " and so on" : text;
        return cut.isEmpty() || ".!?".indexOf(cut.charAt(cut.length() - 1)) < 0 ? cut + "." : cut;
    }
}
