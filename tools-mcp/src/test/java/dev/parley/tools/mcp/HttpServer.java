package dev.parley.tools.mcp;

import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/** The SDK's server on Tomcat, at {@code /mcp}, for clients that show a token. */
final class HttpServer implements AutoCloseable {
    static final String TOKEN = "Bearer token-marker-2236";

    /** Held, since its level would be forgotten with it: Tomcat warns of the calls that hang. */
    private static final Logger QUIET = Logger.getLogger("org.apache.catalina");

    static {
        QUIET.setLevel(Level.OFF);
    }

    private final List<String> methods = new CopyOnWriteArrayList<>();
    private final Set<String> sessions = ConcurrentHashMap.newKeySet();
    private final Set<String> forgotten = ConcurrentHashMap.newKeySet();
    private final Tomcat tomcat = new Tomcat();

    /** A server on a port, or on a free one if that is 0. */
    HttpServer(int port) throws IOException, LifecycleException {
        HttpServletStreamableServerTransportProvider provider = HttpServletStreamableServerTransportProvider.builder()
                .jsonMapper(ToolServer.JSON)
                .mcpEndpoint("/mcp")
                .build();
        McpServer.sync(provider)
                .serverInfo("tools", "1")
                .capabilities(McpSchema.ServerCapabilities.builder().tools(true).build())
                .strictToolNameValidation(false)
                .jsonMapper(ToolServer.JSON)
                .jsonSchemaValidator(ToolServer.LENIENT)
                .tools(ToolServer.tools())
                .build();
        String folder = Files.createTempDirectory("tomcat").toString();
        tomcat.setBaseDir(folder);
        tomcat.setSilent(true);
        Connector connector = new Connector();
        connector.setPort(port);
        connector.setProperty("address", "127.0.0.1");
        tomcat.setConnector(connector);
        StandardContext context = (StandardContext) tomcat.addContext("", folder);
        context.setUnloadDelay(200); // A call that hangs would hold up the end; with 0 it would do so for ever.
        Wrapper servlet = Tomcat.addServlet(context, "mcp", provider);
        servlet.setAsyncSupported(true);
        context.addServletMappingDecoded("/mcp", "mcp");
        FilterDef door = new FilterDef();
        door.setFilterName("door");
        door.setFilter(new Door());
        door.setAsyncSupported("true");
        context.addFilterDef(door);
        FilterMap everywhere = new FilterMap();
        everywhere.setFilterName("door");
        everywhere.addURLPattern("/*");
        context.addFilterMap(everywhere);
        tomcat.start();
    }

    int port() {
        return tomcat.getConnector().getLocalPort();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port() + "/mcp");
    }

    /** The methods of the requests so far. */
    List<String> methods() {
        return methods;
    }

    /** Forgets the sessions so far, as a server does that was started anew behind its address. */
    void forget() {
        forgotten.addAll(sessions);
    }

    @Override
    public void close() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }

    private final class Door implements Filter {
        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            HttpServletRequest asked = (HttpServletRequest) request;
            methods.add(asked.getMethod());
            String session = asked.getHeader("Mcp-Session-Id");
            if (session != null) {
                sessions.add(session);
            }
            HttpServletResponse answer = (HttpServletResponse) response;
            if (!TOKEN.equals(asked.getHeader("Authorization"))) {
                answer.sendError(HttpServletResponse.SC_UNAUTHORIZED);
            } else if (session != null && forgotten.contains(session)) {
                answer.sendError(HttpServletResponse.SC_NOT_FOUND);
            } else {
                chain.doFilter(request, response);
            }
        }
    }
}
