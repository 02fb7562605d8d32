package dev.parley.event.codec;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How a public record is made and taken apart, found once. */
final class Structure {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.publicLookup();

    private final List<RecordComponent> components;
    private final List<MethodHandle> accessors = new ArrayList<>();
    private final MethodHandle constructor;

    Structure(Class<?> type) {
        components = List.of(type.getRecordComponents());
        try {
            Class<?>[] types = components.stream().map(RecordComponent::getType).toArray(Class<?>[]::new);
            constructor = LOOKUP.findConstructor(type, MethodType.methodType(void.class, types))
                    .asFixedArity()
                    .asSpreader(Object[].class, types.length)
                    .asType(MethodType.methodType(Object.class, Object[].class));
            for (RecordComponent component : components) {
                accessors.add(LOOKUP.unreflect(component.getAccessor())
                        .asType(MethodType.methodType(Object.class, Object.class)));
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Not a public record: " + type, e);
        }
    }

    List<RecordComponent> components() {
        return components;
    }

    Object make(@Nullable Object... values) {
        try {
            return constructor.invokeExact(values);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("A record's constructor threw a checked exception", e);
        }
    }

    @Nullable
    Object component(Object record, int index) {
        try {
            return accessors.get(index).invokeExact(record);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("A record's accessor threw a checked exception", e);
        }
    }

    Object required(Object record, int index) {
        return Objects.requireNonNull(component(record, index), "a component that must not be null");
    }
}
