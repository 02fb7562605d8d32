package dev.parley.testkit.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455 section 4.1: the handshake as the client's side asks and reads it, on one gateway for all tests. */
class DiallingTest {
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

    /** The client of the gateway is told that the provider is not to be had, and closed with 1011. */
    private static void refused(RawPeer client, String code) throws IOException {
        assertThat(client.nextButPings().text()).contains("\"type\":\"error\"", "\"code\":\"" + code + "\"");
        assertThat(client.nextButPings().code()).isEqualTo(1011);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The usual answer with one piece of it replaced; {@code \r\n} may be written as such. */
    private static String changed(RawHead request, String piece, String instead) {
        String answer = RawPeer.answer(request);
        assertThat(answer).contains(piece);
        return answer.replace(piece, instead.replace("\\r\\n", "\r\n"));
    }

    /** 4.1: method, version, Host with its port, Upgrade, Connection, key and version; no page and no extension. */
    @Test
    void asksAsTheClauseSays() throws IOException {
        try (RawPeer client = line().client(Line.PATH);
                RawPeer provider = line().provider.next()) {
            RawHead request = provider.head();
            assertThat(request.first()).isEqualTo("GET /v1/realtime?model=gpt-realtime HTTP/1.1");
            assertThat(request.value("host"))
                    .isEqualTo("127.0.0.1:" + line().provider.port());
            assertThat(request.value("upgrade")).isEqualTo("websocket");
            assertThat(request.value("connection")).isEqualTo("Upgrade");
            assertThat(request.value("sec-websocket-version")).isEqualTo("13");
            assertThat(Base64.getDecoder().decode(request.value("sec-websocket-key")))
                    .hasSize(16);
            assertThat(request.headers())
                    .doesNotContainKeys("origin", "cookie", "sec-websocket-extensions", "sec-websocket-protocol");
            client.abort();
        }
    }

    /** 4.1 item 7: "the nonce MUST be selected randomly for each connection". */
    @Test
    void asksWithANewKeyEachTime() throws IOException {
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < 30; i++) {
            try (RawPeer client = line().client(Line.PATH);
                    RawPeer provider = line().provider.next()) {
                keys.add(provider.head().value("sec-websocket-key"));
                client.abort();
            }
        }
        assertThat(keys).hasSize(30);
    }

    /** 4.1: the tokens are without case, white space around the accept value is none of it, other headers are ignored. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Upgrade: websocket | UPGRADE: WebSocket",
                "Connection: Upgrade | connection: keep-alive, upgrade",
                "Accept: | Accept:  \t ",
                "Switching Protocols | Whatever",
                "Upgrade: websocket | Upgrade: websocket\\r\\nSet-Cookie: a=b\\r\\nServer: x",
            })
    void takesWhatMeansTheSame(String piece, String instead) throws IOException {
        try (RawPeer client = line().client(Line.PATH);
                RawPeer provider = line().provider.next()) {
            provider.say(changed(provider.head(), piece, instead));
            provider.text("{\"type\":\"a\"}");
            assertThat(client.nextButPings().text()).isEqualTo("{\"type\":\"a\"}");
        }
    }

    /** 4.1, items 1 to 6 of what the server's answer must be. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HTTP/1.1 101 | HTTP/1.1 200",
                "HTTP/1.1 101 | HTTP/1.1 301",
                "HTTP/1.1 101 | HTTP/1.1 302",
                "HTTP/1.1 101 | HTTP/1.1 400",
                "HTTP/1.1 101 | HTTP/1.1 503",
                "HTTP/1.1 101 | HTTP/1.0 101",
                "Upgrade: websocket | X-Upgrade: websocket",
                "Upgrade: websocket | Upgrade: h2c",
                "Upgrade: websocket | Upgrade: websocket2",
                "Connection: Upgrade | X-Connection: Upgrade",
                "Connection: Upgrade | Connection: close",
                "Sec-WebSocket-Accept: | X-Accept:",
                "Sec-WebSocket-Accept: | Sec-WebSocket-Accept: x",
                "Connection: Upgrade | Connection: Upgrade\\r\\nSec-WebSocket-Extensions: permessage-deflate",
                "Connection: Upgrade | Connection: Upgrade\\r\\nSec-WebSocket-Protocol: realtime",
            })
    void refusesAnAnswerThatIsMissingSomethingOrWrong(String piece, String instead) throws IOException {
        try (RawPeer client = line().client(Line.PATH);
                RawPeer provider = line().provider.next()) {
            provider.say(changed(provider.head(), piece, instead));
            refused(client, "provider_refused");
            assertThat(provider.rest()).isEmpty();
        }
    }

    /** 4.2.2: the accept value is that of this key, in this case. */
    @ParameterizedTest
    @ValueSource(strings = {"s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", "", "upper"})
    void refusesAnotherAcceptValue(String accept) throws IOException {
        try (RawPeer client = line().client(Line.PATH);
                RawPeer provider = line().provider.next()) {
            RawHead request = provider.head();
            String right = RawPeer.hash(request.value("sec-websocket-key"));
            String wrong = accept.equals("upper") ? swapped(right) : accept;
            provider.say(changed(request, right, wrong));
            refused(client, "provider_refused");
        }
    }

    /** The same letters, each in its other case. */
    private static String swapped(String text) {
        StringBuilder all = new StringBuilder();
        text.chars()
                .forEach(c -> all.append(
                        (char) (Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c))));
        return all.toString();
    }

    /** A redirect is an answer that is not 101 (4.1 leaves it to the client): it is not followed, lest a key goes elsewhere. */
    @Test
    void followsNoRedirect() throws IOException {
        try (RawPeer client = line().client(Line.PATH);
                RawPeer provider = line().provider.next()) {
            provider.head();
            provider.say("HTTP/1.1 307 Go\r\nLocation: " + line().provider.baseUrl()
                    + "/other\r\nContent-Length: 0\r\n\r\n");
            refused(client, "provider_refused");
            client.abort();
            line().empty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"SSH-2.0-OpenSSH_9.2\r\n\r\n", "\u0015\u0003\u0001\u0000\u0002\r\n\r\n", "HTTP/1.1\r\n\r\n"})
    void refusesWhatIsNoAnswer(String answer) throws IOException {
        try (RawPeer client = line().client(Line.PATH);
                RawPeer provider = line().provider.next()) {
            provider.head();
            provider.say(answer);
            refused(client, "provider_refused");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 101 Switching", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"})
    void tellsWhenTheConnectionEndsInsideTheAnswer(String answer) throws IOException {
        try (RawPeer client = line().client(Line.PATH)) {
            try (RawPeer provider = line().provider.next()) {
                provider.head();
                provider.say(answer);
            }
            assertThat(client.nextButPings().text()).contains("\"code\":\"provider_");
            assertThat(client.nextButPings().code()).isEqualTo(1011);
        }
    }

    /** Frames may come in the packet of the answer, and a frame may begin in it. */
    @Test
    void readsFramesThatCameWithTheAnswer() throws IOException {
        byte[] created = ascii("{\"type\":\"session.created\"}");
        for (int cut = 0; cut <= created.length + 2; cut++) {
            try (RawPeer client = line().client(Line.PATH);
                    RawPeer provider = line().provider.next()) {
                byte[] frame = provider.frame(0x81, created);
                provider.accept(Arrays.copyOf(frame, cut));
                provider.write(Arrays.copyOfRange(frame, cut, frame.length));
                assertThat(client.nextButPings().payload()).isEqualTo(created);
                client.abort();
            }
        }
    }

    @Test
    void readsAnAnswerThatComesByteByByte() throws IOException {
        try (RawPeer client = line().client(Line.PATH);
                RawPeer provider = line().provider.next()) {
            String answer = RawPeer.answer(provider.head());
            for (byte one : RawPeer.join(ascii(answer), provider.frame(0x81, ascii("{\"type\":\"a\"}")))) {
                provider.write(one);
            }
            assertThat(client.nextButPings().text()).isEqualTo("{\"type\":\"a\"}");
        }
    }

    /** A provider that closes right behind its answer: its code reaches the client. */
    @Test
    void closesWhenTheAnswerBroughtAClose() throws IOException {
        try (RawPeer client = line().client(Line.PATH);
                RawPeer provider = line().provider.next()) {
            provider.accept(provider.closing(4003, "no"));
            assertThat(provider.nextButPings().code()).isEqualTo(4003);
            assertThat(provider.rest()).isEmpty();
            assertThat(client.nextButPings().text()).contains("\"code\":\"provider_closed\"");
            assertThat(client.nextButPings().code()).isEqualTo(4003);
        }
    }
}
