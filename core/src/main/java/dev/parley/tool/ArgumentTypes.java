package dev.parley.tool;

import dev.parley.P;
import dev.parley.RealtimeException;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Describes the Java types of one parameter of a tool, or says why it cannot. */
final class ArgumentTypes {
    private final String place;
    /** The records that are being described, each inside the one before. */
    private final Set<Class<?>> open = new LinkedHashSet<>();

    /** For a parameter, named as in {@code Hotel.book(): the parameter 'room'}. */
    ArgumentTypes(String place) {
        this.place = place;
    }

    /** The refusal of the parameter, which {@code has} or {@code is} something. */
    RealtimeException refused(String fault) {
        return new RealtimeException.InvalidConfig(place + " " + fault);
    }

    private RealtimeException unsupported(Type type) {
        return refused("is or holds a " + type.getTypeName()
                + ", which cannot be described to a model; take a String, number, boolean, enum, record, a time of"
                + " java.time, UUID or URI, or a List, Set, array, Map<String, …> or Optional of these");
    }

    ArgumentType of(Type type) {
        if (type instanceof Class<?> raw) {
            return of(raw);
        }
        if (type instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw) {
            Type[] of = generic.getActualTypeArguments();
            if (raw == Optional.class) {
                ArgumentType.Reader inner = element(of[0]).reader();
                return of(of[0]).orAbsent(Optional.empty(), (value, at) -> Optional.of(inner.read(value, at)));
            }
            if (raw == List.class || raw == Collection.class || raw == Iterable.class) {
                return several(of[0], List::copyOf);
            }
            if (raw == Set.class) {
                return several(of[0], values -> Collections.unmodifiableSet(new LinkedHashSet<>(values)));
            }
            if (raw == Map.class && of[0] == String.class) {
                return map(of[1]);
            }
        }
        throw unsupported(type);
    }

    private ArgumentType of(Class<?> type) {
        ArgumentType scalar = Scalars.of(type);
        if (scalar != null) {
            return scalar;
        }
        if (type.isEnum()) {
            return constants(type);
        }
        if (type.isArray()) {
            Class<?> of = type.getComponentType();
            return several(of, values -> {
                Object array = Array.newInstance(of, values.size());
                for (int i = 0; i < values.size(); i++) {
                    Array.set(array, i, values.get(i));
                }
                return array;
            });
        }
        if (type == OptionalInt.class) {
            return of(int.class)
                    .orAbsent(OptionalInt.empty(), wrapped(int.class, value -> OptionalInt.of((int) value)));
        }
        if (type == OptionalLong.class) {
            return of(long.class)
                    .orAbsent(OptionalLong.empty(), wrapped(long.class, value -> OptionalLong.of((long) value)));
        }
        if (type == OptionalDouble.class) {
            return of(double.class)
                    .orAbsent(
                            OptionalDouble.empty(), wrapped(double.class, value -> OptionalDouble.of((double) value)));
        }
        if (type == ObjectNode.class) {
            return ArgumentType.of(Scalars.typed("object"), (value, at) -> value);
        }
        if (type.isRecord() && type.getTypeParameters().length == 0) {
            return record(type);
        }
        throw unsupported(type);
    }

    private interface Wrapping {
        Object of(Object value);
    }

    private ArgumentType.Reader wrapped(Class<?> type, Wrapping wrapping) {
        ArgumentType.Reader inner = of(type).reader();
        return (value, at) -> wrapping.of(inner.read(value, at));
    }

    private static ArgumentType constants(Class<?> type) {
        ObjectNode schema = Scalars.typed("string");
        Map<String, Object> byName = new LinkedHashMap<>();
        for (Object constant : type.getEnumConstants()) {
            byName.put(((Enum<?>) constant).name(), constant);
        }
        byName.keySet().forEach(schema.putArray("enum")::add);
        return ArgumentType.of(schema, (value, at) -> {
            Object constant = byName.get(value.asString());
            if (constant == null) {
                throw new ArgumentFault(at, "one of " + byName.keySet());
            }
            return constant;
        });
    }

    private interface Gathering {
        Object of(List<Object> values);
    }

    private ArgumentType several(Type of, Gathering gathering) {
        ArgumentType element = element(of);
        ObjectNode schema = Scalars.typed("array");
        schema.set("items", element.schema());
        return ArgumentType.of(schema, (value, at) -> {
            List<Object> values = new ArrayList<>();
            for (JsonNode each : value) {
                values.add(element.reader().read(each, at + "[" + values.size() + "]"));
            }
            return gathering.of(values);
        });
    }

    private ArgumentType map(Type of) {
        ArgumentType element = element(of);
        ObjectNode schema = Scalars.typed("object");
        schema.set("additionalProperties", element.schema());
        return ArgumentType.of(schema, (value, at) -> {
            Map<String, Object> values = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> each : value.properties()) {
                values.put(each.getKey(), element.reader().read(each.getValue(), at + "." + each.getKey()));
            }
            return Collections.unmodifiableMap(values);
        });
    }

    /** A type that stands in another, where nothing can be left out. */
    private ArgumentType element(Type type) {
        ArgumentType element = of(type);
        if (element.optional()) {
            throw unsupported(type);
        }
        return element;
    }

    private ArgumentType record(Class<?> type) {
        if (!open.add(type)) {
            throw refused("holds the record " + type.getName()
                    + ", which holds itself; models are given no types without an end");
        }
        Arguments components = new Arguments();
        for (RecordComponent component : type.getRecordComponents()) {
            components.add(component.getName(), component.getAnnotation(P.class), component.getGenericType(), this);
        }
        open.remove(type);
        Constructor<?> constructor = constructor(type);
        return ArgumentType.of(components.schema(), (value, at) -> {
            try {
                return constructor.newInstance(components.read(value, at));
            } catch (ReflectiveOperationException e) {
                // Its own checks: what they say may quote the value.
                throw new ArgumentFault(at, "valid as a whole, which its parts together are not");
            }
        });
    }

    private Constructor<?> constructor(Class<?> type) {
        try {
            Constructor<?> canonical = type.getDeclaredConstructor(Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new));
            canonical.setAccessible(true);
            return canonical;
        } catch (NoSuchMethodException | InaccessibleObjectException e) {
            throw refused("holds the record " + type.getName()
                    + ", which Parley cannot make; make it public, or open its package to dev.parley");
        }
    }
}
