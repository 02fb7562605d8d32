package dev.parley.tool;

import dev.parley.P;
import dev.parley.RealtimeException;
import dev.parley.protocol.Json;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Named arguments that stand together in a JSON object: the parameters of a method, or the components of a record. */
final class Arguments {
    private record Argument(String name, ArgumentType type, boolean optional) {}

    private final List<Argument> arguments = new ArrayList<>();
    private final ObjectNode properties = Json.object();

    /**
     * Adds one.
     *
     * @param javaName its name in Java
     * @param described what is said of it, if anything
     * @param types describes its type
     */
    void add(String javaName, @Nullable P described, Type javaType, ArgumentTypes types) {
        String name = described == null || described.name().isEmpty() ? javaName : described.name();
        if (properties.has(name)) {
            throw types.refused("has the name '" + name + "', as another has; name one of them with @P(name = …)");
        }
        ArgumentType type = types.of(javaType);
        boolean optional = described != null && described.optional();
        if (optional && javaType instanceof Class<?> raw && raw.isPrimitive()) {
            throw types.refused(
                    "is optional and a " + raw + ", which cannot be null; take its boxed type or an Optional");
        }
        ObjectNode schema = type.schema().deepCopy();
        if (described != null && !described.value().isBlank()) {
            String own = schema.path("description").asString("");
            schema.put("description", own.isEmpty() ? described.value() : described.value() + " (" + own + ")");
        }
        properties.set(name, schema);
        arguments.add(new Argument(name, type, optional || type.optional()));
    }

    /** Their JSON Schema. */
    ObjectNode schema() {
        ObjectNode schema = Scalars.typed("object");
        schema.set("properties", properties.deepCopy());
        ArrayNode required = schema.putArray("required");
        arguments.stream().filter(each -> !each.optional()).map(Argument::name).forEach(required::add);
        return schema.put("additionalProperties", false);
    }

    /**
     * Their values, in the order in which they were added.
     *
     * @param json fits the schema
     * @param at the path of the object that they stand in, or nothing
     */
    @Nullable
    Object[] read(JsonNode json, String at) throws ArgumentFault {
        @Nullable Object[] values = new @Nullable Object[arguments.size()];
        for (int i = 0; i < values.length; i++) {
            Argument argument = arguments.get(i);
            JsonNode value = json.path(argument.name());
            values[i] = value.isMissingNode() || value.isNull()
                    ? argument.type().absent()
                    : argument.type().reader().read(value, at.isEmpty() ? argument.name() : at + "." + argument.name());
        }
        return values;
    }

    /** Whether the names of a class's parameters were left out when it was compiled. */
    static void checkNamed(boolean named, @Nullable P described, String place) {
        if (!named && (described == null || described.name().isEmpty())) {
            throw new RealtimeException.InvalidConfig(place
                    + " has no name, since its class was compiled without -parameters; compile with that flag, or give it"
                    + " a name with @P(value = …, name = …)");
        }
    }
}
