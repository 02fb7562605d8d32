package dev.parley.testkit.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.RealtimeException;
import dev.parley.RealtimeModule;
import dev.parley.RealtimeModuleOptions;
import dev.parley.dialect.PlainDialect;
import dev.parley.lane.Lane;
import dev.parley.leg.Leg;
import dev.parley.leg.LegListener;
import dev.parley.testkit.Caller;
import dev.parley.testkit.Script;
import dev.parley.transport.Admission;
import dev.parley.transport.RealtimeServer;
import dev.parley.transport.RealtimeServerFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What the gateway says over plain HTTP. */
class HttpTest {
    private static HttpResponse<String> get(Gateway gateway, String method, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port + path))
                                .method(method, HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void answersHealthWithoutAProvider() throws Exception {
        try (Gateway gateway = Gateway.before(Script.silent())) {
            assertThat(get(gateway, "GET", "/livez").body()).isEqualTo("ok\n");
            assertThat(get(gateway, "GET", "/readyz").body()).isEqualTo("ready\n");
            assertThat(get(gateway, "HEAD", "/readyz").statusCode()).isEqualTo(200);
            assertThat(gateway.provider.connections()).isEmpty();
        }
    }

    @Test
    void tellsWhatIsWrongWithARequest() throws Exception {
        try (Gateway gateway = Gateway.before(Script.silent())) {
            assertThat(get(gateway, "GET", "/nowhere").statusCode()).isEqualTo(404);
            assertThat(get(gateway, "POST", "/livez").statusCode()).isEqualTo(405);
            assertThat(get(gateway, "GET", "/v1/realtime?model=x").statusCode()).isEqualTo(426);
            assertThat(Caller.refusal(gateway.uri("/v1/realtime?intent=translation")))
                    .isEqualTo(400);
        }
    }

    /** What comes in one packet is answered in its order, though a handler takes longer than a refusal. */
    @Test
    void answersInOrderWhatComesAtOnce() throws Exception {
        try (Gateway gateway = Gateway.before(Script.silent());
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port)) {
            String requests = String.join(
                    "\r\n",
                    "GET /livez HTTP/1.1",
                    "Host: a",
                    "",
                    "GET /readyz HTTP/1.1",
                    "Host: a",
                    "",
                    "GET /nothing HTTP/1.1",
                    "Host: a",
                    "Connection: close",
                    "",
                    "");
            socket.getOutputStream().write(requests.getBytes(StandardCharsets.US_ASCII));
            String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(answers).containsSubsequence("200 OK", "ok\n", "200 OK", "ready\n", "404 ");
        }
    }

    @Test
    void echoesRealtimeAndNoOtherSubprotocol() {
        try (Gateway gateway = Gateway.before(Script.accept());
                Caller caller =
                        Caller.connect(gateway.uri("/v1/realtime?model=x"), "Sec-WebSocket-Protocol", "realtime")) {
            assertThat(caller.socket().getSubprotocol()).isEqualTo("realtime");
        }
    }

    /** Whoever is told that the WebSocket is open has a session, so that a stop right then is told, too. */
    @Test
    void opensNoWebSocketForASessionThatCannotBegin() {
        Admission.ClientSession broken = new Admission.ClientSession() {
            @Override
            public LegListener begin(Leg client, Lane lane) {
                throw new IllegalStateException("as if it could not begin");
            }

            @Override
            public void abandoned() {}
        };
        Admission admitted =
                new Admission.Admitted(Optional.empty(), new PlainDialect(), Admission.Wrapping.PLAIN, broken);
        try (RealtimeServer server = ServiceLoader.load(RealtimeServerFactory.class)
                .findFirst()
                .orElseThrow()
                .create("127.0.0.1", 0, Optional.empty(), Map.of())) {
            server.mountWebSocket(
                    new RealtimeServer.SocketRoute("/", 1 << 20, Duration.ofMinutes(1), Duration.ofMinutes(1)),
                    request -> CompletableFuture.completedFuture(admitted));
            int port = server.start().getPort();
            assertThat(Caller.refusal(URI.create("ws://127.0.0.1:" + port + "/")))
                    .isEqualTo(500);
        }
    }

    @Test
    void refusesToListenTwiceAndToHideOpenAisPath() {
        try (Gateway gateway = Gateway.before(Script.silent())) {
            assertThatThrownBy(() -> gateway.module.listen(0)).hasMessageContaining("listens already");
        }
        assertThatThrownBy(() -> RealtimeModule.forRoot(
                        RealtimeModuleOptions.builder().path("/v1/realtime").build()))
                .isInstanceOf(RealtimeException.class)
                .hasMessageContaining("/v1/realtime");
    }

    @Test
    void namesAPortThatIsInUse() {
        try (Gateway gateway = Gateway.before(Script.accept());
                RealtimeModule second = RealtimeModule.forRoot(
                        RealtimeModuleOptions.builder().environment(Map.of()).build())) {
            assertThatThrownBy(() -> second.listen(gateway.port))
                    .isInstanceOf(RealtimeException.InvalidConfig.class)
                    .hasMessageContaining(String.valueOf(gateway.port));
        }
    }

    @Test
    void namesABaseUrlThatIsNone() {
        for (String bad : new String[] {"ftp://x", "api.openai.com", "http://", "https://user:secret@"}) {
            try (RealtimeModule module = RealtimeModule.forRoot(RealtimeModuleOptions.builder()
                    .environment(Map.of("OPENAI_API_KEY", "k", "OPENAI_BASE_URL", bad))
                    .build())) {
                assertThatThrownBy(() -> module.provider("openai"))
                        .hasMessageContaining("OPENAI_BASE_URL")
                        .hasMessageNotContaining("secret");
            }
        }
    }
}
