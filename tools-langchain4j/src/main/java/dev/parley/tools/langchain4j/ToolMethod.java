package dev.parley.tools.langchain4j;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.ToolMemoryId;
import dev.langchain4j.data.image.Image;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.exception.ToolExecutionException;
import dev.langchain4j.internal.Json;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.invocation.InvocationParameters;
import dev.langchain4j.invocation.LangChain4jManaged;
import dev.parley.RealtimeException;
import dev.parley.tool.ToolCall;
import dev.parley.tool.ToolException;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A method of an object, called with the arguments of a tool's call. JSON is bound to Java by LangChain4j's own codec,
 * since its schemas describe what that reads: a date, for one, as an object with a year, a month and a day.
 */
final class ToolMethod {
    private final Object object;
    private final Method method;

    /**
     * The method.
     *
     * @throws RealtimeException if it cannot be called, or asks for something that there is not
     */
    ToolMethod(Object object, Method method) {
        this.object = object;
        this.method = method;
        for (Parameter parameter : method.getParameters()) {
            if (LangChain4jManaged.class.isAssignableFrom(parameter.getType())) {
                throw new RealtimeException.InvalidConfig("the parameter '" + parameter.getName() + "' of "
                        + LangChainTools.name(method) + " is a "
                        + parameter.getType().getName()
                        + ", which only LangChain4j's own agents have; make it a tool without");
            }
        }
        try {
            method.setAccessible(true);
        } catch (InaccessibleObjectException e) {
            throw new RealtimeException.InvalidConfig(LangChainTools.name(method)
                    + " cannot be called: its module does not open its package to reflection");
        }
    }

    /** Calls it. */
    @Nullable
    Object call(ToolCall call) throws Exception {
        Parameter[] parameters = method.getParameters();
        @Nullable Object[] arguments = new @Nullable Object[parameters.length];
        for (int i = 0; i < parameters.length; i++) {
            arguments[i] = argument(parameters[i], call);
        }
        Object result;
        try {
            result = method.invoke(object, arguments);
        } catch (InvocationTargetException e) {
            switch (e.getCause()) {
                case ToolExecutionException told
                when told.getMessage() != null -> throw new ToolException(told.getMessage(), told);
                case Exception thrown -> throw thrown;
                case Error thrown -> throw thrown;
                case null, default -> throw e;
            }
        }
        return result instanceof CompletionStage<?> later ? later.thenApply(ToolMethod::told) : told(result);
    }

    private @Nullable Object argument(Parameter parameter, ToolCall call) throws ToolException {
        if (parameter.isAnnotationPresent(ToolMemoryId.class)) {
            return call.session().id();
        }
        if (parameter.getType() == InvocationContext.class) {
            return InvocationContext.builder()
                    .invocationId(UUID.randomUUID())
                    .interfaceName(method.getDeclaringClass().getName())
                    .methodName(method.getName())
                    .chatMemoryId(call.session().id())
                    .invocationParameters(session(call))
                    .timestampNow()
                    .build();
        }
        if (parameter.getType() == InvocationParameters.class) {
            return session(call);
        }
        P described = parameter.getAnnotation(P.class);
        String name = described == null || described.name().isBlank() ? parameter.getName() : described.name();
        Type type = parameter.getParameterizedType();
        boolean optional = parameter.getType() == Optional.class;
        if (optional) {
            type = type instanceof ParameterizedType of ? of.getActualTypeArguments()[0] : Object.class;
        }
        JsonNode given = call.arguments().get(name);
        Object value = null;
        if (given != null && !given.isNull()) {
            value = bound(given.isString() ? given.asString() : given.toString(), given.isString(), type, name);
        } else if (described != null && !described.defaultValue().equals(P.NO_DEFAULT)) {
            value = bound(described.defaultValue(), isText(type), type, name);
        } else if (parameter.getType().isPrimitive()) {
            throw new ToolException("The argument '" + name + "' is missing.");
        }
        return optional ? Optional.ofNullable(value) : value;
    }

    private static InvocationParameters session(ToolCall call) {
        return InvocationParameters.from(LangChainTools.SESSION, call.session());
    }

    private static boolean isText(Type type) {
        return type instanceof Class<?> raw && (raw == String.class || raw == UUID.class || raw.isEnum());
    }

    private static @Nullable Object bound(String value, boolean text, Type type, String name) throws ToolException {
        if (type == String.class) {
            return value;
        }
        String json = text ? Json.toJson(value) : value;
        try {
            return Json.fromJson(json, type);
        } catch (RuntimeException e) {
            if (type instanceof Class<?> raw && raw.isEnum() && !value.equals(value.toUpperCase(Locale.ROOT))) {
                return bound(value.toUpperCase(Locale.ROOT), text, type, name);
            }
            // Without the cause, whose text quotes the argument.
            throw new ToolException("The argument '" + name + "' is not what the tool takes.");
        }
    }

    private static @Nullable Object told(@Nullable Object result) {
        return switch (result) {
            case null -> null;
            case String text -> text;
            case TextContent text -> text.text();
            case Content other -> "[" + kind(other.type().name()) + ", which cannot be told in words.]";
            case Image image -> "[" + kind("image") + ", which cannot be told in words.]";
            case Collection<?> several
            when !several.isEmpty() && several.iterator().next() instanceof Content ->
                several.stream().map(ToolMethod::told).map(String::valueOf).collect(Collectors.joining("\n"));
            default -> dev.parley.protocol.Json.mapper().readTree(Json.toJson(result));
        };
    }

    private static String kind(String type) {
        return "Something of the kind " + type.toLowerCase(Locale.ROOT);
    }
}
