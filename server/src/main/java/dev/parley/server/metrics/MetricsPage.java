package dev.parley.server.metrics;

import dev.parley.RealtimeMetrics;
import dev.parley.protocol.Bytes;
import dev.parley.transport.HttpRequest;
import dev.parley.transport.HttpResponse;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The page {@code /metrics} for Prometheus: the sessions' metrics, and those of the JVM. Nothing of it is made before
 * somebody asks for it, since a gateway must start fast. Safe for use by all threads.
 */
public final class MetricsPage implements AutoCloseable {
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final Supplier<RealtimeMetrics> sessions;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable PrometheusMeterRegistry registry;
    private @Nullable JvmGcMetrics collections;

    /** A page about these sessions. */
    public MetricsPage(Supplier<RealtimeMetrics> sessions) {
        this.sessions = sessions;
    }

    /** Answers a scrape; blocks for as long as reading takes. */
    public HttpResponse answer(HttpRequest request) {
        return new HttpResponse(
                200, Map.of("content-type", TEXT), Bytes.utf8(registry().scrape(TEXT)));
    }

    private PrometheusMeterRegistry registry() {
        lock.lock();
        try {
            if (registry == null) {
                registry = make();
            }
            return registry;
        } finally {
            lock.unlock();
        }
    }

    private PrometheusMeterRegistry make() {
        PrometheusRegistry collectors = new PrometheusRegistry();
        collectors.register(new SessionCollector(sessions));
        PrometheusMeterRegistry made = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, collectors, Clock.SYSTEM);
        JvmGcMetrics gc = new JvmGcMetrics();
        gc.bindTo(made);
        collections = gc;
        new JvmMemoryMetrics().bindTo(made);
        new JvmThreadMetrics().bindTo(made);
        new ClassLoaderMetrics().bindTo(made);
        new ProcessorMetrics().bindTo(made);
        new FileDescriptorMetrics().bindTo(made);
        new UptimeMetrics().bindTo(made);
        return made;
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (collections != null) {
                collections.close();
            }
            if (registry != null) {
                registry.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
