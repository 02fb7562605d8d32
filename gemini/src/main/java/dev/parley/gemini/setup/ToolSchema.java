package dev.parley.gemini.setup;

import dev.parley.protocol.Json;
import dev.parley.provider.reply.Refused;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns the JSON Schema of a function's arguments into what Gemini knows of OpenAPI: references are put in place, unions become
 * {@code anyOf}, {@code null} among the types becomes {@code nullable}, {@code const} an {@code enum}. What cannot be said
 * that way is left out, so that the model may send arguments which the schema does not allow; seldom the other way round.
 * Gemini Live: {@code Schema}.
 */
final class ToolSchema {
    /** Definitions that use each other many times would grow without end. */
    private static final int MOST_SCHEMAS = 5_000;

    private static final int DEEPEST = 60;

    private static final Set<String> TYPES =
            Set.of("string", "number", "integer", "boolean", "array", "object", "null");

    /** Numbers and texts that mean the same in both. */
    private static final List<String> ALIKE = List.of(
            "description",
            "minimum",
            "maximum",
            "minItems",
            "maxItems",
            "minLength",
            "maxLength",
            "minProperties",
            "maxProperties",
            "pattern");

    private static final Set<String> FORMATS = Set.of("date-time", "int32", "int64", "float", "double");
    private static final List<String> UNIONS = List.of("anyOf", "oneOf");

    private final ObjectNode root;
    private final String path;
    private final Deque<String> references = new ArrayDeque<>();
    private int schemas;
    private int depth;

    private ToolSchema(ObjectNode root, String path) {
        this.root = root;
        this.path = path;
    }

    /**
     * The schema for Gemini; its type is {@code OBJECT}.
     *
     * @param path where the schema stands in its event
     * @throws Refused if it is too large
     */
    static ObjectNode of(ObjectNode parameters, String path) {
        // Arguments are an object, whatever else a schema allows.
        ObjectNode made =
                new ToolSchema(parameters, path).schema(copy(parameters).put("type", "object"));
        made.put("type", "OBJECT");
        made.remove("anyOf");
        made.remove("nullable");
        return made;
    }

    private ObjectNode schema(JsonNode given) {
        if (++schemas > MOST_SCHEMAS || ++depth > DEEPEST) {
            throw Refused.value(
                    path, "Invalid '" + path + "': the schema is too large once its definitions are in place.");
        }
        try {
            if (!(given instanceof ObjectNode sent)) {
                // A schema may be true or false.
                return anything();
            }
            JsonNode reference = sent.get("$ref");
            if (reference != null) {
                return referred(reference.asString(""), sent);
            }
            return sent.path("allOf").isEmpty() ? plain(sent) : schema(all(sent));
        } finally {
            depth--;
        }
    }

    /** The schema that a reference names, with what stands beside it in place of what the other says. */
    private ObjectNode referred(String reference, ObjectNode beside) {
        if (references.contains(reference)) {
            // It holds itself; so deep nobody calls a function.
            return described(Json.object().put("type", "OBJECT"), beside);
        }
        references.push(reference);
        try {
            ObjectNode merged = target(reference) instanceof ObjectNode found ? copy(found) : Json.object();
            ObjectNode rest = copy(beside);
            rest.remove("$ref");
            merged.setAll(rest);
            return schema(merged);
        } finally {
            references.pop();
        }
    }

    private JsonNode target(String reference) {
        if (reference.equals("#")) {
            return root;
        }
        try {
            return reference.startsWith("#/") ? root.at(JsonPointer.compile(reference.substring(1))) : Json.object();
        } catch (IllegalArgumentException e) {
            return Json.object();
        }
    }

    /** What several schemas say together, as far as one can say it. */
    private ObjectNode all(ObjectNode sent) {
        ObjectNode merged = copy(sent);
        merged.remove("allOf");
        for (JsonNode each : sent.path("allOf")) {
            ObjectNode part =
                    each.path("$ref").isString() && target(each.path("$ref").asString()) instanceof ObjectNode found
                            ? found
                            : each instanceof ObjectNode object ? object : Json.object();
            for (Map.Entry<String, JsonNode> field : part.properties()) {
                join(merged, field.getKey(), field.getValue());
            }
        }
        return merged;
    }

    private static void join(ObjectNode merged, String name, JsonNode value) {
        if (merged.get(name) instanceof ObjectNode there && value instanceof ObjectNode more) {
            ObjectNode joined = copy(there);
            joined.setAll(more);
            merged.set(name, joined);
        } else if (name.equals("required")
                && merged.get(name) instanceof ArrayNode there
                && value instanceof ArrayNode more) {
            merged.set(name, there.deepCopy().addAll(more));
        } else if (!merged.has(name)) {
            merged.set(name, value);
        }
    }

    private ObjectNode plain(ObjectNode sent) {
        List<String> types = types(sent);
        boolean nullable = types.remove("null")
                || sent.path("nullable").asBoolean(false)
                || sent.path("enum").valueStream().anyMatch(JsonNode::isNull);
        List<JsonNode> members = new ArrayList<>();
        UNIONS.forEach(union -> sent.path(union).forEach(members::add));
        nullable |= members.removeIf(ToolSchema::isNull);
        ObjectNode made;
        if (!members.isEmpty() && types.size() < 2) {
            made = union(sent, members);
        } else if (types.size() > 1) {
            made = described(Json.object(), sent);
            ArrayNode any = made.putArray("anyOf");
            types.forEach(type -> any.add(typed(type, without(sent))));
        } else {
            made = typed(types.isEmpty() ? guessed(sent) : types.getFirst(), sent);
        }
        return nullable ? made.put("nullable", true) : made;
    }

    /** One of several, each of which has what is said of all; one alone is that one. */
    private ObjectNode union(ObjectNode sent, List<JsonNode> members) {
        ObjectNode common = copy(sent);
        common.remove(UNIONS);
        if (members.size() == 1 && members.getFirst() instanceof ObjectNode only) {
            ObjectNode merged = copy(only);
            for (Map.Entry<String, JsonNode> field : common.properties()) {
                // What the one says of itself is nearer, but for what it is for.
                if (field.getKey().equals("description") || !merged.has(field.getKey())) {
                    merged.set(field.getKey(), field.getValue());
                }
            }
            return schema(merged);
        }
        boolean object = sent.has("properties");
        ObjectNode made = object ? typed("object", common) : described(Json.object(), sent);
        ArrayNode any = made.putArray("anyOf");
        members.forEach(member -> any.add(schema(member)));
        return made;
    }

    private ObjectNode typed(String type, ObjectNode sent) {
        if (type.isEmpty()) {
            return described(anything(), sent);
        }
        ObjectNode made = Json.object().put("type", type.toUpperCase(Locale.ROOT));
        for (String name : ALIKE) {
            if (sent.path(name).isNumber() || sent.path(name).isString()) {
                made.set(name, sent.path(name));
            }
        }
        if (FORMATS.contains(sent.path("format").asString(""))) {
            made.set("format", sent.path("format"));
        }
        switch (type) {
            case "object" -> object(sent, made);
            case "array" -> made.set("items", schema(items(sent)));
            default -> choices(type, sent, made);
        }
        return made;
    }

    private void object(ObjectNode sent, ObjectNode made) {
        if (sent.path("properties").isEmpty()) {
            return;
        }
        ObjectNode properties = made.putObject("properties");
        sent.path("properties").properties().forEach(each -> properties.set(each.getKey(), schema(each.getValue())));
        ArrayNode required = Json.object().putArray("required");
        for (JsonNode name : sent.path("required")) {
            // A name without a property is refused.
            if (properties.has(name.asString("")) && required.valueStream().noneMatch(name::equals)) {
                required.add(name);
            }
        }
        if (!required.isEmpty()) {
            made.set("required", required);
        }
    }

    /** An array without a schema of its elements is refused. */
    private static JsonNode items(ObjectNode sent) {
        JsonNode items = sent.path("items");
        JsonNode places = items.isArray() ? items : sent.path("prefixItems");
        if (!places.isEmpty()) {
            return Json.object().set("anyOf", places);
        }
        return items;
    }

    /** The values there are: an enum where they are texts, else words in the description. */
    private static void choices(String type, ObjectNode sent, ObjectNode made) {
        List<JsonNode> values = new ArrayList<>();
        sent.path("enum").forEach(values::add);
        if (sent.has("const")) {
            values.add(sent.path("const"));
        }
        values.removeIf(JsonNode::isNull);
        if (values.isEmpty()) {
            return;
        }
        if (type.equals("string")) {
            ArrayNode texts = made.putArray("enum");
            values.stream().filter(JsonNode::isString).forEach(texts::add);
        } else if (!type.equals("boolean") || values.size() == 1) {
            String words = "One of: "
                    + String.join(", ", values.stream().map(JsonNode::toString).toList()) + ".";
            String before = made.path("description").asString("");
            made.put("description", before.isEmpty() ? words : before + " " + words);
        }
    }

    private static List<String> types(ObjectNode sent) {
        List<String> types = new ArrayList<>();
        JsonNode type = sent.path("type");
        if (type.isArray()) {
            type.forEach(each -> types.add(each.asString("").toLowerCase(Locale.ROOT)));
        } else if (type.isString()) {
            types.add(type.asString().toLowerCase(Locale.ROOT));
        }
        types.removeIf(each -> !TYPES.contains(each));
        return types;
    }

    /** The type of a schema that names none; empty: any. */
    private static String guessed(ObjectNode sent) {
        if (sent.has("properties") || sent.has("additionalProperties")) {
            return "object";
        }
        if (sent.has("items") || sent.has("prefixItems")) {
            return "array";
        }
        JsonNode value =
                sent.has("const") ? sent.path("const") : sent.path("enum").path(0);
        return switch (value.getNodeType()) {
            case STRING -> "string";
            case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
            case BOOLEAN -> "boolean";
            default -> "";
        };
    }

    private static boolean isNull(JsonNode schema) {
        return schema.path("type").asString("").equals("null")
                || (schema.has("const") && schema.path("const").isNull());
    }

    /** Any value but an array, since there is no schema that says nothing. */
    private static ObjectNode anything() {
        ObjectNode any = Json.object();
        ArrayNode types = any.putArray("anyOf");
        for (String type : new String[] {"STRING", "NUMBER", "BOOLEAN", "OBJECT"}) {
            types.addObject().put("type", type);
        }
        return any;
    }

    private static ObjectNode described(ObjectNode made, ObjectNode sent) {
        if (sent.path("description").isString()) {
            made.set("description", sent.path("description"));
        }
        return made;
    }

    private static ObjectNode without(ObjectNode sent) {
        ObjectNode copy = copy(sent);
        copy.remove("description");
        return copy;
    }

    /** A copy whose fields can be changed, and what they hold not: what is sent may be large and referred to often. */
    private static ObjectNode copy(ObjectNode sent) {
        return Json.object().setAll(sent);
    }
}
