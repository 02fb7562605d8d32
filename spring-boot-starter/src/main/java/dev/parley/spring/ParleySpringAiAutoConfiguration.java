package dev.parley.spring;

import dev.parley.spring.ai.SpringAiTools;
import java.util.Arrays;
import java.util.stream.Stream;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.ToolCallbackProvider;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** The tools that are beans of Spring AI, for the voice agents. */
@AutoConfiguration(before = ParleyAutoConfiguration.class)
@ConditionalOnClass(ToolCallback.class)
public final class ParleySpringAiAutoConfiguration {
    ParleySpringAiAutoConfiguration() {}

    /** An application that has a bean of this name decides by itself which of them voice agents get. */
    @Bean
    @ConditionalOnMissingBean(name = "springAiToolSource")
    ToolSource springAiToolSource(
            ObjectProvider<ToolCallback> callbacks, ObjectProvider<ToolCallbackProvider> providers) {
        return () -> SpringAiTools.of(Stream.concat(
                        callbacks.orderedStream(),
                        providers.orderedStream().flatMap(each -> Arrays.stream(each.getToolCallbacks())))
                .distinct()
                .toArray(ToolCallback[]::new));
    }
}
