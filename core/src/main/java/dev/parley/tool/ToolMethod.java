package dev.parley.tool;

import dev.parley.P;
import dev.parley.RealtimeException;
import dev.parley.RealtimeSession;
import dev.parley.Tool;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.security.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A {@link Tool} method as a tool. */
final class ToolMethod implements RealtimeTool {
    private static final Pattern WORD = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

    private final Method method;
    private final @Nullable Object target;
    private final ToolSpec spec;
    private final Arguments arguments;
    /** For each parameter of the method what it is given; null: the next argument. */
    private final List<Optional<Function<ToolCall, Object>>> given;

    private ToolMethod(
            Method method,
            @Nullable Object target,
            ToolSpec spec,
            Arguments arguments,
            List<Optional<Function<ToolCall, Object>>> given) {
        this.method = method;
        this.target = target;
        this.spec = spec;
        this.arguments = arguments;
        this.given = List.copyOf(given);
    }

    /**
     * The tool that a method is.
     *
     * @param target whose method it is; null: the agent's object of the session
     * @throws RealtimeException if it cannot be one
     */
    static ToolMethod of(Method method, Tool tool, @Nullable Object target) {
        String place = place(method);
        if (tool.value().isBlank()) {
            throw new RealtimeException.InvalidConfig(
                    place + " is a tool without a description; tell the model in @Tool(\"…\") what it does");
        }
        Arguments arguments = new Arguments();
        List<Optional<Function<ToolCall, Object>>> given = new ArrayList<>();
        for (Parameter parameter : method.getParameters()) {
            Optional<Function<ToolCall, Object>> gift = given(parameter.getParameterizedType());
            if (gift.isEmpty()) {
                P described = parameter.getAnnotation(P.class);
                String named = place + ": the parameter '" + parameter.getName() + "'";
                Arguments.checkNamed(parameter.isNamePresent(), described, named);
                arguments.add(
                        parameter.getName(), described, parameter.getParameterizedType(), new ArgumentTypes(named));
            }
            given.add(gift);
        }
        try {
            method.setAccessible(true);
            Optional<ToolSpec.Meanwhile> meanwhile = tool.meanwhile().isBlank()
                    ? Optional.empty()
                    : Optional.of(new ToolSpec.Meanwhile(tool.meanwhile(), Duration.ofMillis(tool.meanwhileAfterMs())));
            ToolSpec spec = new ToolSpec(
                    tool.name().isEmpty() ? snakeCase(method.getName()) : tool.name(),
                    tool.value(),
                    arguments.schema(),
                    Duration.ofMillis(tool.timeoutMs()),
                    tool.approval(),
                    meanwhile);
            return new ToolMethod(method, target, spec, arguments, given);
        } catch (RealtimeException e) {
            throw new RealtimeException.InvalidConfig(place + ": " + e.getMessage());
        } catch (InaccessibleObjectException e) {
            throw new RealtimeException.InvalidConfig(
                    place + " cannot be called by Parley; open its package to dev.parley.core in module-info.java");
        }
    }

    /** What a parameter is given that is no argument of the model's; empty: it is one. */
    private static Optional<Function<ToolCall, Object>> given(Type type) {
        if (type == ToolCall.class) {
            return Optional.of(call -> call);
        }
        if (type instanceof Class<?> raw && RealtimeSession.class.isAssignableFrom(raw)) {
            return Optional.of(ToolCall::session);
        }
        if (type instanceof ParameterizedType generic
                && generic.getRawType() == Optional.class
                && generic.getActualTypeArguments()[0] == Principal.class) {
            return Optional.of(call -> call.session().principal());
        }
        return Optional.empty();
    }

    private static String snakeCase(String name) {
        return WORD.matcher(name).replaceAll("_").toLowerCase(Locale.ROOT);
    }

    /** A method as it is named to whoever has to change it. */
    static String place(Method method) {
        return method.getDeclaringClass().getName() + "." + method.getName() + "()";
    }

    String place() {
        return place(method);
    }

    @Override
    public ToolSpec spec() {
        return spec;
    }

    @Override
    public @Nullable Object call(ToolCall call) throws Exception {
        @Nullable Object[] read;
        try {
            read = arguments.read(call.arguments(), "");
        } catch (ArgumentFault fault) {
            throw new ToolException(ToolRun.NOT_CALLED + fault.words() + ".");
        }
        @Nullable Object[] values = new @Nullable Object[given.size()];
        int next = 0;
        for (int i = 0; i < values.length; i++) {
            Function<ToolCall, Object> gift = given.get(i).orElse(null);
            values[i] = gift == null ? read[next++] : gift.apply(call);
        }
        try {
            return method.invoke(on(call), values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Exception thrown) {
                throw thrown;
            }
            throw e;
        }
    }

    private @Nullable Object on(ToolCall call) {
        if (Modifier.isStatic(method.getModifiers())) {
            return null;
        }
        Object on = target == null ? call.agent() : target;
        if (!method.getDeclaringClass().isInstance(on)) {
            throw new RealtimeException.InvalidConfig(
                    place() + " is a tool of an agent that has no such object; give the"
                            + " agent one, or make the tools with ToolMethods.of(object)");
        }
        return on;
    }
}
