package dev.parley.browser;

import dev.parley.server.serve.ServedGateway;
import dev.parley.testkit.FakeRealtimeServer;
import dev.parley.testkit.Script;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The gateways that tests visit, as {@code ./parley serve} starts them. */
public final class Gateways {
    private static final String HOST = "127.0.0.1";
    private static final ReentrantLock LOCK = new ReentrantLock();
    private static @Nullable ServedGateway embedded;

    private Gateways() {}

    /** The one with the embedded provider, which needs neither key nor network; its models are loaded once for all tests. */
    public static ServedGateway embedded() {
        LOCK.lock();
        try {
            ServedGateway running = embedded;
            if (running == null) {
                running = ServedGateway.start(HOST, 0, Map.of("PARLEY_PROVIDER", "local"));
                embedded = running;
            }
            return running;
        } finally {
            LOCK.unlock();
        }
    }

    /** One of the test's own. */
    public static ServedGateway with(Map<String, String> variables) {
        return ServedGateway.start(HOST, 0, variables);
    }

    /** One whose provider, {@code openai}, does what a script says. The test closes it. */
    public static Scripted scripted(Script script) {
        return scripted(script, Map.of());
    }

    /** The same with more variables in the gateway's environment. */
    public static Scripted scripted(Script script, Map<String, String> more) {
        FakeRealtimeServer provider = FakeRealtimeServer.start(script);
        Map<String, String> variables = new HashMap<>(more);
        variables.put("OPENAI_API_KEY", "sk-of-no-use");
        variables.put("OPENAI_BASE_URL", provider.baseUrl());
        return new Scripted(provider, Map.copyOf(variables));
    }

    /** A gateway before a provider that follows a script. */
    public static final class Scripted implements AutoCloseable {
        private final FakeRealtimeServer provider;
        private final Map<String, String> variables;
        private final int port;
        private @Nullable ServedGateway gateway;

        private Scripted(FakeRealtimeServer provider, Map<String, String> variables) {
            this.provider = provider;
            this.variables = variables;
            ServedGateway started = ServedGateway.start(HOST, 0, variables);
            gateway = started;
            port = started.port();
        }

        /** The address of its page. */
        public String url() {
            return "http://" + HOST + ":" + port + "/";
        }

        /** The provider behind it. */
        public FakeRealtimeServer provider() {
            return provider;
        }

        /** Stops the gateway, and not its provider. */
        public void stop() {
            ServedGateway running = gateway;
            gateway = null;
            if (running != null) {
                running.close();
            }
        }

        /** Starts it again on the port that it had. */
        public void startAgain() {
            gateway = ServedGateway.start(HOST, port, variables);
        }

        @Override
        public void close() {
            stop();
            provider.close();
        }
    }
}
