package dev.parley.event.codec;

import dev.parley.protocol.ErrorDetail;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The way between JSON and a record or sealed family, declared by the components themselves. Decoding never fails and
 * loses nothing: what a component cannot hold stays in the record's {@code more}. Safe for use by all threads.
 *
 * @param <T> the record or the sealed interface
 */
public final class Codec<T> {
    private final Class<T> type;
    private final Shape shape;

    private Codec(Class<T> type, Shape shape) {
        this.type = type;
        this.shape = shape;
    }

    /** The codec of a record, or of a sealed interface with a record {@code Unknown}. */
    public static <T> Codec<T> of(Class<T> type) {
        return new Codec<>(type, Shapes.of(type));
    }

    /** The value of an object, which is copied as far as it is kept. */
    public T decode(ObjectNode json) {
        Object value = shape.read(json);
        if (value == null) {
            throw new IllegalStateException(type + " has no record for every object");
        }
        return type.cast(value);
    }

    /** The object of a value; the caller's own. */
    public ObjectNode encode(T value) {
        return (ObjectNode) shape.write(value);
    }

    /**
     * What a strict check finds wrong first.
     *
     * @param path where the JSON stands in its event, such as {@code session}; empty for the event itself
     */
    public Optional<ErrorDetail> fault(JsonNode json, String path) {
        return Optional.ofNullable(shape.fault(json, path, Limits.NONE));
    }

    /** The types of a family's objects, in the order of their declaration. */
    public Collection<String> types() {
        return shape instanceof FamilyShape family ? family.types() : List.of();
    }

    /** The type of one record of a family, if it has one. */
    public Optional<String> typeOf(Object value) {
        return shape instanceof FamilyShape family
                ? Optional.ofNullable(family.typeOf(value.getClass()))
                : Optional.empty();
    }
}
