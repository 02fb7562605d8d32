package dev.parley.event.codec;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What is said about a record or one of its components that the Java type cannot say. Everything but {@link Family},
 * {@link Type}, {@link Plain} and {@link Null} matters to the strict check alone; decoding takes what comes.
 *
 * <p>A component's name on the wire is its own in snake case. A component that is not {@code @Nullable} is required.
 */
public final class Wire {
    private Wire() {}

    /** A sealed interface whose records are told apart by one field of the object. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    public @interface Family {
        /** The field's name, such as {@code type}. */
        String by() default "type";

        /** The value that is meant where the field is left out, as some servers do; a strict check still wants it. */
        String otherwise() default "";
    }

    /** A record of a family, by the value of the family's field. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    public @interface Type {
        /** The value, such as {@code server_vad}. */
        String value();
    }

    /** A record of a family that is no object on the wire but the value of its only component. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    public @interface Plain {}

    /** A record of a family, without components, that is {@code null} on the wire. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    public @interface Null {}

    /** A component that may be {@code null} on the wire. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.RECORD_COMPONENT)
    public @interface OrNull {}

    /** A component that servers always send and clients may leave out. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.RECORD_COMPONENT)
    public @interface Omittable {}

    /** A component that only servers set; from a client it is an unknown parameter. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.RECORD_COMPONENT)
    public @interface ServerOnly {}

    /** A text that is one of these; of a list, each of its texts. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.RECORD_COMPONENT)
    public @interface OneOf {
        /** The texts. */
        String[] value();
    }

    /** An integer that is one of these. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.RECORD_COMPONENT)
    public @interface OneOfIntegers {
        /** The integers. */
        int[] value();
    }

    /** A number between two, both included. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.RECORD_COMPONENT)
    public @interface Range {
        /** The least. */
        double min();

        /** The greatest. */
        double max() default Double.POSITIVE_INFINITY;
    }

    /** How long a text may be, in characters. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.RECORD_COMPONENT)
    public @interface Length {
        /** The fewest. */
        int min() default 0;

        /** The most. */
        int max();
    }

    /** A text that matches a regular expression. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.RECORD_COMPONENT)
    public @interface Pattern {
        /** The expression. */
        String value();

        /** The same in words, such as {@code 1 to 64 letters}. */
        String words();
    }

    /** How much a map of texts may hold. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.RECORD_COMPONENT)
    public @interface Pairs {
        /** The most entries. */
        int max();

        /** The longest key, in characters. */
        int key();

        /** The longest value, in characters. */
        int value();
    }

    /** Types of a family that may not stand here. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.RECORD_COMPONENT)
    public @interface Without {
        /** The types. */
        String[] value();
    }

    /** A check of one's own, made after all others. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.RECORD_COMPONENT, ElementType.TYPE})
    public @interface Ruled {
        /** The check, which has a constructor without parameters. */
        Class<? extends Rule> value();
    }
}
