package dev.parley.spring;

import dev.parley.RealtimeGateway;
import dev.parley.RealtimeModule;
import dev.parley.RealtimeModuleOptions;
import dev.parley.RealtimeService;
import dev.parley.VoiceAgent;
import dev.parley.provider.RealtimeProvider;
import dev.parley.spring.servlet.ServletServer;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.io.ResourceLoader;

/** What an application with Parley among its dependencies gets: each bean unless it has its own. */
@AutoConfiguration
@ConditionalOnProperty(name = "parley.enabled", matchIfMissing = true)
@EnableConfigurationProperties(ParleyProperties.class)
@Import(AgentScan.class)
public final class ParleyAutoConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(ParleyAutoConfiguration.class);

    ParleyAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    RealtimeModuleOptions realtimeModuleOptions(
            ParleyProperties properties,
            ConfigurableListableBeanFactory beans,
            ResourceLoader resources,
            ObjectProvider<RealtimeProvider> providers,
            ObjectProvider<RealtimeModuleOptionsCustomizer> customizers) {
        List<VoiceAgent> agents = new AgentBeans(beans, resources, properties.agents()).agents();
        RealtimeModuleOptions.Builder options = ModuleOptions.of(
                properties, resources, agents, providers.stream().toList());
        customizers.orderedStream().forEach(each -> each.customize(options));
        return options.build();
    }

    /** Asks for the providers in use at once, so that one that lacks its key is told at start and not to the first caller. */
    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    RealtimeModule realtimeModule(RealtimeModuleOptions options, ObjectProvider<RealtimeProvider> providers) {
        RealtimeModule module = RealtimeModule.forRoot(options);
        try {
            providers.orderedStream().forEach(module::addProvider);
            module.provider(options.defaultProvider());
            options.agents().forEach(agent -> agent.provider().ifPresent(module::provider));
        } catch (RuntimeException e) {
            module.close();
            throw e;
        }
        LOG.info(
                "Sessions talk to the provider '{}'; voice agents at {}",
                options.defaultProvider(),
                options.agents().stream().map(VoiceAgent::path).toList());
        return module;
    }

    @Bean(destroyMethod = "")
    @ConditionalOnMissingBean
    RealtimeService realtimeService(RealtimeModule module) {
        return module.service();
    }

    @Bean
    @ConditionalOnMissingBean
    RealtimeGateway realtimeGateway(RealtimeModule module) {
        return module.gateway();
    }

    @Bean
    @ConditionalOnMissingBean
    ParleyLifecycle parleyLifecycle(RealtimeModule module, ObjectProvider<ServletServer> server) {
        return new ParleyLifecycle(module, () -> server.ifAvailable(ServletServer::stopAccepting));
    }
}
