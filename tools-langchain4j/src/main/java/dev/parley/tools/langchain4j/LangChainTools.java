package dev.parley.tools.langchain4j;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.agent.tool.ToolSpecifications;
import dev.parley.RealtimeException;
import dev.parley.protocol.Json;
import dev.parley.tool.RealtimeTool;
import dev.parley.tool.ToolSpec;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * Objects with {@link Tool} methods of LangChain4j as tools of a voice agent, with the names, descriptions and schemas
 * that LangChain4j gives them. A method may be called by several sessions at once.
 *
 * <p>A parameter with {@link dev.langchain4j.agent.tool.ToolMemoryId} gets the session's id; an
 * {@link dev.langchain4j.invocation.InvocationParameters} holds the {@link dev.parley.RealtimeSession} under
 * {@link #SESSION}. What a method returns is told to the model whatever its
 * {@link dev.langchain4j.agent.tool.ReturnBehavior}. Of what it throws, the model is told the words of a
 * {@link dev.parley.tool.ToolException} or of LangChain4j's own
 * {@link dev.langchain4j.exception.ToolExecutionException}; else only that it failed.
 */
public final class LangChainTools {
    /** The session's name among the parameters of an invocation. */
    public static final String SESSION = "session";

    private LangChainTools() {}

    /**
     * The tools of these objects.
     *
     * @throws RealtimeException if one has none, two have one name, or a method cannot be one; the text names the class
     *     and the method
     */
    public static List<RealtimeTool> of(Object... objects) {
        List<RealtimeTool> tools = new ArrayList<>();
        Map<String, Method> named = new HashMap<>();
        for (Object object : objects) {
            List<Method> methods = methods(object.getClass());
            if (methods.isEmpty()) {
                throw new RealtimeException.InvalidConfig(
                        "the class " + object.getClass().getName()
                                + " has no method with LangChain4j's @Tool; give an object of a class that has");
            }
            for (Method method : methods) {
                RealtimeTool tool = tool(object, method);
                Method other = named.put(tool.spec().name(), method);
                if (other != null) {
                    throw new RealtimeException.InvalidConfig(
                            "the tools " + name(other) + " and " + name(method) + " have one name, '"
                                    + tool.spec().name() + "'; give one of them another with @Tool(name)");
                }
                tools.add(tool);
            }
        }
        return List.copyOf(tools);
    }

    private static RealtimeTool tool(Object object, Method method) {
        ToolSpecification told;
        try {
            told = ToolSpecifications.toolSpecificationFrom(method);
        } catch (RuntimeException e) {
            throw new RealtimeException.InvalidConfig(
                    "LangChain4j makes no tool of " + name(method) + ": " + e.getMessage());
        }
        ObjectNode json = Json.parse(told.toJson().getBytes(StandardCharsets.UTF_8));
        ObjectNode parameters = json.path("parameters") instanceof ObjectNode schema ? schema : Json.object();
        if (parameters.isEmpty()) {
            parameters.put("type", "object").putObject("properties");
        }
        ToolMethod body = new ToolMethod(object, method);
        try {
            return RealtimeTool.of(
                    ToolSpec.of(told.name(), json.path("description").asString(""), parameters), body::call);
        } catch (RealtimeException e) {
            throw new RealtimeException.InvalidConfig(name(method) + ": " + e.getMessage());
        }
    }

    /** A proxy's methods carry no annotations; those that they override do. */
    private static List<Method> methods(Class<?> type) {
        List<Method> found = new ArrayList<>();
        Set<List<Object>> seen = new HashSet<>();
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            collect(each, found, seen);
            for (Class<?> promised : each.getInterfaces()) {
                collect(promised, found, seen);
            }
        }
        return found;
    }

    private static void collect(Class<?> from, List<Method> found, Set<List<Object>> seen) {
        for (Method method : from.getDeclaredMethods()) {
            if (method.isAnnotationPresent(Tool.class)
                    && !method.isBridge()
                    && seen.add(List.of(method.getName(), Arrays.asList(method.getParameterTypes())))) {
                found.add(method);
            }
        }
    }

    static String name(Method method) {
        return method.getDeclaringClass().getName() + "." + method.getName();
    }
}
