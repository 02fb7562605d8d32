package dev.parley;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Describes a parameter of a {@link Tool}, or a component of a record that is one, to the model. */
@Documented
@Target({ElementType.PARAMETER, ElementType.RECORD_COMPONENT, ElementType.FIELD})
@Retention(RetentionPolicy.RUNTIME)
public @interface P {
    /** What it is, with its unit if it has one. */
    String value();

    /** Its name in the schema; by default its name in Java, for which classes are compiled with {@code -parameters}. */
    String name() default "";

    /** Whether it may be left out; null is passed then. An {@link java.util.Optional} may be left out anyway. */
    boolean optional() default false;
}
