package dev.parley.event.codec;

import dev.parley.protocol.ErrorDetail;
import java.lang.reflect.RecordComponent;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One field of an object, as a record's component declares it.
 *
 * @param name the name on the wire
 * @param required whether its value is never null
 * @param demanded whether a strict check wants it
 * @param nullable whether it may be {@code null} on the wire
 * @param serverOnly whether clients may not set it
 */
record Slot(
        String name,
        Shape shape,
        boolean required,
        boolean demanded,
        boolean nullable,
        boolean serverOnly,
        Limits limits) {
    static Slot of(RecordComponent component) {
        boolean required = !component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        return new Slot(
                snake(component.getName()),
                Shapes.of(component.getGenericType()),
                required,
                required && !component.isAnnotationPresent(Wire.Omittable.class),
                component.isAnnotationPresent(Wire.OrNull.class),
                component.isAnnotationPresent(Wire.ServerOnly.class),
                Limits.of(component));
    }

    private static String snake(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    /** What a strict check finds wrong with the field's value, which is null if there is none; null if all is well. */
    @Nullable
    ErrorDetail fault(@Nullable JsonNode json, String path) {
        if (json == null) {
            return demanded ? Faults.missing(path) : null;
        }
        return json.isNull() && nullable ? null : shape.fault(json, path, limits);
    }
}
