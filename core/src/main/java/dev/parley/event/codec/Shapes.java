package dev.parley.event.codec;

import dev.parley.protocol.Fields;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;

/** The shape of every Java type that stands in an event, found once. */
final class Shapes {
    private static final ClassValue<Shape> KNOWN = new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
            return type.isRecord() ? new RecordShape(type) : new FamilyShape(type);
        }
    };
    private static final Map<Class<?>, Shape> SIMPLE = Map.of(
            String.class, Scalar.STRING,
            Boolean.class, Scalar.BOOLEAN,
            boolean.class, Scalar.BOOLEAN,
            Integer.class, Scalar.INTEGER,
            int.class, Scalar.INTEGER,
            Long.class, Scalar.LONG,
            long.class, Scalar.LONG,
            Number.class, Scalar.NUMBER,
            Fields.class, new ObjectShape());

    private Shapes() {}

    static Shape of(Type type) {
        if (type instanceof ParameterizedType generic) {
            return generic.getRawType() == List.class
                    ? new ListShape(of(generic.getActualTypeArguments()[0]))
                    : new MapShape();
        }
        Class<?> plain = (Class<?>) type;
        Shape simple = SIMPLE.get(plain);
        return simple != null ? simple : KNOWN.get(plain);
    }
}
