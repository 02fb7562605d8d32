package dev.parley.tool;

import dev.parley.RealtimeException;
import dev.parley.Tool;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tools that the {@link Tool} methods of a class are, those of its superclasses and interfaces included. */
public final class ToolMethods {
    private ToolMethods() {}

    /**
     * The tools of an object.
     *
     * @throws RealtimeException if a method cannot be one; the text names the class, the method and the parameter
     */
    public static List<RealtimeTool> of(Object target) {
        return tools(target.getClass(), target);
    }

    /**
     * The tools of a class; each call is one of the object that the agent has in the session, see {@link ToolCall#agent}.
     *
     * @throws RealtimeException as {@link #of(Object)}
     */
    public static List<RealtimeTool> of(Class<?> type) {
        return tools(type, null);
    }

    private static List<RealtimeTool> tools(Class<?> type, @Nullable Object target) {
        Map<String, ToolMethod> tools = new LinkedHashMap<>();
        for (Method method : methods(type)) {
            ToolMethod tool = ToolMethod.of(method, method.getAnnotation(Tool.class), target);
            ToolMethod other = tools.put(tool.spec().name(), tool);
            if (other != null) {
                throw new RealtimeException.InvalidConfig(other.place() + " and " + tool.place()
                        + " are both the tool '" + tool.spec().name() + "'; name one of them with @Tool(name = …)");
            }
        }
        return List.copyOf(tools.values());
    }

    /** The methods with the annotation, each once however many classes declare it. */
    private static List<Method> methods(Class<?> type) {
        Map<List<Object>, Method> found = new LinkedHashMap<>();
        for (Class<?> declaring : lineage(type)) {
            Method[] declared = declaring.getDeclaredMethods();
            // The JVM gives them in no order of its own.
            Arrays.sort(declared, Comparator.comparing(Method::getName).thenComparing(Method::toString));
            for (Method method : declared) {
                if (method.isAnnotationPresent(Tool.class) && !method.isBridge()) {
                    if (Modifier.isPrivate(method.getModifiers())) {
                        throw new RealtimeException.InvalidConfig(
                                ToolMethod.place(method) + " is a tool and private; make it visible in its package");
                    }
                    found.putIfAbsent(List.of(method.getName(), List.of(method.getParameterTypes())), method);
                }
            }
        }
        return new ArrayList<>(found.values());
    }

    /** The class, its superclasses, then all of their interfaces. */
    private static Set<Class<?>> lineage(Class<?> type) {
        Set<Class<?>> lineage = new LinkedHashSet<>();
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            lineage.add(each);
        }
        for (Class<?> each : List.copyOf(lineage)) {
            interfaces(each, lineage);
        }
        return lineage;
    }

    private static void interfaces(Class<?> of, Set<Class<?>> into) {
        for (Class<?> each : of.getInterfaces()) {
            into.add(each);
            interfaces(each, into);
        }
    }
}
