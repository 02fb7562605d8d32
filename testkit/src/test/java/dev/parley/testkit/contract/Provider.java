package dev.parley.testkit.contract;

import dev.parley.RealtimeModule;
import dev.parley.RealtimeModuleOptions;
import dev.parley.local.LocalProvider;
import dev.parley.testkit.FakeRealtimeServer;
import dev.parley.testkit.assistant.ScriptedAssistant;
import dev.parley.testkit.gemini.FakeGeminiServer;
import dev.parley.testkit.gemini.GeminiAssistant;
import java.util.Map;

/** A provider that knows the {@link #PART}. */
enum Provider {
    OPENAI {
        @Override
        Room open() {
            FakeRealtimeServer server = FakeRealtimeServer.start(new ScriptedAssistant(PART));
            return new Room(
                    RealtimeModule.forRoot(RealtimeModuleOptions.builder()
                            .environment(Map.of("OPENAI_API_KEY", "sk-x", "OPENAI_BASE_URL", server.baseUrl()))
                            .build()),
                    "gpt-realtime-2.1",
                    server::close);
        }
    },
    GEMINI {
        @Override
        Room open() {
            FakeGeminiServer server = FakeGeminiServer.start(new GeminiAssistant(PART));
            return new Room(
                    RealtimeModule.forRoot(RealtimeModuleOptions.builder()
                            .environment(Map.of(
                                    "GEMINI_API_KEY",
                                    FakeGeminiServer.key(),
                                    "GOOGLE_GEMINI_BASE_URL",
                                    server.baseUrl()))
                            .defaultProvider("gemini")
                            .build()),
                    "gemini-3.8-live",
                    () -> {
                        server.sessions().forEach(session -> {
                            if (!session.refusal().isEmpty()
                                    || !session.faults().isEmpty()) {
                                throw new AssertionError(session.refusal() + session.faults());
                            }
                        });
                        server.close();
                    });
        }
    },
    LOCAL {
        @Override
        Room open() {
            RealtimeModule module = RealtimeModule.forRoot(RealtimeModuleOptions.builder()
                    .environment(Map.of())
                    .defaultProvider(LocalProvider.NAME)
                    .build());
            LocalProvider local = new LocalProvider(10, progress -> ScriptedParts.of(PART));
            module.addProvider(local);
            return new Room(module, "parley-local-demo", () -> {});
        }
    };

    static final ScriptedAssistant.Part PART =
            new ScriptedAssistant.Part("what is new", "Nothing much happened.", "forever", "{\"room\":\"kitchen\"}");

    /** A new gateway before this provider, with a client that has had its {@code session.created}. */
    abstract Room open();
}
