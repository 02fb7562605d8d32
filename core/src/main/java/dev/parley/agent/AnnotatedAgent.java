package dev.parley.agent;

import dev.parley.OnConnect;
import dev.parley.OnDisconnect;
import dev.parley.OnMessage;
import dev.parley.Realtime;
import dev.parley.RealtimeException;
import dev.parley.RealtimeSessionConfig;
import dev.parley.Subscribe;
import dev.parley.TurnDetection;
import dev.parley.VoiceAgent;
import dev.parley.protocol.EventType;
import dev.parley.tool.ToolMethods;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a class with {@link Realtime} says of its agent. */
public final class AnnotatedAgent {
    private static final String RESOURCE = "classpath:";

    private AnnotatedAgent() {}

    /**
     * Tells a builder all that a class says.
     *
     * @throws RealtimeException if the class cannot be an agent; the text names the class and the method
     */
    public static void read(Class<?> annotated, VoiceAgent.Builder into) {
        Class<?> type = owner(annotated);
        Realtime says = type.getAnnotation(Realtime.class);
        into.name(says.name().isEmpty() ? hyphenated(type.getSimpleName()) : says.name())
                .path(says.path())
                .greeting(says.greeting())
                .config(config(says, type));
        if (!says.provider().isEmpty()) {
            into.provider(says.provider());
        }
        into.tools(ToolMethods.of(type));
        for (Method method : methods(type)) {
            hook(method, type).forEach(into::hook);
        }
    }

    /** The class itself or the one above it that has the annotation, as proxies have. */
    private static Class<?> owner(Class<?> annotated) {
        for (Class<?> type = annotated; type != null; type = type.getSuperclass()) {
            if (type.isAnnotationPresent(Realtime.class)) {
                return type;
            }
        }
        throw new RealtimeException.InvalidConfig(
                annotated.getName() + " is no voice agent: put @Realtime on the class, or use VoiceAgent.builder()");
    }

    private static RealtimeSessionConfig config(Realtime says, Class<?> type) {
        RealtimeSessionConfig.Builder config = RealtimeSessionConfig.builder();
        if (!says.instructions().isEmpty()) {
            config.instructions(
                    says.instructions().startsWith(RESOURCE)
                            ? resource(says.instructions().substring(RESOURCE.length()), type)
                            : says.instructions());
        }
        if (!says.voice().isEmpty()) {
            config.voice(says.voice());
        }
        if (!says.model().isEmpty()) {
            config.model(says.model());
        }
        if (!says.turnDetection().isEmpty()) {
            config.turnDetection(
                    switch (says.turnDetection()) {
                        case "server_vad" -> TurnDetection.SERVER_VAD;
                        case "semantic_vad" -> new TurnDetection.SemanticVad(null);
                        case "none" -> TurnDetection.OFF;
                        default ->
                            throw new RealtimeException.InvalidConfig("turnDetection of " + type.getName() + " is '"
                                    + says.turnDetection() + "'; it may be server_vad, semantic_vad or none");
                    });
        }
        return config.build();
    }

    private static String resource(String name, Class<?> type) {
        String path = name.startsWith("/") ? name.substring(1) : name;
        ClassLoader loader = type.getClassLoader();
        try (InputStream in = loader == null ? null : loader.getResourceAsStream(path)) {
            if (in == null) {
                throw new RealtimeException.InvalidConfig("the instructions of " + type.getName()
                        + " are in the resource '" + path + "', which is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hyphenated(String className) {
        return className.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    /** The class's own methods and those that it inherits and does not override, in an order that does not change. */
    private static List<Method> methods(Class<?> type) {
        List<Method> methods = new ArrayList<>();
        Set<String> overridden = new HashSet<>();
        for (Class<?> level = type; level != null && level != Object.class; level = level.getSuperclass()) {
            List<Method> declared = new ArrayList<>(List.of(level.getDeclaredMethods()));
            declared.removeIf(method -> method.isBridge() || method.isSynthetic());
            declared.sort((a, b) -> a.toString().compareTo(b.toString()));
            for (Method method : declared) {
                if (overridden.add(method.getName() + List.of(method.getParameterTypes()))) {
                    methods.add(method);
                }
            }
        }
        return methods;
    }

    private static List<Hook> hook(Method method, Class<?> type) {
        List<Hook> hooks = new ArrayList<>();
        if (method.isAnnotationPresent(OnConnect.class)) {
            hooks.add(hook(Hook.Kind.CONNECT, Set.of(), method, type));
        }
        if (method.isAnnotationPresent(OnDisconnect.class)) {
            hooks.add(hook(Hook.Kind.DISCONNECT, Set.of(), method, type));
        }
        if (method.isAnnotationPresent(OnMessage.class)) {
            hooks.add(hook(Hook.Kind.MESSAGE, Set.of(), method, type));
        }
        Subscribe subscribed = method.getAnnotation(Subscribe.class);
        if (subscribed != null) {
            hooks.add(hook(Hook.Kind.EVENT, types(subscribed, method, type), method, type));
        }
        if (hooks.size() > 1) {
            throw fault(method, type, "has several of " + names() + "; give it one");
        }
        return hooks;
    }

    private static Hook hook(Hook.Kind kind, Set<EventType> types, Method method, Class<?> type) {
        return new Hook(kind, types, HookMethod.of(method, type, kind, types));
    }

    private static Set<EventType> types(Subscribe subscribed, Method method, Class<?> type) {
        Set<EventType> types = new HashSet<>();
        for (String name : subscribed.value()) {
            types.add(EventType.known(name)
                    .orElseThrow(() -> fault(
                            method,
                            type,
                            "subscribes to '" + name + "', which is no event of OpenAI Realtime; is it misspelt?")));
        }
        if (types.isEmpty()) {
            throw fault(method, type, "subscribes to no event; name one");
        }
        return types;
    }

    private static String names() {
        List<Class<? extends Annotation>> annotations =
                List.of(OnConnect.class, OnDisconnect.class, OnMessage.class, Subscribe.class);
        return annotations.stream()
                .map(each -> "@" + each.getSimpleName())
                .toList()
                .toString();
    }

    static RealtimeException fault(@Nullable Method method, Class<?> type, String what) {
        return new RealtimeException.InvalidConfig(
                type.getName() + (method == null ? "" : "." + method.getName()) + " " + what);
    }
}
