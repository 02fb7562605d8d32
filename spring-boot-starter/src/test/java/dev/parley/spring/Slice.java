package dev.parley.spring;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;

/** An application's context without its server. */
final class Slice {
    private Slice() {}

    /** With all of the starter, Spring MVC and a key. */
    static WebApplicationContextRunner application() {
        return new WebApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        ParleyAutoConfiguration.class,
                        ParleyServletAutoConfiguration.class,
                        ParleyHealthAutoConfiguration.class,
                        ParleyMetricsAutoConfiguration.class,
                        DispatcherServletAutoConfiguration.class,
                        WebMvcAutoConfiguration.class))
                .withPropertyValues("parley.openai.api-key=sk-marker");
    }

    /** What somebody is told whose application did not start. */
    static FailureAnalysis analysis(@Nullable Throwable failure) {
        Throwable told = Objects.requireNonNull(failure, "the application started");
        FailureAnalysis found = new InvalidConfigAnalyzer().analyze(told);
        if (found == null) {
            found = new PathTakenAnalyzer().analyze(told);
        }
        return Objects.requireNonNull(found, () -> "nobody explains " + told);
    }
}
