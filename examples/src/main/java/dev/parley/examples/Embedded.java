package dev.parley.examples;

import dev.parley.OpenAIVoice;
import dev.parley.RealtimeModule;
import dev.parley.RealtimeModuleOptions;
import dev.parley.RealtimeSessionConfig;

/** A gateway inside an application. */
public final class Embedded {
    private Embedded() {}

    /** Listens until it is closed; 0 takes any port that is free. */
    static RealtimeModule start(int port) {
        // [embedded]
        RealtimeModule module = RealtimeModule.forRoot(RealtimeModuleOptions.builder()
                .openaiApiKey(System.getenv("OPENAI_API_KEY"))
                .path("/realtime")
                .defaultSessionConfig(RealtimeSessionConfig.builder()
                        .instructions("You are a helpful voice assistant. Speak clearly and briefly.")
                        .voice(OpenAIVoice.MARIN)
                        .build())
                .build());
        module.listen(port);
        // [/embedded]
        return module;
    }

    /** Listens on port 3000. */
    public static void main(String[] args) {
        start(3000);
    }
}
