package dev.parley.spring;

import dev.parley.RealtimeModuleOptions;

/** A bean that changes the module's options after the properties have set them. */
@FunctionalInterface
public interface RealtimeModuleOptionsCustomizer {
    /** Changes what is to be changed; several are called in the order of their beans. */
    void customize(RealtimeModuleOptions.Builder options);
}
