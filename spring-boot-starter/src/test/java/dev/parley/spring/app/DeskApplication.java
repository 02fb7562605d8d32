package dev.parley.spring.app;

import dev.parley.RealtimeService;
import dev.parley.protocol.Bytes;
import dev.parley.spring.servlet.ServletServer;
import dev.parley.transport.HttpResponse;
import dev.parley.transport.HttpStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.Map;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A front desk: a voice agent, a page about the process, and a login for one of its paths. */
@SpringBootApplication
public class DeskApplication {
    /** What the tests read. */
    static final PrintStream OUT = System.out;

    /** Starts it. */
    public static void main(String[] args) {
        SpringApplication.run(DeskApplication.class, args);
    }

    @Bean
    ApplicationListener<WebServerInitializedEvent> tellsItsPort() {
        return event -> OUT.println("PORT " + event.getWebServer().getPort());
    }

    /** Mounts an answer that goes on for as long as its client is there, before the servlet's paths are asked for. */
    @Bean
    static BeanPostProcessor ticks() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                if (bean instanceof ServletServer server) {
                    server.mountHttp(
                            "GET",
                            "/ticks/*",
                            request -> HttpResponse.streamed(
                                    200, Map.of("content-type", "text/event-stream"), to -> tick(request.path(), to)));
                }
                return bean;
            }
        };
    }

    private static void tick(String path, HttpStream.Sink to) throws IOException, InterruptedException {
        try {
            while (true) {
                to.send(Bytes.utf8("tick " + path + "\n"));
                Thread.sleep(20);
            }
        } finally {
            OUT.println("STREAM over");
        }
    }

    @Bean
    SecurityFilterChain security(HttpSecurity http) throws Exception {
        return http.authorizeHttpRequests(requests -> requests.requestMatchers("/members")
                        .authenticated()
                        .anyRequest()
                        .permitAll())
                .httpBasic(Customizer.withDefaults())
                .csrf(csrf -> csrf.disable())
                .build();
    }

    @Bean
    UserDetailsService guests() {
        return new InMemoryUserDetailsManager(
                User.withUsername("ada").password("{noop}lovelace").build());
    }

    /** What the tests ask of the process. */
    @RestController
    static final class Probe {
        private final RealtimeService service;

        Probe(RealtimeService service) {
            this.service = service;
        }

        @GetMapping("/probe/sessions")
        String sessions() {
            return Integer.toString(service.getSessionCount());
        }

        /** The heap in use after a collection, in bytes. */
        @GetMapping("/probe/heap")
        String heap() {
            System.gc();
            return Long.toString(
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }

        @GetMapping("/probe/threads")
        String threads() {
            return Integer.toString(ManagementFactory.getThreadMXBean().getThreadCount());
        }
    }
}
