package dev.parley.provider;

import dev.parley.RealtimeException;
import dev.parley.transport.WebSocketConnector;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The providers of this process by name, each made when it is first asked for. Safe for use by all threads. */
public final class Providers implements AutoCloseable {
    private final Map<String, String> environment;
    private final SortedMap<String, ProviderFactory> factories = new TreeMap<>();
    private final SortedMap<String, RealtimeProvider> made = new TreeMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable WebSocketConnector connector;

    /** The providers that {@link ServiceLoader} finds, configured from an environment. */
    public Providers(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
        ServiceLoader.load(ProviderFactory.class).forEach(factory -> factories.put(factory.name(), factory));
    }

    /** Adds a provider, or puts it in place of the one of its name. */
    public void add(RealtimeProvider provider) {
        lock.lock();
        try {
            made.put(provider.name(), provider);
        } finally {
            lock.unlock();
        }
    }

    /** Whether there is a provider of a name. */
    public boolean has(String name) {
        lock.lock();
        try {
            return made.containsKey(name) || factories.containsKey(name);
        } finally {
            lock.unlock();
        }
    }

    /** Whether a provider may be asked for a model: unless a list of its models is configured, for any. */
    public boolean allows(String name, String model) {
        return true;
    }

    /**
     * The provider of a name.
     *
     * @throws RealtimeException if there is none, or if it lacks a setting; the text says which
     */
    public RealtimeProvider named(String name) {
        lock.lock();
        try {
            RealtimeProvider provider = made.get(name);
            if (provider == null) {
                ProviderFactory factory = factories.get(name);
                if (factory == null) {
                    throw new RealtimeException.InvalidConfig("there is no provider '" + name + "'; there are "
                            + factories.keySet() + ". Is its module among the dependencies?");
                }
                provider = factory.create(environment, this::connector);
                made.put(name, provider);
            }
            return provider;
        } finally {
            lock.unlock();
        }
    }

    /** What opens sockets to providers. */
    private WebSocketConnector connector() {
        if (connector == null) {
            Supplier<RealtimeException> missing = () -> new RealtimeException.InvalidConfig(
                    "nothing here can open a WebSocket: add parley-netty to the dependencies");
            connector = ServiceLoader.load(WebSocketConnector.class).findFirst().orElseThrow(missing);
        }
        return connector;
    }

    @Override
    public void close() {
        lock.lock();
        try {
            made.values().forEach(RealtimeProvider::close);
            if (connector != null) {
                connector.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
