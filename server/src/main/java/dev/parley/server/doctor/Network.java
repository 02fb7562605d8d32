package dev.parley.server.doctor;

import dev.parley.RealtimeException;
import dev.parley.netty.Transport;
import dev.parley.server.Environment;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Checks of the port and of the ways to providers. */
final class Network {
    private static final int PATIENCE = 3_000;

    private Network() {}

    static Finding transport(Environment environment) {
        try {
            return Finding.ok("transport", Transport.of(environment.variables()).label());
        } catch (RealtimeException wrong) {
            return Finding.fail("transport", String.valueOf(wrong.getMessage()));
        }
    }

    static Finding port(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return Finding.ok("port", port + " is free");
        } catch (IOException | IllegalArgumentException e) {
            return Finding.warn(
                    "port",
                    port + " cannot be had (" + e.getMessage()
                            + "): is a gateway running already? Another is chosen with: parley serve --port 0");
        }
    }

    static Finding openai(Environment environment) {
        if (environment.get("OPENAI_API_KEY").isEmpty()) {
            return Finding.warn(
                    "openai",
                    "OPENAI_API_KEY is not set, so Gemini or the embedded provider is the default; set it to talk to OpenAI");
        }
        return reach(
                "openai",
                "OPENAI_API_KEY",
                "OPENAI_BASE_URL",
                environment.get("OPENAI_BASE_URL").orElse("https://api.openai.com/v1"));
    }

    static Finding gemini(Environment environment) {
        for (String variable : new String[] {"GEMINI_API_KEY", "GOOGLE_API_KEY"}) {
            if (environment.get(variable).isPresent()) {
                return reach(
                        "gemini",
                        variable,
                        "GOOGLE_GEMINI_BASE_URL",
                        environment.get("GOOGLE_GEMINI_BASE_URL").orElse("https://generativelanguage.googleapis.com"));
            }
        }
        return Finding.ok(
                "gemini", "neither GEMINI_API_KEY nor GOOGLE_API_KEY is set; set one of them to talk to Gemini");
    }

    static Finding vertex(Environment environment) {
        if (environment.get("GOOGLE_CLOUD_PROJECT").isEmpty()) {
            return Finding.ok("vertex", "GOOGLE_CLOUD_PROJECT is not set; set it to talk to Gemini on Vertex AI");
        }
        return Finding.ok(
                "vertex",
                "GOOGLE_CLOUD_PROJECT is set, and GOOGLE_APPLICATION_CREDENTIALS "
                        + (environment.get("GOOGLE_APPLICATION_CREDENTIALS").isPresent()
                                ? "is"
                                : "is not, so that what gcloud or this machine has is taken")
                        + "; whether they are right is not tried");
    }

    private static Finding reach(String subject, String key, String variable, String url) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            return Finding.fail(subject, variable + " is no URL; set one such as https://api.example.com");
        }
        String scheme = String.valueOf(uri.getScheme());
        boolean secure = scheme.equals("https") || scheme.equals("wss");
        if (uri.getHost() == null || !(secure || scheme.equals("http") || scheme.equals("ws"))) {
            return Finding.fail(subject, variable + " must be an http, https, ws or wss URL with a host");
        }
        int port = uri.getPort() > 0 ? uri.getPort() : secure ? 443 : 80;
        String where = uri.getHost() + " port " + port;
        try {
            connect(uri.getHost(), port, secure);
            return Finding.ok(
                    subject, key + " is set, and " + where + " is reached; whether the key is right is not tried");
        } catch (UnknownHostException e) {
            return Finding.fail(
                    subject, "the host name " + uri.getHost() + " is unknown; is there a network, and DNS?");
        } catch (SocketTimeoutException e) {
            return Finding.fail(
                    subject, where + " does not answer within 3 s; does a firewall or proxy stand between?");
        } catch (SSLException e) {
            return Finding.fail(
                    subject,
                    "no TLS with " + where + "; is a proxy with a certificate of its own between, which this Java does"
                            + " not trust?");
        } catch (IOException e) {
            return Finding.fail(subject, where + " is not reached (" + e.getMessage() + ")");
        }
    }

    private static void connect(String host, int port, boolean secure) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getByName(host), port), PATIENCE);
            socket.setSoTimeout(PATIENCE);
            if (!secure) {
                return;
            }
            SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
            try (SSLSocket tls = (SSLSocket) factory.createSocket(socket, host, port, true)) {
                SSLParameters parameters = tls.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                tls.setSSLParameters(parameters);
                tls.startHandshake();
            }
        }
    }
}
