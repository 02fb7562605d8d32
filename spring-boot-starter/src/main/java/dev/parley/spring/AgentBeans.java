package dev.parley.spring;

import dev.parley.ConversationListener;
import dev.parley.OnConnect;
import dev.parley.OnDisconnect;
import dev.parley.OnMessage;
import dev.parley.Realtime;
import dev.parley.RealtimeException;
import dev.parley.Subscribe;
import dev.parley.Tool;
import dev.parley.VoiceAgent;
import dev.parley.guardrail.Guardrail;
import dev.parley.tool.RealtimeTool;
import dev.parley.tool.ToolApproval;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.io.ResourceLoader;
import org.springframework.util.ClassUtils;

/**
 * The application's voice agents: its {@link VoiceAgent} beans and its beans of classes with {@link Realtime}, each given
 * the tools, guardrails, listeners and the approval that are beans, but for what it has of its own.
 */
final class AgentBeans {
    private static final List<Class<? extends Annotation>> CALLED =
            List.of(OnConnect.class, OnDisconnect.class, OnMessage.class, Subscribe.class, Tool.class);

    private final ConfigurableListableBeanFactory beans;
    private final ResourceLoader resources;
    private final Map<String, ParleyProperties.Agent> settings;
    private final List<RealtimeTool> shared = new ArrayList<>();

    AgentBeans(
            ConfigurableListableBeanFactory beans,
            ResourceLoader resources,
            Map<String, ParleyProperties.Agent> settings) {
        this.beans = beans;
        this.resources = resources;
        this.settings = settings;
    }

    /** The agents, ready to be mounted. */
    List<VoiceAgent> agents() {
        List<VoiceAgent> found = new ArrayList<>();
        beans.getBeanProvider(RealtimeTool.class).orderedStream().forEach(shared::add);
        beans.getBeanProvider(ToolSource.class).orderedStream().forEach(source -> shared.addAll(source.tools()));
        ToolApproval approval = beans.getBeanProvider(ToolApproval.class).getIfUnique();
        for (String name : beans.getBeanNamesForAnnotation(Realtime.class)) {
            if (!ScopedProxyUtils.isScopedTarget(name)) {
                found.add(annotated(name, approval));
            }
        }
        found.addAll(beans.getBeanProvider(VoiceAgent.class).orderedStream().toList());
        List<VoiceAgent> agents =
                found.stream().map(agent -> complete(agent, approval)).toList();
        Set<String> unknown = new TreeSet<>(settings.keySet());
        agents.forEach(agent -> unknown.remove(agent.name()));
        if (!unknown.isEmpty()) {
            throw new RealtimeException.InvalidConfig("the properties parley.agents name " + unknown
                    + ", and there is no such agent; there are "
                    + agents.stream().map(VoiceAgent::name).sorted().toList());
        }
        return agents;
    }

    private VoiceAgent annotated(String name, @Nullable ToolApproval approval) {
        Class<?> known = AutoProxyUtils.determineTargetClass(beans, name);
        if (known == null) {
            throw new RealtimeException.InvalidConfig("the class of the bean '" + name + "' cannot be told");
        }
        Class<?> type = ClassUtils.getUserClass(known);
        if (!beans.isPrototype(name)) {
            checkProxy(name, beans.getBean(name), type);
        }
        VoiceAgent.Builder agent = VoiceAgent.builder();
        if (approval != null) {
            agent.approval(approval);
        }
        return agent.annotated(type, () -> type.cast(beans.getBean(name))).build();
    }

    /** A proxy that is no subclass, or a method that it does not pass on, would be called without the bean behind it. */
    private static void checkProxy(String name, Object bean, Class<?> type) {
        if (!AopUtils.isAopProxy(bean)) {
            return;
        }
        if (!type.isInstance(bean)) {
            throw new RealtimeException.InvalidConfig("the bean '" + name + "' is a proxy that is no " + type.getName()
                    + ", so that the methods of the agent cannot be called on it: set"
                    + " spring.aop.proxy-target-class=true, or take the annotations that need the proxy off the class");
        }
        for (Method method : type.getDeclaredMethods()) {
            boolean called = CALLED.stream().anyMatch(method::isAnnotationPresent);
            if (called && Modifier.isFinal(method.getModifiers())) {
                throw new RealtimeException.InvalidConfig(type.getName() + "." + method.getName()
                        + " is final, and the bean '" + name
                        + "' is a proxy, which passes on no such methods: take the 'final' away");
            }
        }
    }

    private VoiceAgent complete(VoiceAgent agent, @Nullable ToolApproval approval) {
        ParleyProperties.Agent set = settings.get(agent.name());
        VoiceAgent.Builder more = agent.toBuilder();
        if (agent.approval().isEmpty() && approval != null) {
            more.approval(approval);
        }
        beans.getBeanProvider(Guardrail.class)
                .orderedStream()
                .filter(each -> !agent.guardrails().contains(each))
                .forEach(more::guardrail);
        beans.getBeanProvider(ConversationListener.class)
                .orderedStream()
                .filter(each -> !agent.listeners().contains(each))
                .forEach(more::listener);
        more.tools(tools(agent, set == null ? null : set.tools()));
        if (set != null) {
            if (set.provider() != null) {
                more.provider(set.provider());
            }
            more.config(set.session().config(resources));
        }
        return more.build();
    }

    /** The tool beans that an agent gets: all, or those that its property names, but none in place of its own. */
    private List<RealtimeTool> tools(VoiceAgent agent, @Nullable List<String> named) {
        Set<String> missing = named == null ? new HashSet<>() : new HashSet<>(named);
        List<RealtimeTool> given = new ArrayList<>();
        for (RealtimeTool tool : shared) {
            String name = tool.spec().name();
            missing.remove(name);
            if (agent.tools().named(name).isEmpty() && (named == null || named.contains(name))) {
                given.add(tool);
            }
        }
        missing.removeIf(name -> agent.tools().named(name).isPresent());
        if (!missing.isEmpty()) {
            throw new RealtimeException.InvalidConfig("the property parley.agents." + agent.name() + ".tools names "
                    + missing + ", and there is no bean of a tool with such a name");
        }
        return given;
    }
}
