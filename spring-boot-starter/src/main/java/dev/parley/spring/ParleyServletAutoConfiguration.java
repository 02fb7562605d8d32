package dev.parley.spring;

import dev.parley.RealtimeGateway;
import dev.parley.RealtimeModuleOptions;
import dev.parley.spring.servlet.GatewayServlet;
import dev.parley.spring.servlet.ServletServer;
import jakarta.servlet.Servlet;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The gateway on the application's own server. */
@AutoConfiguration(after = ParleyAutoConfiguration.class)
@ConditionalOnClass(Servlet.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean(RealtimeGateway.class)
public final class ParleyServletAutoConfiguration {
    ParleyServletAutoConfiguration() {}

    @Bean(destroyMethod = "")
    @ConditionalOnMissingBean
    ServletServer parleyServer(RealtimeGateway gateway) {
        ServletServer server = new ServletServer();
        gateway.attachToServer(server);
        return server;
    }

    @Bean
    @ConditionalOnMissingBean(name = "parleyServlet")
    ServletRegistrationBean<GatewayServlet> parleyServlet(ServletServer server) {
        ServletRegistrationBean<GatewayServlet> registration = new ServletRegistrationBean<>(
                new GatewayServlet(server), server.paths().toArray(String[]::new));
        registration.setName("parley");
        return registration;
    }

    /** Looks for controllers behind the gateway's paths, which nobody would reach. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(RequestMappingHandlerMapping.class)
    static final class Controllers {
        Controllers() {}

        @Bean
        SmartInitializingSingleton parleyPathCheck(
                ServletServer server,
                RealtimeModuleOptions options,
                ObjectProvider<RequestMappingHandlerMapping> controllers) {
            return () -> controllers.stream()
                    .forEach(each -> PathTakenException.check(each, server.paths(), options.agents()));
        }
    }
}
