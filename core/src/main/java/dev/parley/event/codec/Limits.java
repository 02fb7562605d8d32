package dev.parley.event.codec;

import dev.parley.protocol.ErrorDetail;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The bounds that the annotations of one component set. */
record Limits(
        List<String> choices,
        double least,
        double most,
        int shortest,
        int longest,
        Wire.@Nullable Pattern pattern,
        Wire.@Nullable Pairs pairs,
        List<String> without,
        @Nullable Rule rule) {
    static final Limits NONE = new Limits(
            List.of(),
            Double.NEGATIVE_INFINITY,
            Double.POSITIVE_INFINITY,
            0,
            Integer.MAX_VALUE,
            null,
            null,
            List.of(),
            null);

    static Limits of(AnnotatedElement component) {
        Wire.OneOf oneOf = component.getAnnotation(Wire.OneOf.class);
        Wire.OneOfIntegers integers = component.getAnnotation(Wire.OneOfIntegers.class);
        Wire.Range range = component.getAnnotation(Wire.Range.class);
        Wire.Length length = component.getAnnotation(Wire.Length.class);
        Wire.Without without = component.getAnnotation(Wire.Without.class);
        List<String> choices = oneOf != null
                ? List.of(oneOf.value())
                : integers == null
                        ? List.of()
                        : Arrays.stream(integers.value())
                                .mapToObj(Integer::toString)
                                .toList();
        return new Limits(
                choices,
                range == null ? NONE.least : range.min(),
                range == null ? NONE.most : range.max(),
                length == null ? NONE.shortest : length.min(),
                length == null ? NONE.longest : length.max(),
                component.getAnnotation(Wire.Pattern.class),
                component.getAnnotation(Wire.Pairs.class),
                without == null ? List.of() : List.of(without.value()),
                rule(component));
    }

    static @Nullable Rule rule(AnnotatedElement element) {
        Wire.Ruled ruled = element.getAnnotation(Wire.Ruled.class);
        if (ruled == null) {
            return null;
        }
        try {
            Constructor<? extends Rule> constructor = ruled.value().getDeclaredConstructor();
            // Rules are private to the packages of what they rule.
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The rule cannot be made: " + ruled.value(), e);
        }
    }

    /** What is wrong with a text, a truth value or a number, or null. */
    @Nullable
    ErrorDetail fault(JsonNode json, String path) {
        if (!choices.isEmpty() && !choices.contains(json.asString())) {
            return Faults.choice(path, json.asString(), choices);
        }
        if (json.isNumber()) {
            double value = json.doubleValue();
            return value < least
                    ? Faults.below(path, json, least)
                    : value > most ? Faults.above(path, json, most) : ruled(json, path);
        }
        if (json.isString()) {
            int length = json.asString().length();
            if (length < shortest) {
                return Faults.shorter(path, length, shortest);
            }
            if (length > longest) {
                return Faults.longer(path, length, longest);
            }
            if (pattern != null && !json.asString().matches(pattern.value())) {
                return Faults.value(path, "Invalid '" + path + "': expected " + pattern.words() + ".");
            }
        }
        return ruled(json, path);
    }

    /** The same without the rule. */
    Limits withoutRule() {
        return rule == null ? this : new Limits(choices, least, most, shortest, longest, pattern, pairs, without, null);
    }

    /** What the rule finds, or null. */
    @Nullable
    ErrorDetail ruled(JsonNode json, String path) {
        return rule == null ? null : rule.fault(json, path);
    }
}
