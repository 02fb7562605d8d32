package dev.parley.testkit.functional;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.parley.access.ClientAccess;
import dev.parley.access.ClientKey;
import dev.parley.testkit.Caller;
import dev.parley.testkit.FakeConnection;
import dev.parley.testkit.Script;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Whole sessions with marked secrets, at the finest log level: no mark may show in any line. */
class HygieneTest {
    private static final List<String> MARKS =
            List.of("MARKERprompt", "MARKERwords", "TUFSS0VS", Gateway.KEY, "ek_MARKER", "pk_MARKER");

    @Test
    void logsNoKeyNoPromptNoWordAndNoAudio() throws Exception {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        Level before = root.getLevel();
        root.setLevel(Level.TRACE);
        root.addAppender(lines);
        String issued;
        try {
            session();
            issued = secretAndCall();
        } finally {
            root.detachAppender(lines);
            root.setLevel(before);
        }
        assertThat(lines.list).isNotEmpty();
        for (ILoggingEvent line : List.copyOf(lines.list)) {
            String all = line.getFormattedMessage()
                    + (line.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(line.getThrowableProxy()));
            assertThat(MARKS).noneMatch(all::contains);
            assertThat(all).doesNotContain(issued);
        }
    }

    /** A client secret, a connection with it and a call by WebRTC; returns the secret. */
    private static String secretAndCall() throws Exception {
        Script switchboard = connection -> {
            connection.request();
            if (connection.method().equals("GET")) {
                connection.accept();
            } else {
                connection.answer(201, Map.of("Location", "/v1/realtime/calls/rtc_1"), "v=0 MARKERwords");
            }
        };
        ClientAccess access = new ClientAccess(List.of(ClientKey.of("web", "pk_MARKER")), Map.of(), false);
        try (Gateway gateway = Gateway.before(switchboard, options -> options.access(access))) {
            String session = "{\"session\":{\"type\":\"realtime\",\"instructions\":\"MARKERprompt\"}}";
            String secret = Rest.json(Rest.post(
                            gateway, "/v1/realtime/client_secrets", session, "Authorization", "Bearer pk_MARKER"))
                    .path("value")
                    .asString();
            try (Caller caller = Caller.connect(
                    gateway.uri("/v1/realtime"), "Sec-WebSocket-Protocol", "openai-insecure-api-key." + secret)) {
                caller.send("{\"type\":\"session.update\",\"session\":{\"instructions\":\"MARKERprompt\"}}");
                assertThat(gateway.provider.next(Duration.ofSeconds(10)).receive())
                        .contains("MARKERprompt");
            }
            assertThat(Rest.post(
                                    gateway,
                                    "/v1/realtime/calls",
                                    "v=0 MARKERwords",
                                    "Authorization",
                                    "Bearer " + secret,
                                    "Content-Type",
                                    "application/sdp")
                            .statusCode())
                    .isEqualTo(201);
            return secret;
        }
    }

    private static void session() throws Exception {
        try (Gateway gateway = Gateway.before(Script.accept());
                Caller caller =
                        Caller.connect(gateway.uri("/v1/realtime?model=m"), "Authorization", "Bearer ek_MARKER")) {
            FakeConnection provider = gateway.provider.next(Duration.ofSeconds(10));
            caller.send("{\"type\":\"session.update\",\"session\":{\"instructions\":\"MARKERprompt\"}}");
            caller.send("{\"type\":\"input_audio_buffer.append\",\"audio\":\"TUFSS0VS\"}");
            caller.send("MARKERwords that are no JSON");
            caller.send("{\"type\":\"x\",\"y\":MARKERwords}");
            provider.receive();
            provider.receive();
            provider.send("{\"type\":\"response.output_audio_transcript.delta\",\"delta\":\"MARKERwords\"}");
            provider.send("MARKERwords, too");
            assertThat(caller.next("error").toString()).doesNotContain("MARKERwords");
            caller.next("response.output_audio_transcript.delta");
            provider.write("MARKERwords".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            caller.closed();
            Awaitility.await().until(() -> gateway.module.service().getSessionCount() == 0);
        }
        try (Gateway gateway = Gateway.before(Script.refuse(401));
                Caller caller = gateway.plain()) {
            assertThat(caller.next("error").toString()).doesNotContain(Gateway.KEY);
        }
    }
}
