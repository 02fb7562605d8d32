package dev.parley.provider;

import dev.parley.RealtimeException;
import dev.parley.transport.Connector;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The providers of this process by name, each made when it is first asked for: those that the user configures, and each
 * vendor's under its own name. Safe for use by all threads.
 */
public final class Providers implements AutoCloseable {
    private final Map<String, String> environment;
    private final SortedMap<String, ProviderFactory> vendors = new TreeMap<>();
    private final SortedMap<String, ProviderSettings> settings = new TreeMap<>();
    private final SortedMap<String, RealtimeProvider> made = new ConcurrentSkipListMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Connector connector;

    /** The providers that {@link ServiceLoader} finds, configured from an environment. */
    public Providers(Map<String, String> environment) {
        this(environment, List.of());
    }

    /**
     * The providers that {@link ServiceLoader} finds, configured from an environment, and those of settings.
     *
     * @param named at most one of a name; one of a vendor's name takes that vendor's place
     * @throws RealtimeException if one names a vendor that is not there, or two have the same name
     */
    public Providers(Map<String, String> environment, Collection<ProviderSettings> named) {
        this.environment = Map.copyOf(environment);
        ServiceLoader.load(ProviderFactory.class)
                .forEach(factory -> factory.names().forEach(vendor -> {
                    vendors.put(vendor, factory);
                    settings.put(vendor, ProviderSettings.of(vendor));
                }));
        Set<String> seen = new HashSet<>();
        for (ProviderSettings each : named) {
            if (!vendors.containsKey(each.vendor())) {
                throw new RealtimeException.InvalidConfig("the provider '" + each.name() + "' is of the vendor '"
                        + each.vendor() + "'; there are " + vendors.keySet());
            }
            if (!seen.add(each.name())) {
                throw new RealtimeException.InvalidConfig(
                        "two providers have the name '" + each.name() + "'; rename one of them");
            }
            settings.put(each.name(), each);
        }
    }

    /** The names of all providers, whether or not they have their keys. */
    public Set<String> names() {
        SortedSet<String> names = new TreeSet<>(settings.keySet());
        names.addAll(made.keySet());
        return names;
    }

    /** Whether there is a provider of a name. */
    public boolean has(String name) {
        return settings.containsKey(name) || made.containsKey(name);
    }

    /** The only models that sessions of a provider may name; empty: any. */
    public Set<String> models(String name) {
        ProviderSettings of = settings.get(name);
        return of == null ? Set.of() : of.models();
    }

    /** Whether sessions of a provider may name a model. */
    public boolean allows(String name, String model) {
        Set<String> models = models(name);
        return models.isEmpty() || models.contains(model);
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
                ProviderSettings of = settings.get(name);
                ProviderFactory factory = of == null ? null : vendors.get(of.vendor());
                if (of == null || factory == null) {
                    throw new RealtimeException.InvalidConfig("there is no provider '" + name + "'; there are "
                            + settings.keySet() + ". Is its module among the dependencies?");
                }
                provider = factory.create(of, environment, this::connector);
                made.put(name, provider);
            }
            return provider;
        } finally {
            lock.unlock();
        }
    }

    /** What opens sockets to providers. */
    private Connector connector() {
        if (connector == null) {
            Supplier<RealtimeException> missing = () -> new RealtimeException.InvalidConfig(
                    "nothing here can connect to a provider: add parley-netty to the dependencies");
            connector = ServiceLoader.load(Connector.class).findFirst().orElseThrow(missing);
            connector.configure(environment);
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
