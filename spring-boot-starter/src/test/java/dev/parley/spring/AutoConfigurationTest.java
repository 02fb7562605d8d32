package dev.parley.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.RealtimeGateway;
import dev.parley.RealtimeModule;
import dev.parley.RealtimeModuleOptions;
import dev.parley.RealtimeService;
import dev.parley.spring.servlet.ServletServer;
import dev.parley.testkit.MemoryProvider;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

/** Which beans an application gets, what its properties set, and what it is told when they are wrong. */
class AutoConfigurationTest {
    private final WebApplicationContextRunner application = Slice.application();

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
                    FailureAnalysis told = Slice.analysis(context.getStartupFailure());
                    assertThat(told.getDescription()).contains("OPENAI_API_KEY is not set");
                    assertThat(told.getAction()).contains("parley.openai.api-key");
                });
        application
                .withPropertyValues("parley.provider=nobody")
                .run(context -> assertThat(
                                Slice.analysis(context.getStartupFailure()).getDescription())
                        .contains("there is no provider 'nobody'"));
        application
                .withPropertyValues("parley.limits.high-water=64MB")
                .run(context -> assertThat(
                                Slice.analysis(context.getStartupFailure()).getDescription())
                        .contains("parley.limits: ")
                        .contains("outbox"));
        application
                .withPropertyValues("parley.session.instructions=classpath:nowhere.txt")
                .run(context -> assertThat(
                                Slice.analysis(context.getStartupFailure()).getDescription())
                        .contains("classpath:nowhere.txt"));
        application
                .withPropertyValues("parley.path=realtime")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("parley.path is 'realtime'"));
        application
                .withPropertyValues("parley.agents.nobody.tools=a")
                .run(context -> assertThat(
                                Slice.analysis(context.getStartupFailure()).getDescription())
                        .contains("nobody"));
    }

    private static @Nullable Status status(HealthIndicator health) {
        return Objects.requireNonNull(health.health()).getStatus();
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
