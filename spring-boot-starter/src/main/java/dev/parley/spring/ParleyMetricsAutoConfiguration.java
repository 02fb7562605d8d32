package dev.parley.spring;

import dev.parley.RealtimeService;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** What the sessions do, for Micrometer. */
@AutoConfiguration(after = ParleyAutoConfiguration.class)
@ConditionalOnClass(MeterBinder.class)
@ConditionalOnBean(RealtimeService.class)
public final class ParleyMetricsAutoConfiguration {
    ParleyMetricsAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    SessionMeters parleySessionMeters(RealtimeService service) {
        return new SessionMeters(service::metrics);
    }
}
