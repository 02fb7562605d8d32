package dev.parley.testkit.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455 section 4.2: the handshake as the server's side reads it, on one gateway for all tests. */
class OpeningHandshakeTest {
    private static final String REQUEST = "GET " + Line.PATH + " HTTP/1.1\r\n" + Line.HEADERS + "\r\n";
    private static final String KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";

    private static @Nullable Line line;

    @BeforeAll
    static void start() throws IOException {
        line = Line.idle();
    }

    @AfterAll
    static void stop() throws IOException {
        line().close();
    }

    private static Line line() {
        if (line == null) {
            throw new IllegalStateException("not started");
        }
        return line;
    }

    private static RawHead answer(String request) throws IOException {
        try (RawPeer client = RawPeer.connect(line().port)) {
            client.say(request);
            RawHead answer = client.head();
            if (answer.status() == 101) {
                line().provider.next().close();
            }
            return answer;
        }
    }

    /** The usual request with one piece of it replaced. */
    private static RawHead with(String piece, String instead) throws IOException {
        assertThat(REQUEST).contains(piece);
        return answer(REQUEST.replace(piece, instead));
    }

    /** 4.2.2: with the accept value of section 1.3, no extension, no subprotocol that was not offered. */
    @Test
    void acceptsTheExampleOfSection13() throws IOException {
        RawHead answer = answer(REQUEST);
        assertThat(answer.first()).startsWith("HTTP/1.1 101 ");
        assertThat(answer.value("upgrade")).isEqualToIgnoringCase("websocket");
        assertThat(answer.value("connection")).isEqualToIgnoringCase("upgrade");
        assertThat(answer.value("sec-websocket-accept")).isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
        assertThat(answer.headers())
                .doesNotContainKeys(
                        "sec-websocket-extensions", "sec-websocket-protocol", "content-length", "transfer-encoding");
    }

    /** 4.2.1: names of headers and the two tokens are ASCII without case; Connection may list more; the key is trimmed. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Upgrade: websocket | UPGRADE: WebSocket",
                "Upgrade: websocket | Upgrade: h2c, websocket",
                "Connection: Upgrade | connection: keep-alive, UPGRADE",
                "Connection: Upgrade | Connection: keep-alive\\r\\nConnection: upgrade",
                "Sec-WebSocket-Version: 13 | sec-websocket-version:13",
                KEY + " | SEC-WEBSOCKET-KEY:   dGhlIHNhbXBsZSBub25jZQ==  ",
                "Host: localhost | Host: localhost\\r\\nCookie: a=b\\r\\nX-Unknown: y",
            })
    void takesWhatMeansTheSame(String piece, String instead) throws IOException {
        RawHead answer = with(piece, instead.replace("\\r\\n", "\r\n"));
        assertThat(answer.status()).isEqualTo(101);
        assertThat(answer.value("sec-websocket-accept")).isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    }

    /** 4.2.1 item 1: the request-target may be an absolute URI. */
    @Test
    void takesAnAbsoluteUri() throws IOException {
        assertThat(with("GET /", "GET http://localhost/").status()).isEqualTo(101);
    }

    /** 4.2.1 item 1: GET. */
    @ParameterizedTest
    @ValueSource(strings = {"POST", "HEAD", "OPTIONS", "CONNECT"})
    void refusesOtherMethods(String method) throws IOException {
        assertThat(with("GET ", method + " ").status()).isBetween(400, 405);
    }

    /** 4.2.1 item 1: HTTP/1.1 or higher. */
    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.0", "HTTP/0.9"})
    void refusesOldHttp(String version) throws IOException {
        assertThat(with("HTTP/1.1", version).status()).isEqualTo(400);
    }

    /** 4.2.1 items 2 to 5: what is missing or wrong is refused with 400 (4.2.2), or 426 where an upgrade is. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Host: localhost | X-Host: localhost | 400",
                "Host: localhost | Host: localhost\\r\\nHost: other | 400",
                "Upgrade: websocket | X-Upgrade: websocket | 426",
                "Upgrade: websocket | Upgrade: h2c | 426",
                "Upgrade: websocket | Upgrade: websockets | 426",
                "Connection: Upgrade | X-Connection: Upgrade | 400",
                "Connection: Upgrade | Connection: close | 400",
                "Connection: Upgrade | Connection: upgraded | 400",
                KEY + " | X-Key: x | 400",
                KEY + " | Sec-WebSocket-Key: | 400",
                KEY + " | Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ | 400",
                KEY + " | Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZTE= | 400",
                KEY + " | Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZTEy | 400",
                KEY + " | Sec-WebSocket-Key: dGhlIHNhbXBs*SBub25jZQ== | 400",
                KEY + " | " + KEY + "\\r\\n" + KEY + " | 400",
            })
    void refusesWhatIsMissingOrWrong(String piece, String instead, int status) throws IOException {
        RawHead answer = with(piece, instead.replace("\\r\\n", "\r\n"));
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.headers()).doesNotContainKey("sec-websocket-accept");
        if (status == 426) {
            assertThat(answer.value("upgrade")).isEqualToIgnoringCase("websocket");
        }
    }

    /** 4.2.2 item 4, 4.4: another version is answered with 426 and the one that is spoken. */
    @ParameterizedTest
    @ValueSource(strings = {"12", "14", "8", "0", "-13", "013", "13.0", "256", "x", "", "13, 8"})
    void tellsTheVersionThatItSpeaks(String version) throws IOException {
        RawHead answer = with("Sec-WebSocket-Version: 13", "Sec-WebSocket-Version: " + version);
        assertThat(answer.status()).isEqualTo(426);
        assertThat(answer.value("sec-websocket-version")).isEqualTo("13");
    }

    @Test
    void tellsTheVersionWhereNoneIsNamed() throws IOException {
        RawHead answer = with("Sec-WebSocket-Version: 13", "X-Version: 13");
        assertThat(answer.status()).isEqualTo(426);
        assertThat(answer.value("sec-websocket-version")).isEqualTo("13");
    }

    /** 4.2.2 item 5, 11.3.4: one of those offered, or none. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Sec-WebSocket-Protocol: realtime | realtime",
                "Sec-WebSocket-Protocol: chat, realtime , x | realtime",
                "Sec-WebSocket-Protocol: chat\\r\\nSec-WebSocket-Protocol: realtime | realtime",
                "Sec-WebSocket-Protocol: chat | ''",
                "Sec-WebSocket-Protocol: realtimes | ''",
                "Sec-WebSocket-Protocol: parley.binary | parley.binary",
                "Sec-WebSocket-Protocol: realtime, parley.binary | parley.binary",
                "Sec-WebSocket-Protocol: Parley.Binary | ''",
            })
    void choosesASubprotocolThatIsOfferedOrNone(String offer, String chosen) throws IOException {
        RawHead answer = answer(REQUEST.replace(KEY, KEY + "\r\n" + offer.replace("\\r\\n", "\r\n")));
        assertThat(answer.status()).isEqualTo(101);
        assertThat(answer.value("sec-websocket-protocol")).isEqualTo(chosen);
    }

    /** 9.1: an extension that is not answered is not used. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "permessage-deflate",
                "permessage-deflate; client_max_window_bits, permessage-deflate; server_no_context_takeover",
                "x-webkit-deflate-frame",
                ";;,=",
            })
    void ignoresOffersOfExtensions(String offer) throws IOException {
        RawHead answer = answer(REQUEST.replace(KEY, KEY + "\r\nSec-WebSocket-Extensions: " + offer));
        assertThat(answer.status()).isEqualTo(101);
        assertThat(answer.headers()).doesNotContainKey("sec-websocket-extensions");
    }

    /** After a refusal the connection is still one of HTTP, and another handshake may follow. */
    @Test
    void takesARightHandshakeAfterAWrongOne() throws IOException {
        try (RawPeer client = RawPeer.connect(line().port)) {
            client.say(REQUEST.replace("Version: 13", "Version: 12"));
            RawHead refused = client.head();
            assertThat(refused.status()).isEqualTo(426);
            client.skip(Integer.parseInt(refused.value("content-length")));
            client.say(REQUEST);
            assertThat(client.head().status()).isEqualTo(101);
            line().provider.next().close();
        }
    }

    /** Frames may come in the packet of the request, before the answer: none is lost, and none is read as HTTP. */
    @Test
    void readsFramesThatCameWithTheRequest() throws IOException {
        try (RawPeer client = RawPeer.connect(line().port)) {
            String first = "{\"type\":\"first\"}";
            String long_ = FramingTest.event(100_000);
            client.write(RawPeer.join(
                    REQUEST.getBytes(StandardCharsets.US_ASCII),
                    client.frame(0x81, first.getBytes(StandardCharsets.US_ASCII)),
                    client.frame(0x89, (byte) 'p'),
                    client.frame(0x81, long_.getBytes(StandardCharsets.US_ASCII))));
            assertThat(client.head().status()).isEqualTo(101);
            assertThat(client.next().opcode()).isEqualTo(RawFrame.PONG);
            try (RawPeer provider = line().provider.next()) {
                provider.accept();
                assertThat(provider.nextButPings().text()).isEqualTo(first);
                assertThat(provider.nextButPings().text().equals(long_)).isTrue();
            }
        }
    }

    /** Half a frame with the request, and the rest of it once the handshake is done. */
    @Test
    void readsAFrameThatBeganWithTheRequest() throws IOException {
        byte[] request = REQUEST.getBytes(StandardCharsets.US_ASCII);
        byte[] event = "{\"type\":\"first\"}".getBytes(StandardCharsets.US_ASCII);
        for (int cut = 1; cut < event.length + 6; cut++) {
            try (RawPeer client = RawPeer.connect(line().port)) {
                byte[] frame = client.frame(0x81, event);
                client.write(RawPeer.join(request, java.util.Arrays.copyOf(frame, cut)));
                assertThat(client.head().status()).isEqualTo(101);
                client.write(java.util.Arrays.copyOfRange(frame, cut, frame.length));
                try (RawPeer provider = line().provider.next()) {
                    provider.accept();
                    assertThat(provider.nextButPings().payload()).isEqualTo(event);
                }
            }
        }
    }

    /** A close right behind the request is answered behind the 101. */
    @Test
    void closesWhenTheRequestBroughtAClose() throws IOException {
        try (RawPeer client = RawPeer.connect(line().port)) {
            client.write(RawPeer.join(REQUEST.getBytes(StandardCharsets.US_ASCII), client.closing(1001, "")));
            assertThat(client.head().status()).isEqualTo(101);
            assertThat(client.next().code()).isEqualTo(1001);
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void readsARequestThatComesByteByByte() throws IOException {
        try (RawPeer client = RawPeer.connect(line().port)) {
            for (byte one : REQUEST.getBytes(StandardCharsets.US_ASCII)) {
                client.write(one);
            }
            assertThat(client.head().status()).isEqualTo(101);
            line().provider.next().close();
        }
    }

    /** What is no HTTP, or too much of it, is refused, and the gateway goes on. */
    @Test
    void refusesWhatIsNoRequest() throws IOException {
        String[] wrong = {
            "\u0016\u0003\u0001\u0002\r\n\r\n",
            "GET\r\n\r\n",
            REQUEST.replace("Host: localhost", "Host: localhost\r\nX: " + "y".repeat(100_000)),
            REQUEST.replace(Line.PATH, Line.PATH + "z".repeat(100_000)),
            REQUEST.replace("model=gpt-realtime", "model=%zz"),
        };
        for (String request : wrong) {
            assertThat(answer(request).status()).isBetween(400, 431);
        }
        assertThat(answer(REQUEST).status()).isEqualTo(101);
    }
}
