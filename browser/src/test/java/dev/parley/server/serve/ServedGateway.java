package dev.parley.server.serve;

import dev.parley.server.Environment;
import dev.parley.server.Screen;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** A gateway as {@code ./parley serve} starts it, in this process. */
public final class ServedGateway implements AutoCloseable {
    private final Gateway gateway;
    private final String host;

    private ServedGateway(Gateway gateway, String host) {
        this.gateway = gateway;
        this.host = host;
    }

    /**
     * Starts one.
     *
     * @param host the address to bind
     * @param port 0: any that is free
     * @param variables its environment, all of it
     */
    public static ServedGateway start(String host, int port, Map<String, String> variables) {
        Map<Key, Setting> flags = new EnumMap<>(Key.class);
        flags.put(Key.HOST, new Setting(host, "--host"));
        flags.put(Key.PORT, new Setting(String.valueOf(port), "--port"));
        Environment environment = new Environment(variables, false);
        GatewaySettings settings = GatewaySettings.of(flags, environment, Optional.empty());
        Screen nobody = new Screen(new PrintWriter(Writer.nullWriter()), false);
        return new ServedGateway(Gateway.start(settings, environment, nobody), host);
    }

    /** The port it listens on. */
    public int port() {
        return gateway.address().getPort();
    }

    /** The address of its page. */
    public String url() {
        return "http://" + host + ":" + port() + "/";
    }

    @Override
    public void close() {
        gateway.close();
    }
}
