package dev.parley.agent;

import dev.parley.OpenAIRealtimeSession;
import dev.parley.RealtimeSession;
import dev.parley.event.ClientEvent;
import dev.parley.event.ServerEvent;
import dev.parley.event.codec.Wire;
import dev.parley.leg.CloseReason;
import dev.parley.protocol.AudioEvent;
import dev.parley.protocol.ControlEvent;
import dev.parley.protocol.Event;
import dev.parley.protocol.EventType;
import dev.parley.protocol.Json;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.security.Principal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A method of an agent's object that is called when something happens; its parameters are matched by type. */
final class HookMethod implements Hook.Body {
    /** What a parameter gets; null: the method is not called, since this is not what it asks for. */
    private interface Argument {
        @Nullable
        Object of(Occasion occasion);
    }

    private final Method method;
    private final List<Argument> arguments;

    private HookMethod(Method method, List<Argument> arguments) {
        this.method = method;
        this.arguments = arguments;
    }

    /**
     * A method for occasions of a kind.
     *
     * @param types of the events that it is called with
     * @throws dev.parley.RealtimeException if it asks for what there is not then; the text names it
     */
    static HookMethod of(Method method, Class<?> type, Hook.Kind kind, Set<EventType> types) {
        if (Modifier.isStatic(method.getModifiers()) || Modifier.isAbstract(method.getModifiers())) {
            throw AnnotatedAgent.fault(method, type, "is static or abstract; make it a method of the agent's object");
        }
        if (method.getReturnType() != void.class) {
            throw AnnotatedAgent.fault(
                    method,
                    type,
                    "returns " + method.getReturnType().getSimpleName() + ", with which nothing is done; make it void");
        }
        List<Argument> arguments = new ArrayList<>();
        for (Parameter parameter : method.getParameters()) {
            arguments.add(argument(parameter, kind, types)
                    .orElseThrow(() -> AnnotatedAgent.fault(
                            method,
                            type,
                            "has the parameter '" + parameter + "', for which there is nothing here; it may take "
                                    + takes(kind, types))));
        }
        method.setAccessible(true);
        return new HookMethod(method, arguments);
    }

    private static String takes(Hook.Kind kind, Set<EventType> types) {
        return "a RealtimeSession, an Optional<Principal>"
                + switch (kind) {
                    case CONNECT -> "";
                    case DISCONNECT -> ", a CloseReason";
                    case MESSAGE -> ", the event as ClientEvent, ControlEvent or ObjectNode";
                    case EVENT ->
                        ", the event as the record of "
                                + types.stream().map(EventType::name).sorted().toList()
                                + ", ControlEvent or ObjectNode";
                };
    }

    private static Optional<Argument> argument(Parameter parameter, Hook.Kind kind, Set<EventType> types) {
        Class<?> type = parameter.getType();
        if (type == RealtimeSession.class || type == OpenAIRealtimeSession.class) {
            return Optional.of(Occasion::session);
        }
        if (type == Optional.class
                && parameter.getParameterizedType() instanceof ParameterizedType of
                && of.getActualTypeArguments()[0] == Principal.class) {
            return Optional.of(occasion -> occasion.session().principal());
        }
        if (type == CloseReason.class && kind == Hook.Kind.DISCONNECT) {
            return Optional.of(Occasion::reason);
        }
        return kind == Hook.Kind.MESSAGE || kind == Hook.Kind.EVENT ? event(type, kind, types) : Optional.empty();
    }

    private static Optional<Argument> event(Class<?> type, Hook.Kind kind, Set<EventType> types) {
        if (type == ObjectNode.class) {
            return Optional.of(occasion -> occasion.event() == null ? null : json(occasion.event()));
        }
        if (Event.class.isAssignableFrom(type)) {
            boolean fits = type == Event.class
                    || (type == ControlEvent.class && types.stream().noneMatch(EventType::audio))
                    || (type == AudioEvent.class
                            && kind == Hook.Kind.EVENT
                            && types.stream().allMatch(EventType::audio));
            return fits ? Optional.of(occasion -> cast(type, occasion.event())) : Optional.empty();
        }
        boolean client = ClientEvent.class.isAssignableFrom(type);
        if (!client && !(ServerEvent.class.isAssignableFrom(type) && kind == Hook.Kind.EVENT)) {
            return Optional.empty();
        }
        if (kind == Hook.Kind.EVENT && !types(type).containsAll(types)) {
            return Optional.empty();
        }
        return Optional.of(occasion -> occasion.event() == null
                ? null
                : cast(
                        type,
                        client
                                ? ClientEvent.decode(json(occasion.event()))
                                : ServerEvent.decode(json(occasion.event()))));
    }

    /** The types of the events that a record, or the records of a sealed interface, are. */
    private static Set<EventType> types(Class<?> of) {
        Set<EventType> types = new HashSet<>();
        Wire.Type named = of.getAnnotation(Wire.Type.class);
        if (named != null) {
            types.add(EventType.of(named.value()));
        }
        if (of.isSealed()) {
            for (Class<?> permitted : of.getPermittedSubclasses()) {
                types.addAll(types(permitted));
            }
        }
        return types;
    }

    private static ObjectNode json(Event event) {
        return event instanceof ControlEvent control ? control.jsonOrEmpty() : Json.parse(event.wire());
    }

    private static @Nullable Object cast(Class<?> type, @Nullable Object event) {
        return type.isInstance(event) ? event : null;
    }

    @Override
    public void on(Occasion occasion) throws Exception {
        Object[] values = new Object[arguments.size()];
        for (int i = 0; i < values.length; i++) {
            Object value = arguments.get(i).of(occasion);
            if (value == null) {
                return;
            }
            values[i] = value;
        }
        try {
            method.invoke(occasion.agent(), values);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }
}
