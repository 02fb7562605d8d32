package dev.parley.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.RealtimeModule;
import dev.parley.RealtimeModuleOptions;
import dev.parley.local.LocalOptions;
import dev.parley.local.LocalProvider;
import dev.parley.testkit.FakeConnection;
import dev.parley.testkit.FakeRealtimeServer;
import dev.parley.testkit.assistant.ScriptedAssistant;
import dev.parley.testkit.gemini.FakeGeminiServer;
import dev.parley.testkit.gemini.GeminiAssistant;
import dev.parley.transport.RealtimeServerFactory.Tls;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A gateway that clients are tried on, over TCP and over TLS; started once for all tests of a run. */
final class Gateway {
    /** What clients show; the gateway must not show it to a provider. */
    static final String CLIENT_KEY = "sk-client-marker-2718";
    /** What the gateway shows to a provider; no client may see it. */
    static final String PROVIDER_KEY = "sk-provider-marker-3141";

    private static final ScriptedAssistant.Part PART = new ScriptedAssistant.Part(
            "what is twelve times three",
            "Twelve times three is thirty-six.",
            "what can you do",
            "{\"room\":\"kitchen\",\"on\":true}");
    private static final ReentrantLock LOCK = new ReentrantLock();
    private static final Map<Behind, Gateway> STARTED = new EnumMap<>(Behind.class);

    private final RealtimeModule plain;
    private final RealtimeModule secure;
    /** The connections that the provider has had, if it is another's. */
    private final @Nullable Supplier<List<FakeConnection>> provider;
    /** The header in which it is shown its key, and the header's value. */
    private final Map.Entry<String, String> shown;

    private final int port;
    private final int securePort;
    private final Path certificate;

    private Gateway(Behind behind) {
        if (behind == Behind.SCRIPTED) {
            FakeRealtimeServer openai = FakeRealtimeServer.start(new ScriptedAssistant(PART));
            provider = openai::connections;
            shown = Map.entry("authorization", "Bearer " + PROVIDER_KEY);
            RealtimeModuleOptions options = RealtimeModuleOptions.builder()
                    .environment(Map.of("OPENAI_API_KEY", PROVIDER_KEY, "OPENAI_BASE_URL", openai.baseUrl()))
                    .build();
            plain = RealtimeModule.forRoot(options);
            secure = RealtimeModule.forRoot(options);
        } else if (behind == Behind.GEMINI) {
            FakeGeminiServer gemini = FakeGeminiServer.start(new GeminiAssistant(PART));
            provider = gemini::connections;
            shown = Map.entry("x-goog-api-key", FakeGeminiServer.key());
            RealtimeModuleOptions options = RealtimeModuleOptions.builder()
                    .environment(Map.of(
                            "GEMINI_API_KEY", FakeGeminiServer.key(), "GOOGLE_GEMINI_BASE_URL", gemini.baseUrl()))
                    .defaultProvider("gemini")
                    .build();
            plain = RealtimeModule.forRoot(options);
            secure = RealtimeModule.forRoot(options);
        } else {
            provider = null;
            shown = Map.entry("", "");
            LocalProvider local = new LocalProvider(LocalOptions.DEMO);
            local.warmUp((step, took) -> {});
            RealtimeModuleOptions options = RealtimeModuleOptions.builder()
                    .environment(Map.of())
                    .defaultProvider(LocalProvider.NAME)
                    .build();
            plain = RealtimeModule.forRoot(options);
            secure = RealtimeModule.forRoot(options);
            plain.addProvider(local);
            secure.addProvider(local);
        }
        port = plain.listen(0).getPort();
        try {
            X509Bundle bundle = new CertificateBuilder()
                    .subject("CN=localhost")
                    .setIsCertificateAuthority(true)
                    .addSanDnsName("localhost")
                    .buildSelfSigned();
            certificate = bundle.toTempCertChainPem().toPath();
            Tls tls = new Tls(certificate, bundle.toTempPrivateKeyPem().toPath());
            securePort = secure.listen(0, Optional.of(tls)).getPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException("no certificate can be made", e);
        }
    }

    /** The one gateway before this provider. */
    static Gateway before(Behind behind) {
        LOCK.lock();
        try {
            Gateway known = STARTED.get(behind);
            if (known == null) {
                known = new Gateway(behind);
                STARTED.put(behind, known);
            }
            return known;
        } finally {
            LOCK.unlock();
        }
    }

    /** Its address for clients that speak plain HTTP and WebSocket, without a path. */
    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Its address for clients that insist on TLS, without a path. */
    String secureUrl() {
        return "https://localhost:" + securePort;
    }

    /** The certificate that clients must be told to believe. */
    Path certificate() {
        return certificate;
    }

    /** Waits until no session is left: whatever way a client says goodbye, its session ends. */
    void awaitEmpty() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() ->
                        plain.service().getSessionCount() + secure.service().getSessionCount() == 0);
    }

    /** Checks that the provider, if it is another's, was shown the gateway's key alone, and nothing of the client. */
    void checkKeys() {
        Supplier<List<FakeConnection>> other = provider;
        if (other == null) {
            return;
        }
        assertThat(other.get()).isNotEmpty();
        for (FakeConnection connection : other.get()) {
            assertThat(connection.headers()).contains(shown);
            assertThat(connection.headers().toString() + connection.target() + connection.received())
                    .doesNotContain(CLIENT_KEY, "ek_");
        }
    }
}
