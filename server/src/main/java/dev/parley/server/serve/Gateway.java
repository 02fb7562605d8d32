package dev.parley.server.serve;

import dev.parley.RealtimeModule;
import dev.parley.RealtimeModuleOptions;
import dev.parley.console.Console;
import dev.parley.console.admin.AdminApi;
import dev.parley.netty.Transport;
import dev.parley.provider.RealtimeProvider;
import dev.parley.server.CommandException;
import dev.parley.server.Environment;
import dev.parley.server.Screen;
import dev.parley.server.Screen.Style;
import dev.parley.server.Version;
import dev.parley.server.metrics.MetricsPage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A gateway that listens. Closing it tells its clients (1012). */
public final class Gateway implements AutoCloseable {
    private final RealtimeModule module;
    private final MetricsPage metrics;
    private final Optional<AdminApi> admin;
    private final InetSocketAddress address;

    private Gateway(RealtimeModule module, MetricsPage metrics, Optional<AdminApi> admin, InetSocketAddress address) {
        this.module = module;
        this.metrics = metrics;
        this.admin = admin;
        this.address = address;
    }

    /**
     * Starts a gateway: checks what can be checked, loads the provider's models if it has any, then listens.
     *
     * @throws CommandException or {@link dev.parley.RealtimeException}, if it cannot start
     */
    static Gateway start(GatewaySettings settings, Environment environment, Screen screen) {
        ProviderChoice choice = ProviderChoice.of(settings.provider(), environment);
        Map<String, String> variables = variables(settings, environment);
        Transport transport = Transport.of(variables);
        RealtimeModuleOptions.Builder options = RealtimeModuleOptions.builder()
                .environment(variables)
                .host(settings.host())
                .defaultProvider(choice.name())
                .defaultSessionConfig(settings.session())
                .access(settings.access());
        settings.limits().apply(options);
        settings.providers().forEach(options::provider);
        settings.allowedOrigins().forEach(options::allowOrigin);
        screen.line(Style.DIM, "provider " + choice.name() + " (" + choice.why() + "), transport " + transport.label());
        RealtimeModule module = RealtimeModule.forRoot(options.build());
        try {
            RealtimeProvider provider = module.provider(choice.name());
            checkFree(settings.host(), settings.port());
            Models.load(provider, screen);
            MetricsPage metrics = new MetricsPage(module.service()::metrics);
            if (settings.metrics()) {
                module.mountHttp("GET", "/metrics", metrics::answer);
            }
            if (settings.console()) {
                new Console(module).mount(module);
            }
            InetSocketAddress address;
            Optional<AdminApi> admin = admin(settings.admin(), module);
            try {
                address = module.listen(settings.port(), settings.tls());
            } catch (RuntimeException e) {
                admin.ifPresent(AdminApi::close);
                throw e;
            }
            return new Gateway(module, metrics, admin, address);
        } catch (RuntimeException e) {
            module.close();
            throw e;
        }
    }

    private static Optional<AdminApi> admin(AdminSettings settings, RealtimeModule module) {
        if (!settings.enabled()) {
            return Optional.empty();
        }
        AdminApi admin = new AdminApi(module.service(), settings.key(), Version.number());
        admin.mount(module);
        return Optional.of(admin);
    }

    /** Providers take how long they may be silent from the environment. */
    private static Map<String, String> variables(GatewaySettings settings, Environment environment) {
        Map<String, String> variables = new HashMap<>(environment.variables());
        variables.putAll(settings.variables());
        settings.limits()
                .providerIdle()
                .ifPresent(idle -> variables.put(Key.PROVIDER_IDLE.variable(), String.valueOf(idle.toMillis())));
        return variables;
    }

    /** A wrong port is told before the models are loaded, which takes a while. */
    private static void checkFree(String host, int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getByName(host), port));
        } catch (UnknownHostException e) {
            throw CommandException.usage(
                    "the host '" + host + "' is unknown; --host takes an address of this computer");
        } catch (IOException e) {
            throw CommandException.usage("cannot listen on " + host + " port " + port + ": " + e.getMessage()
                    + ". Stop what uses it, or choose another with --port (0: any that is free)");
        }
    }

    /** Where clients reach it. */
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public void close() {
        module.close();
        admin.ifPresent(AdminApi::close);
        metrics.close();
    }
}
