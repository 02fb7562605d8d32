package dev.parley.examples;

import dev.parley.RealtimeModule;
import dev.parley.RealtimeModuleOptions;
import dev.parley.VoiceAgent;
import dev.parley.local.LocalOptions;
import dev.parley.local.LocalProvider;
import dev.parley.local.phrase.Phrasebook;
import java.util.Map;

/** The module that an example runs in: on OpenAI if there is a key for it, else on the embedded provider. */
public final class ExampleModule {
    private ExampleModule() {}

    /**
     * A module with these agents, ready for its first caller.
     *
     * @param environment its {@code OPENAI_API_KEY} decides
     * @param phrases what the embedded provider is to understand, see {@link Phrasebook}
     */
    public static RealtimeModule of(Map<String, String> environment, Phrasebook phrases, VoiceAgent... agents) {
        RealtimeModuleOptions.Builder options = RealtimeModuleOptions.builder().environment(environment);
        for (VoiceAgent agent : agents) {
            options.agent(agent);
        }
        if (!environment.getOrDefault("OPENAI_API_KEY", "").isBlank()) {
            return RealtimeModule.forRoot(options.build());
        }
        RealtimeModule module = RealtimeModule.forRoot(
                options.defaultProvider(LocalProvider.NAME).build());
        LocalProvider embedded = new LocalProvider(LocalOptions.DEMO.with(phrases));
        embedded.warmUp((step, took) -> {});
        module.addProvider(embedded);
        return module;
    }
}
