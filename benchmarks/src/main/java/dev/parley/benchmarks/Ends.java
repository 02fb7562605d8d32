package dev.parley.benchmarks;

import dev.parley.benchmarks.load.LoadGenerator;
import dev.parley.benchmarks.load.LoadOrder;
import dev.parley.benchmarks.load.LoadResult;
import dev.parley.benchmarks.process.Child;
import dev.parley.benchmarks.provider.FakeProvider;
import dev.parley.benchmarks.provider.Fault;
import dev.parley.benchmarks.provider.ProviderOrder;
import dev.parley.benchmarks.provider.ProviderReport;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Both ends of every measurement: the provider's process and the load generator's. */
final class Ends implements AutoCloseable {
    private static final int LONGEST_CLOSE_MILLIS = 3000;
    private static final int TICK_MILLIS = 10;

    private final Child provider;
    private final Child load;
    private final int port;

    private Ends(Child provider, Child load) {
        this.provider = provider;
        this.load = load;
        this.port = report().port();
    }

    static Ends start(int payload, Fault fault, Path folder) {
        Child provider = Child.answering(
                "provider", Child.java(FakeProvider.class, Integer.toString(payload), fault.name()), folder);
        return new Ends(provider, Child.answering("load", Child.java(LoadGenerator.class), folder));
    }

    /** The provider's port. */
    int port() {
        return port;
    }

    /** The counts since the last piece of work began. */
    ProviderReport report() {
        return provider.ask(ProviderOrder.REPORT, ProviderReport.class);
    }

    /** Begins the provider's counts anew and does a piece of work. */
    LoadResult work(LoadOrder order) {
        provider.ask(ProviderOrder.RESET, ProviderReport.class);
        return load.ask(order, LoadResult.class);
    }

    /** Waits until the provider's sessions have ended, so that the next measurement is not of their end. */
    void settle() throws InterruptedException {
        for (int waited = 0; report().connections() > 0 && waited < LONGEST_CLOSE_MILLIS; waited += TICK_MILLIS) {
            TimeUnit.MILLISECONDS.sleep(TICK_MILLIS);
        }
    }

    @Override
    public void close() {
        load.close();
        provider.close();
    }
}
