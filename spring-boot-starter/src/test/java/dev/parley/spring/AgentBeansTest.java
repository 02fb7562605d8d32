package dev.parley.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ConversationListener;
import dev.parley.Realtime;
import dev.parley.RealtimeModuleOptions;
import dev.parley.Tool;
import dev.parley.VoiceAgent;
import dev.parley.guardrail.Guardrail;
import dev.parley.protocol.Json;
import dev.parley.tool.RealtimeTool;
import dev.parley.tool.ToolApproval;
import dev.parley.tool.ToolSpec;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Which agents an application has, what they are given, and what is told of those that cannot be. */
class AgentBeansTest {
    private final WebApplicationContextRunner application = Slice.application();

    @Realtime(path = "/clerk", instructions = "Be brief.")
    static class Clerk {
        int calls;

        @Tool("Counts.")
        public int count() {
            return ++calls;
        }
    }

    @Realtime(path = "/clerk")
    static class SecondClerk {}

    @Realtime(path = "/broken")
    static class Broken {
        @Tool("Takes a thread.")
        public void run(Thread thread) {}
    }

    @Realtime(path = "/secretive")
    static class Secretive {
        @Tool("Nobody can call it through a proxy.")
        final int hidden() {
            return 1;
        }
    }

    private static RealtimeTool tool(String name) {
        return RealtimeTool.of(ToolSpec.of(name, "Does nothing.", Json.object().put("type", "object")), call -> "done");
    }

    @Configuration(proxyBeanMethods = false)
    static class Beans {
        @Bean
        RealtimeTool weather() {
            return tool("weather");
        }

        @Bean
        RealtimeTool count() {
            return tool("count");
        }

        @Bean
        ToolSource house() {
            return () -> List.of(tool("lights"));
        }

        @Bean
        Guardrail guardrail() {
            return () -> Set.of(Guardrail.Point.INPUT);
        }

        @Bean
        ConversationListener listener() {
            return new ConversationListener() {};
        }

        @Bean
        ToolApproval approval() {
            return call -> false;
        }

        @Bean
        VoiceAgent built(Guardrail guardrail) {
            return VoiceAgent.builder()
                    .name("built")
                    .path("/built")
                    .guardrail(guardrail)
                    .build();
        }
    }

    private static VoiceAgent agent(RealtimeModuleOptions options, String name) {
        return options.agents().stream()
                .filter(agent -> agent.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> tools(VoiceAgent agent) {
        return agent.tools().tools().stream().map(tool -> tool.spec().name()).toList();
    }

    @Test
    void agentsGetWhatTheyDoNotHaveThemselves() {
        application
                .withUserConfiguration(Beans.class)
                .withBean(Clerk.class)
                .withPropertyValues(
                        "parley.agents.built.tools=lights",
                        "parley.agents.built.session.voice=ash",
                        "parley.agents.built.provider=openai")
                .run(context -> {
                    RealtimeModuleOptions options = context.getBean(RealtimeModuleOptions.class);
                    VoiceAgent clerk = agent(options, "clerk");
                    assertThat(tools(clerk)).containsExactlyInAnyOrder("count", "weather", "lights");
                    assertThat(clerk.tools().named("count").orElseThrow()).isNotSameAs(context.getBean("count"));
                    assertThat(clerk.guardrails()).hasSize(1);
                    assertThat(clerk.listeners()).hasSize(1);
                    assertThat(clerk.approval()).isPresent();
                    assertThat(clerk.newObject())
                            .isSameAs(context.getBean(Clerk.class))
                            .isSameAs(clerk.newObject());
                    VoiceAgent built = agent(options, "built");
                    assertThat(tools(built)).containsExactly("lights");
                    assertThat(built.guardrails()).hasSize(1);
                    assertThat(built.config().voice()).contains("ash");
                    assertThat(built.provider()).contains("openai");
                });
    }

    @Configuration(proxyBeanMethods = false)
    static class Prototypes {
        @Bean
        @Scope("prototype")
        Clerk clerk() {
            return new Clerk();
        }
    }

    @Test
    void aPrototypeIsAnObjectForEachSession() {
        application.withUserConfiguration(Prototypes.class).run(context -> {
            VoiceAgent clerk = agent(context.getBean(RealtimeModuleOptions.class), "clerk");
            assertThat(clerk.newObject()).isNotSameAs(clerk.newObject());
        });
    }

    /** Puts a proxy before each agent, as transactions and metrics do. */
    static final class Proxies implements BeanPostProcessor {
        int passed;

        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
            if (!bean.getClass().isAnnotationPresent(Realtime.class)) {
                return bean;
            }
            ProxyFactory proxy = new ProxyFactory(bean);
            proxy.setProxyTargetClass(true);
            proxy.addAdvice((MethodInterceptor) call -> {
                passed++;
                return call.proceed();
            });
            return proxy.getProxy();
        }
    }

    @Test
    void callsGoThroughProxies() {
        Proxies proxies = new Proxies();
        application.withBean(Proxies.class, () -> proxies).withBean(Clerk.class).run(context -> {
            VoiceAgent clerk = agent(context.getBean(RealtimeModuleOptions.class), "clerk");
            assertThat(tools(clerk)).containsExactly("count");
            Object object = clerk.newObject();
            assertThat(object).isInstanceOf(Clerk.class);
            assertThat(((Clerk) Objects.requireNonNull(object)).count()).isEqualTo(1);
            assertThat(proxies.passed).isEqualTo(1);
        });
        application
                .withBean(Proxies.class, () -> proxies)
                .withBean(Secretive.class)
                .run(context -> assertThat(
                                Slice.analysis(context.getStartupFailure()).getDescription())
                        .contains("Secretive.hidden is final"));
    }

    @Test
    void saysWhichAgentsAreWrong() {
        application.withBean(Clerk.class).withBean(SecondClerk.class).run(context -> {
            FailureAnalysis told = Slice.analysis(context.getStartupFailure());
            assertThat(told.getDescription()).contains("have one path, '/clerk'");
            assertThat(told.getAction()).contains("@Realtime(path");
        });
        application
                .withBean(Broken.class)
                .run(context -> assertThat(
                                Slice.analysis(context.getStartupFailure()).getDescription())
                        .contains(Broken.class.getName())
                        .contains("run"));
    }

    @RestController
    static class Blocker {
        @GetMapping("/clerk")
        String page() {
            return "never seen";
        }
    }

    @Test
    void saysWhichPathIsTaken() {
        application.withBean(Clerk.class).withBean(Blocker.class).run(context -> {
            FailureAnalysis told = Slice.analysis(context.getStartupFailure());
            assertThat(told.getDescription())
                    .contains("/clerk")
                    .contains("'clerk'")
                    .contains("Blocker.page");
        });
    }
}
