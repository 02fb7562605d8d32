package dev.parley.testkit.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.OpenAIRealtimeClient;
import dev.parley.RealtimeException;
import dev.parley.RealtimeModule;
import dev.parley.RealtimeModuleOptions;
import dev.parley.testkit.FakeRealtimeServer;
import dev.parley.testkit.Script;
import dev.parley.transport.RealtimeServerFactory.Tls;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** TLS at both ends: a gateway that shows a certificate, and a client that believes only the right one. */
class TlsTest {
    private static final String STORE = "javax.net.ssl.trustStore";

    @AfterEach
    void trustNobodyElse() {
        System.clearProperty(STORE);
        System.clearProperty("javax.net.ssl.trustStorePassword");
    }

    private static X509Bundle certificate(String name) throws Exception {
        return new CertificateBuilder()
                .subject("CN=" + name)
                .setIsCertificateAuthority(true)
                .addSanDnsName(name)
                .buildSelfSigned();
    }

    private static void trust(X509Bundle certificate) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("it", certificate.getCertificate());
        Path store = Files.createTempFile("trusted", ".p12");
        try (OutputStream out = Files.newOutputStream(store)) {
            trusted.store(out, "secret".toCharArray());
        }
        System.setProperty(STORE, store.toString());
        System.setProperty("javax.net.ssl.trustStorePassword", "secret");
    }

    private static void connect(X509Bundle shown) throws Exception {
        Tls tls = new Tls(
                shown.toTempCertChainPem().toPath(), shown.toTempPrivateKeyPem().toPath());
        try (FakeRealtimeServer provider = FakeRealtimeServer.start(Script.accept());
                RealtimeModule module = RealtimeModule.forRoot(RealtimeModuleOptions.builder()
                        .environment(Map.of("OPENAI_API_KEY", "k", "OPENAI_BASE_URL", provider.baseUrl()))
                        .build())) {
            int port = module.listen(0, Optional.of(tls)).getPort();
            try (OpenAIRealtimeClient client =
                    new OpenAIRealtimeClient(URI.create("wss://localhost:" + port + "/v1/realtime?model=m"), null)) {
                client.connect().get(10, TimeUnit.SECONDS);
                client.createResponse();
                assertThat(provider.next(Duration.ofSeconds(10)).receive()).contains("response.create");
            }
        }
    }

    @Test
    void connectsWhereTheCertificateIsTrustedAndNamesTheHost() throws Exception {
        X509Bundle certificate = certificate("localhost");
        trust(certificate);
        connect(certificate);
    }

    @Test
    void refusesACertificateThatNobodyVouchesFor() throws Exception {
        X509Bundle certificate = certificate("localhost");
        assertThatThrownBy(() -> connect(certificate))
                .hasCauseInstanceOf(RealtimeException.ConnectionFailed.class)
                .hasMessageContaining("certificate");
    }

    @Test
    void refusesACertificateOfAnotherHost() throws Exception {
        X509Bundle certificate = certificate("example.org");
        trust(certificate);
        assertThatThrownBy(() -> connect(certificate))
                .hasCauseInstanceOf(RealtimeException.ConnectionFailed.class)
                .hasMessageContaining("certificate");
    }

    @Test
    void namesACertificateThatCannotBeUsed() {
        try (RealtimeModule module = RealtimeModule.forRoot(
                RealtimeModuleOptions.builder().environment(Map.of()).build())) {
            Tls none = new Tls(Path.of("no-such-file.pem"), Path.of("no-such-key.pem"));
            assertThatThrownBy(() -> module.listen(0, Optional.of(none)))
                    .isInstanceOf(RealtimeException.InvalidConfig.class)
                    .hasMessageContaining("no-such-file.pem");
        }
    }
}
