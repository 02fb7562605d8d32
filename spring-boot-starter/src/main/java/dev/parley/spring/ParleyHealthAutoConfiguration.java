package dev.parley.spring;

import dev.parley.RealtimeService;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** The gateway's health, for Actuator: never asks a provider, whose failure is no reason to restart the application. */
@AutoConfiguration(after = ParleyAutoConfiguration.class)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean({RealtimeService.class, ParleyLifecycle.class})
public final class ParleyHealthAutoConfiguration {
    ParleyHealthAutoConfiguration() {}

    @Bean
    @ConditionalOnEnabledHealthIndicator("parley")
    @ConditionalOnMissingBean(name = "parleyHealthIndicator")
    HealthIndicator parleyHealthIndicator(RealtimeService service, ParleyLifecycle lifecycle) {
        return () -> (lifecycle.stopping() ? Health.outOfService() : Health.up())
                .withDetail("sessions", service.getSessionCount())
                .build();
    }
}
