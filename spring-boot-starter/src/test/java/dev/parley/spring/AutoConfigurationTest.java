package dev.parley.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ConversationListener;
import dev.parley.Realtime;
import dev.parley.RealtimeGateway;
import dev.parley.RealtimeModule;
import dev.parley.RealtimeModuleOptions;
import dev.parley.RealtimeService;
import dev.parley.Tool;
import dev.parley.VoiceAgent;
import dev.parley.guardrail.Guardrail;
import dev.parley.protocol.Json;
import dev.parley.spring.servlet.ServletServer;
import dev.parley.testkit.MemoryProvider;
import dev.parley.tool.RealtimeTool;
import dev.parley.tool.ToolApproval;
import dev.parley.tool.ToolSpec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Which beans an application gets, what its properties set, and what it is told when they are wrong. */
class AutoConfigurationTest {
    private final WebApplicationContextRunner application = new WebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    ParleyAutoConfiguration.class,
                    ParleyServletAutoConfiguration.class,
                    ParleyHealthAutoConfiguration.class,
                    ParleyMetricsAutoConfiguration.class,
                    DispatcherServletAutoConfiguration.class,
                    WebMvcAutoConfiguration.class))
            .withPropertyValues("parley.openai.api-key=sk-marker");

    private static FailureAnalysis analysis(@Nullable Throwable failure) {
        Throwable told = Objects.requireNonNull(failure, "the application started");
        FailureAnalysis found = new InvalidConfigAnalyzer().analyze(told);
        if (found == null) {
            found = new PathTakenAnalyzer().analyze(told);
        }
        return Objects.requireNonNull(found, () -> "nobody explains " + told);
    }

    @Test
    void needsNothingButAKey() {
        application.run(context -> {
            assertThat(context)
                    .hasSingleBean(RealtimeModule.class)
                    .hasSingleBean(RealtimeService.class)
                    .hasSingleBean(RealtimeGateway.class);
            assertThat(context.getBean(RealtimeModuleOptions.class).defaultProvider())
                    .isEqualTo("openai");
            assertThat(context.getBean(ServletServer.class).paths())
                    .contains("/realtime", "/v1/realtime", "/v1/realtime/client_secrets");
        });
    }

    @Test
    void canBeSwitchedOff() {
        application
                .withPropertyValues("parley.enabled=false")
                .run(context -> assertThat(context)
                        .doesNotHaveBean(RealtimeModule.class)
                        .doesNotHaveBean(ServletServer.class)
                        .doesNotHaveBean(SessionMeters.class));
    }

    @Test
    void theApplicationsOwnBeansComeFirst() {
        RealtimeModuleOptions own = RealtimeModuleOptions.builder()
                .openaiApiKey("sk-own")
                .path("/own")
                .build();
        application.withBean(RealtimeModuleOptions.class, () -> own).run(context -> {
            assertThat(context.getBean(RealtimeModuleOptions.class)).isSameAs(own);
            assertThat(context.getBean(ServletServer.class).paths())
                    .contains("/own")
                    .doesNotContain("/realtime");
        });
    }

    @Test
    void propertiesSetTheOptions() {
        application
                .withPropertyValues(
                        "parley.path=/voice",
                        "parley.session.instructions=classpath:members.txt",
                        "parley.session.voice=cedar",
                        "parley.session.turn-detection=none",
                        "parley.allowed-origins=https://example.org,https://example.com",
                        "parley.mirror-transcripts=true",
                        "parley.access=open",
                        "parley.keys.app.key=ek-app",
                        "parley.keys.app.max-sessions=3",
                        "parley.max-sessions=7",
                        "parley.buffers=64MB",
                        "parley.limits.stuck=3s",
                        "parley.limits.max-message=1MB")
                .run(context -> {
                    RealtimeModuleOptions options = context.getBean(RealtimeModuleOptions.class);
                    assertThat(options.path()).isEqualTo("/voice");
                    assertThat(options.defaultSessionConfig()
                                    .session()
                                    .orElseThrow()
                                    .at("/instructions")
                                    .asString())
                            .startsWith("You know the members");
                    assertThat(options.defaultSessionConfig().voice()).contains("cedar");
                    assertThat(options.allowedOrigins()).hasSize(2);
                    assertThat(options.mirrorTranscripts()).isTrue();
                    assertThat(options.access().open()).isTrue();
                    assertThat(options.access().keys().getFirst().maxSessions()).hasValue(3);
                    assertThat(options.maxSessions()).isEqualTo(7);
                    assertThat(options.buffers()).isEqualTo(64 << 20);
                    assertThat(options.limits().stuck()).isEqualTo(Duration.ofSeconds(3));
                    assertThat(options.limits().maxMessage()).isEqualTo(1 << 20);
                    assertThat(context.getBean(ParleyProperties.class).toString())
                            .doesNotContain("sk-marker");
                    assertThat(options.toString()).doesNotContain("sk-marker");
                });
    }

    @Test
    void customizersHaveTheLastWord() {
        application
                .withBean(RealtimeModuleOptionsCustomizer.class, () -> options -> options.path("/custom"))
                .run(context -> assertThat(
                                context.getBean(RealtimeModuleOptions.class).path())
                        .isEqualTo("/custom"));
    }

    @Test
    void aProviderBeanIsTheDefault() {
        application
                .withPropertyValues("parley.openai.api-key=")
                .withBean(MemoryProvider.class, () -> new MemoryProvider("memory", Duration.ZERO))
                .run(context -> {
                    String name = context.getBean(MemoryProvider.class).name();
                    assertThat(context.getBean(RealtimeModuleOptions.class).defaultProvider())
                            .isEqualTo(name);
                    assertThat(context.getBean(RealtimeModule.class).provider(name))
                            .isSameAs(context.getBean(MemoryProvider.class));
                });
    }

    @Test
    void saysAtStartWhatIsMissing() {
        application
                .withPropertyValues("parley.openai.api-key=", "parley.variables.OPENAI_API_KEY=")
                .run(context -> {
                    FailureAnalysis told = analysis(context.getStartupFailure());
                    assertThat(told.getDescription()).contains("OPENAI_API_KEY is not set");
                    assertThat(told.getAction()).contains("parley.openai.api-key");
                });
        application
                .withPropertyValues("parley.provider=nobody")
                .run(context -> assertThat(analysis(context.getStartupFailure()).getDescription())
                        .contains("there is no provider 'nobody'"));
        application
                .withPropertyValues("parley.limits.high-water=64MB")
                .run(context -> assertThat(analysis(context.getStartupFailure()).getDescription())
                        .contains("parley.limits: ")
                        .contains("outbox"));
        application
                .withPropertyValues("parley.session.instructions=classpath:nowhere.txt")
                .run(context -> assertThat(analysis(context.getStartupFailure()).getDescription())
                        .contains("classpath:nowhere.txt"));
        application
                .withPropertyValues("parley.path=realtime")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("parley.path is 'realtime'"));
        application
                .withPropertyValues("parley.agents.nobody.tools=a")
                .run(context -> assertThat(analysis(context.getStartupFailure()).getDescription())
                        .contains("nobody"));
    }

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

    private static @Nullable Status status(HealthIndicator health) {
        return Objects.requireNonNull(health.health()).getStatus();
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
                .run(context -> assertThat(analysis(context.getStartupFailure()).getDescription())
                        .contains("Secretive.hidden is final"));
    }

    @Test
    void saysWhichAgentsAreWrong() {
        application.withBean(Clerk.class).withBean(SecondClerk.class).run(context -> {
            FailureAnalysis told = analysis(context.getStartupFailure());
            assertThat(told.getDescription()).contains("have one path, '/clerk'");
            assertThat(told.getAction()).contains("@Realtime(path");
        });
        application
                .withBean(Broken.class)
                .run(context -> assertThat(analysis(context.getStartupFailure()).getDescription())
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
            FailureAnalysis told = analysis(context.getStartupFailure());
            assertThat(told.getDescription())
                    .contains("/clerk")
                    .contains("'clerk'")
                    .contains("Blocker.page");
        });
    }

    @Test
    void tellsHealthAndMetrics() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        application.run(context -> {
            HealthIndicator health = context.getBean(HealthIndicator.class);
            assertThat(status(health)).isEqualTo(Status.UP);
            context.getBean(SessionMeters.class).bindTo(registry);
            assertThat(registry.get("parley.sessions").gauge().value()).isZero();
            assertThat(registry.get("parley.refusals")
                            .tag("reason", "origin_not_allowed")
                            .functionCounter()
                            .count())
                    .isZero();
            context.getBean(ParleyLifecycle.class).stop();
            assertThat(status(health)).isEqualTo(Status.OUT_OF_SERVICE);
        });
        application
                .withPropertyValues("management.health.parley.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(HealthIndicator.class));
    }

    @Test
    void needsNeitherActuatorNorWebMvc() {
        application
                .withClassLoader(new FilteredClassLoader("org.springframework.boot.health", "io.micrometer"))
                .run(context ->
                        assertThat(context).hasSingleBean(ServletServer.class).doesNotHaveBean(SessionMeters.class));
    }
}
