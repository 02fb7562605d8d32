package dev.parley.spring;

import dev.parley.Realtime;
import java.util.Set;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanNameGenerator;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.context.annotation.AnnotationBeanNameGenerator;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.context.annotation.Scope;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/**
 * Makes beans of the application's classes with {@link Realtime} that are none yet, below the package of the application's
 * main class; a {@link Scope} on the class counts.
 */
final class AgentScan implements ImportBeanDefinitionRegistrar {
    private final BeanFactory beans;
    private final Environment environment;
    private final ResourceLoader resources;

    AgentScan(BeanFactory beans, Environment environment, ResourceLoader resources) {
        this.beans = beans;
        this.environment = environment;
        this.resources = resources;
    }

    @Override
    public void registerBeanDefinitions(
            AnnotationMetadata imports, BeanDefinitionRegistry registry, BeanNameGenerator names) {
        if (!AutoConfigurationPackages.has(beans)) {
            return;
        }
        ClassPathScanningCandidateComponentProvider scan =
                new ClassPathScanningCandidateComponentProvider(false, environment);
        scan.setResourceLoader(resources);
        scan.addIncludeFilter(new AnnotationTypeFilter(Realtime.class));
        for (String place : AutoConfigurationPackages.get(beans)) {
            Set<BeanDefinition> found = scan.findCandidateComponents(place);
            found.forEach(each -> register(each, registry));
        }
    }

    private void register(BeanDefinition definition, BeanDefinitionRegistry registry) {
        Class<?> type =
                ClassUtils.resolveClassName(String.valueOf(definition.getBeanClassName()), resources.getClassLoader());
        if (((ListableBeanFactory) beans).getBeanNamesForType(type, true, false).length > 0) {
            return;
        }
        Scope scope = type.getAnnotation(Scope.class);
        if (scope != null) {
            definition.setScope(scope.value());
        }
        registry.registerBeanDefinition(
                AnnotationBeanNameGenerator.INSTANCE.generateBeanName(definition, registry), definition);
    }
}
