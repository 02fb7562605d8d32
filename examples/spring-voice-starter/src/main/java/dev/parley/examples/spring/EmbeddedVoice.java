package dev.parley.examples.spring;

import dev.parley.local.LocalOptions;
import dev.parley.local.LocalProvider;
import dev.parley.local.phrase.Phrasebook;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The provider in this process, where it is the one in use. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "parley.provider", havingValue = LocalProvider.NAME)
class EmbeddedVoice {
    /** Closed by Parley's module. */
    @Bean(destroyMethod = "")
    LocalProvider localProvider() {
        return new LocalProvider(LocalOptions.DEMO.with(Phrasebook.load("classpath:lights.phrases")));
    }

    /** Loads the models before the application is ready, so that the first caller does not wait for them. */
    @Bean
    ApplicationRunner warmUp(LocalProvider provider) {
        return arguments -> provider.warmUp((step, took) -> {});
    }
}
