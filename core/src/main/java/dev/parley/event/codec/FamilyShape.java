package dev.parley.event.codec;

import dev.parley.protocol.ErrorDetail;
import dev.parley.protocol.Fields;
import dev.parley.protocol.Json;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One of several records: objects that one field tells apart, at most one object that nothing tells apart, and values
 * that are no objects. The record named {@code Unknown} is every other object.
 */
final class FamilyShape implements Shape {
    /** A record of the family that is an object; {@code type} is null where no field tells it apart. */
    private record Variant(@Nullable String type, RecordShape shape) {}

    /** A record of the family that is not an object but what its only component is. */
    private record Value(Structure structure, Shape shape, Limits limits) {}

    private final @Nullable String tag;
    private final @Nullable String otherwise;
    private final Map<String, Variant> byType = new LinkedHashMap<>();
    private final Map<Class<?>, Variant> byClass = new HashMap<>();
    private final Map<Class<?>, Value> values = new LinkedHashMap<>();
    private @Nullable Variant untold;
    private @Nullable Structure unknown;
    private @Nullable Class<?> unknownClass;
    private @Nullable Object nothing;

    FamilyShape(Class<?> sealed) {
        Wire.Family family = sealed.getAnnotation(Wire.Family.class);
        tag = family == null ? null : family.by();
        otherwise = family == null || family.otherwise().isEmpty() ? null : family.otherwise();
        add(sealed);
    }

    private void add(Class<?> type) {
        Class<?>[] permitted = type.getPermittedSubclasses();
        if (permitted != null) {
            for (Class<?> one : permitted) {
                add(one);
            }
        } else if (type.getSimpleName().equals("Unknown")) {
            unknown = new Structure(type);
            unknownClass = type;
        } else if (type.isAnnotationPresent(Wire.Null.class)) {
            nothing = new Structure(type).make();
        } else if (type.isAnnotationPresent(Wire.Plain.class)) {
            Structure structure = new Structure(type);
            RecordComponent only = structure.components().getFirst();
            values.put(type, new Value(structure, Shapes.of(only.getGenericType()), Limits.of(only)));
        } else {
            addObject(type, type.getAnnotation(Wire.Type.class));
        }
    }

    private void addObject(Class<?> type, Wire.@Nullable Type named) {
        Variant variant = new Variant(named == null ? null : named.value(), (RecordShape) Shapes.of(type));
        byClass.put(type, variant);
        if (named == null) {
            untold = variant;
        } else if (byType.put(named.value(), variant) != null) {
            throw new IllegalStateException("Two records are of the type " + named.value());
        }
    }

    /** The types of the family's objects, in the order of their declaration. */
    Set<String> types() {
        return byType.keySet();
    }

    /** The type of a record of this family; null for one that has none. */
    @Nullable
    String typeOf(Class<?> record) {
        Variant variant = byClass.get(record);
        return variant == null ? null : variant.type;
    }

    @Override
    public @Nullable Object read(JsonNode json) {
        if (json instanceof ObjectNode object) {
            return readObject(object);
        }
        if (json.isNull()) {
            return nothing;
        }
        for (Value value : values.values()) {
            Object inner = value.shape.read(json);
            if (inner != null) {
                return value.structure.make(inner);
            }
        }
        return null;
    }

    private @Nullable Object readObject(ObjectNode json) {
        JsonNode type = tag == null ? null : json.get(tag);
        String name = type == null ? otherwise : type.asString("");
        Variant variant =
                tag == null || name == null ? untold : type == null || type.isString() ? byType.get(name) : null;
        if (variant != null) {
            return variant.shape.readIn(json, variant.type == null ? null : tag);
        }
        return unknown == null ? null : unknown.make(Fields.of(json));
    }

    @Override
    public JsonNode write(Object value) {
        Class<?> type = value.getClass();
        Variant variant = byClass.get(type);
        if (variant != null) {
            return variant.type == null ? variant.shape.write(value) : variant.shape.writeIn(value, tag, variant.type);
        }
        Value plain = values.get(type);
        if (plain != null) {
            return plain.shape.write(plain.structure.required(value, 0));
        }
        if (unknown != null && type == unknownClass) {
            return ((Fields) unknown.required(value, 0)).json();
        }
        return NullNode.getInstance();
    }

    @Override
    public Object neutral() {
        Object empty = readObject(Json.object());
        if (empty == null) {
            throw new IllegalStateException("A family without Unknown cannot be required: " + byClass.keySet());
        }
        return empty;
    }

    @Override
    public String expected() {
        List<String> all = new ArrayList<>();
        values.values().forEach(value -> all.add(value.shape.expected()));
        if (!byClass.isEmpty()) {
            all.add("an object");
        }
        return String.join(" or ", all);
    }

    @Override
    public @Nullable ErrorDetail fault(JsonNode json, String path, Limits limits) {
        ErrorDetail fault = json instanceof ObjectNode object
                ? objectFault(object, path, limits.without())
                : valueFault(json, path);
        return fault != null ? fault : limits.ruled(json, path);
    }

    private @Nullable ErrorDetail valueFault(JsonNode json, String path) {
        for (Value value : values.values()) {
            if (value.shape.read(json) != null) {
                return value.shape.fault(json, path, value.limits);
            }
        }
        return json.isNull() && nothing != null ? null : Faults.type(path, expected(), json);
    }

    private @Nullable ErrorDetail objectFault(ObjectNode json, String path, List<String> without) {
        if (tag == null || byType.isEmpty()) {
            return untold == null ? Faults.type(path, expected(), json) : untold.shape.faultIn(json, path, null);
        }
        JsonNode type = json.get(tag);
        String where = Shape.at(path, tag);
        if (type == null) {
            return Faults.missing(where);
        }
        if (!type.isString()) {
            return Faults.type(where, Scalar.STRING.expected(), type);
        }
        Variant variant = without.contains(type.asString()) ? null : byType.get(type.asString());
        if (variant == null) {
            List<String> supported =
                    types().stream().filter(one -> !without.contains(one)).toList();
            return Faults.choice(where, type.asString(), supported);
        }
        return variant.shape.faultIn(json, path, tag);
    }
}
