package dev.parley.testkit.functional;

import dev.parley.RealtimeModule;
import dev.parley.RealtimeModuleOptions;
import dev.parley.session.SessionLimits;
import dev.parley.testkit.Caller;
import dev.parley.testkit.FakeRealtimeServer;
import dev.parley.testkit.Script;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A gateway on a free port in front of a fake provider. */
final class Gateway implements AutoCloseable {
    static final String KEY = "sk-marker-0123456789";

    final FakeRealtimeServer provider;
    final RealtimeModule module;
    final int port;

    private Gateway(Script script, UnaryOperator<RealtimeModuleOptions.Builder> options, String... environment) {
        provider = FakeRealtimeServer.start(script);
        Map<String, String> variables =
                new HashMap<>(Map.of("OPENAI_API_KEY", KEY, "OPENAI_BASE_URL", provider.baseUrl()));
        for (int i = 0; i < environment.length; i += 2) {
            variables.put(environment[i], environment[i + 1]);
        }
        module = RealtimeModule.forRoot(
                options.apply(RealtimeModuleOptions.builder().environment(variables))
                        .build());
        port = module.listen(0).getPort();
    }

    static Gateway before(Script script, String... environment) {
        return new Gateway(script, options -> options, environment);
    }

    static Gateway before(Script script, UnaryOperator<RealtimeModuleOptions.Builder> options) {
        return new Gateway(script, options);
    }

    /** The default limits with another time for dialling and another buffer for it. */
    static SessionLimits dialling(Duration timeout, int buffer) {
        return SessionLimits.builder().dialTimeout(timeout).dialBuffer(buffer).build();
    }

    URI uri(String pathAndQuery) {
        return URI.create("ws://127.0.0.1:" + port + pathAndQuery);
    }

    Caller plain() {
        return Caller.connect(uri("/v1/realtime?model=gpt-realtime-2.1"));
    }

    Caller enveloped() {
        return Caller.connect(uri("/realtime"));
    }

    @Override
    public void close() {
        module.close();
        provider.close();
    }
}
