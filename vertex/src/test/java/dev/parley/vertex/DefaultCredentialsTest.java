package dev.parley.vertex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.parley.RealtimeException;
import dev.parley.gemini.AccessTokens;
import dev.parley.provider.Providers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Credentials in files, and a server in this process that gives tokens for them. */
@Timeout(30)
class DefaultCredentialsTest {
    @TempDir
    Path folder;

    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicReference<String> request = new AtomicReference<>("");
    private volatile int status = 200;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/token", exchange -> {
            request.set(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            String body = status == 200
                    ? "{\"access_token\":\"ya29.token-" + asked.incrementAndGet()
                            + "\",\"expires_in\":3600,\"token_type\":\"Bearer\"}"
                    : "{\"error\":\"invalid_grant\",\"error_description\":\"marker-secret\"}";
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private AccessTokens tokens(String file) {
        AccessTokens tokens = ServiceLoader.load(AccessTokens.class).findFirst().orElseThrow();
        tokens.configure(Map.of("GOOGLE_APPLICATION_CREDENTIALS", file));
        return tokens;
    }

    /** The file that a service account comes as, but for the address of the server. */
    private String serviceAccount() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        String key = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
        String pem = "-----BEGIN PRIVATE KEY-----\n" + key + "\n-----END PRIVATE KEY-----\n";
        String json =
                "{\"type\":\"service_account\",\"project_id\":\"acme\",\"private_key_id\":\"k1\",\"private_key\":\""
                        + pem.replace("\n", "\\n") + "\",\"client_email\":\"voice@acme.iam.gserviceaccount.com\","
                        + "\"client_id\":\"1\",\"token_uri\":\"http://127.0.0.1:"
                        + server.getAddress().getPort() + "/token\"}";
        return Files.writeString(folder.resolve("account.json"), json).toString();
    }

    @Test
    void aServiceAccountGetsATokenAndKeepsItAsLongAsItHolds() throws Exception {
        AccessTokens tokens = tokens(serviceAccount());

        assertThat(tokens.next().get(20, TimeUnit.SECONDS)).isEqualTo("ya29.token-1");
        assertThat(tokens.next().get(20, TimeUnit.SECONDS)).isEqualTo("ya29.token-1");

        assertThat(request.get()).contains("assertion=");
        String assertion = request.get().replaceAll(".*assertion=([^&]*).*", "$1");
        assertThat(new String(Base64.getUrlDecoder().decode(assertion.split("\\.")[1]), StandardCharsets.UTF_8))
                .contains("https://www.googleapis.com/auth/cloud-platform");
    }

    @Test
    void whatTheServerSaysIsNotPassedOn() throws Exception {
        status = 400;

        assertThatThrownBy(() -> tokens(serviceAccount()).next().get(20, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(RealtimeException.ConnectionFailed.class)
                .hasMessageNotContaining("marker-secret");
    }

    @Test
    void aFileThatHoldsNoCredentialsIsNamedByItsVariable() throws Exception {
        String file = Files.writeString(folder.resolve("no.json"), "{\"type\":\"marker-secret\"}")
                .toString();

        assertThatThrownBy(() -> tokens(file).next().get(20, TimeUnit.SECONDS))
                .cause()
                .isInstanceOf(RealtimeException.InvalidConfig.class)
                .hasMessageStartingWith("GOOGLE_APPLICATION_CREDENTIALS names a file")
                .hasMessageNotContaining("marker-secret");
        assertThatThrownBy(
                        () -> tokens(folder.resolve("none").toString()).next().get(20, TimeUnit.SECONDS))
                .cause()
                .isInstanceOf(RealtimeException.InvalidConfig.class);
    }

    @Test
    void theProviderIsThereByItsName() {
        try (Providers providers = new Providers(Map.of())) {
            assertThat(providers.names()).contains("gemini", "vertex");
            assertThatThrownBy(() -> providers.named("vertex"))
                    .hasMessageStartingWith("GOOGLE_CLOUD_PROJECT is not set");
        }
    }
}
