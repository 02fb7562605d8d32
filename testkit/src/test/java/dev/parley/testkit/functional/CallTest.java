package dev.parley.testkit.functional;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.RealtimeSessionConfig;
import dev.parley.access.ClientAccess;
import dev.parley.access.ClientKey;
import dev.parley.access.Profile;
import dev.parley.session.ClientPolicy;
import dev.parley.testkit.Caller;
import dev.parley.testkit.FakeConnection;
import dev.parley.testkit.Script;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** {@code POST /v1/realtime/calls}, and the session beside the call. */
class CallTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String KEY = "pk-caller-0123456789";
    private static final String OFFER = "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\n";
    private static final String ANSWER = "v=0\r\no=- 2 2 IN IP4 0.0.0.0\r\ns=-\r\n";
    private static final Script SWITCHBOARD = connection -> {
        connection.request();
        if (connection.method().equals("GET")) {
            connection.accept();
        } else if (connection.target().endsWith("/hangup")) {
            connection.answer(200, Map.of(), "");
        } else {
            connection.answer(
                    201, Map.of("Location", "/v1/realtime/calls/rtc_1", "Content-Type", "text/plain"), ANSWER);
        }
    };

    private static Gateway gateway(Script provider) {
        Profile locked = new Profile(
                new ClientPolicy(Set.of(), Optional.of(Set.of())),
                RealtimeSessionConfig.builder().instructions("Sell tickets.").build(),
                Optional.empty(),
                Set.of(),
                Set.of(),
                Optional.empty());
        ClientAccess access = new ClientAccess(
                List.of(
                        ClientKey.of("free", KEY),
                        new ClientKey("locked", ClientKey.digest("pk-locked"), Optional.of("p"), OptionalInt.of(1))),
                Map.of("p", locked),
                false);
        return Gateway.before(provider, options -> options.access(access));
    }

    private static HttpResponse<String> place(Gateway gateway, String key, String type, String body) throws Exception {
        return Rest.post(
                gateway,
                "/v1/realtime/calls?model=gpt-realtime",
                body,
                "Authorization",
                "Bearer " + key,
                "Content-Type",
                type);
    }

    private static String form(String session) {
        return "--b\r\nContent-Disposition: form-data; name=\"sdp\"\r\n\r\n" + OFFER
                + "\r\n--b\r\nContent-Disposition: form-data; name=\"session\"\r\n\r\n" + session + "\r\n--b--\r\n";
    }

    @Test
    void placesTheCallWithTheServersKeyAndJoinsIt() throws Exception {
        try (Gateway gateway = gateway(SWITCHBOARD)) {
            HttpResponse<String> answer = place(
                    gateway,
                    KEY,
                    "multipart/form-data; boundary=b",
                    form("{\"type\":\"realtime\",\"instructions\":\"Be brief.\"}"));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
            assertThat(answer.body()).isEqualTo(ANSWER);
            assertThat(answer.headers().firstValue("location")).contains("/v1/realtime/calls/rtc_1");

            FakeConnection post = gateway.provider.next(SOON);
            assertThat(post.headers().get("authorization")).isEqualTo("Bearer " + Gateway.KEY);
            assertThat(post.body()).contains(OFFER, "Be brief.", "gpt-realtime").doesNotContain(KEY);
            FakeConnection sideband = gateway.provider.next(SOON);
            Awaitility.await().until(() -> sideband.target().contains("call_id=rtc_1"));
            assertThat(sideband.target()).doesNotContain("model=");

            Awaitility.await()
                    .until(() -> gateway.module.service().getSession("rtc_1").isPresent());
            var session = gateway.module.service().getSession("rtc_1").orElseThrow();
            session.sendText("hello");
            assertThat(sideband.receive()).contains("conversation.item.create");
            sideband.send("{\"type\":\"response.created\",\"response\":{\"id\":\"r\"}}");
            Awaitility.await().until(() -> session.stats().eventsReceived() == 1);

            session.disconnect();
            FakeConnection hangup = gateway.provider.next(SOON);
            Awaitility.await().until(() -> hangup.target().equals("/v1/realtime/calls/rtc_1/hangup"));
            Awaitility.await().until(() -> gateway.module.service().getSessionCount() == 0);
        }
    }

    @Test
    void letsOnlyItsOwnerJoinACall() throws Exception {
        try (Gateway gateway = gateway(SWITCHBOARD)) {
            assertThat(place(gateway, KEY, "application/sdp", OFFER).statusCode())
                    .isEqualTo(201);
            assertThat(Caller.refusal(gateway.uri("/v1/realtime?call_id=rtc_1"), "api-key", "pk-locked"))
                    .isEqualTo(404);
            try (Caller caller = Caller.connect(gateway.uri("/v1/realtime?call_id=rtc_1"), "api-key", KEY)) {
                Awaitility.await()
                        .until(() -> gateway.provider.connections().stream()
                                        .filter(c -> c.target().contains("call_id=rtc_1"))
                                        .count()
                                == 2);
                caller.send("{\"type\":\"a\"}");
            }
        }
    }

    @Test
    void keepsToTheProfile() throws Exception {
        try (Gateway gateway = gateway(SWITCHBOARD)) {
            HttpResponse<String> refused = place(
                    gateway,
                    "pk-locked",
                    "multipart/form-data; boundary=b",
                    form("{\"type\":\"realtime\",\"instructions\":\"Be rude.\"}"));
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(Rest.json(refused).path("error").path("code").asString()).isEqualTo("not_allowed");
            assertThat(place(gateway, "pk-locked", "application/sdp", OFFER).statusCode())
                    .isEqualTo(201);
            assertThat(gateway.provider.next(SOON).body()).contains("Sell tickets.");
            assertThat(place(gateway, "pk-locked", "application/sdp", OFFER).statusCode())
                    .isEqualTo(429);
        }
    }

    @Test
    void offersTheModelsOfTheProfileInTheSession() throws Exception {
        Profile small = new Profile(
                ClientPolicy.ALL,
                RealtimeSessionConfig.EMPTY,
                Optional.empty(),
                Set.of(),
                Set.of("gpt-realtime"),
                Optional.empty());
        ClientAccess access = new ClientAccess(List.of(), Map.of(Profile.DEFAULT_NAME, small), false);
        try (Gateway gateway = Gateway.before(SWITCHBOARD, options -> options.access(access))) {
            HttpResponse<String> refused = place(
                    gateway,
                    KEY,
                    "multipart/form-data; boundary=b",
                    form("{\"type\":\"realtime\",\"model\":\"gpt-huge\"}"));
            assertThat(refused.statusCode()).isEqualTo(404);
            assertThat(Rest.json(refused).path("error").path("code").asString()).isEqualTo("model_not_found");
            assertThat(gateway.provider.connections()).isEmpty();
        }
    }

    @Test
    void takesNoDataChannelWhereTheProfileForbidsEvents() throws Exception {
        try (Gateway gateway = gateway(SWITCHBOARD)) {
            String offer = OFFER + "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n";
            HttpResponse<String> refused = place(gateway, "pk-locked", "application/sdp", offer);
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(Rest.json(refused).path("error").path("code").asString()).isEqualTo("not_allowed");
            assertThat(place(gateway, KEY, "application/sdp", offer).statusCode())
                    .isEqualTo(201);
        }
    }

    @Test
    void tellsWhatTheProviderSays() throws Exception {
        Script refusing = connection -> connection.answer(
                400,
                Map.of("Content-Type", "application/json"),
                "{\"error\":{\"type\":\"invalid_request_error\",\"code\":\"invalid_offer\",\"message\":\"Bad SDP.\"}}");
        try (Gateway gateway = gateway(refusing)) {
            HttpResponse<String> answer = place(gateway, KEY, "application/sdp", OFFER);
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(Rest.json(answer).path("error").path("message").asString())
                    .contains("Bad SDP.");
            assertThat(gateway.module.service().getSessionCount()).isZero();
            assertThat(place(gateway, KEY, "text/plain", "hello").statusCode()).isEqualTo(400);
            assertThat(place(gateway, "sk-wrong", "application/sdp", OFFER).statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void answersBrowsersOfAllowedPagesOnly() throws Exception {
        try (Gateway gateway = Gateway.before(SWITCHBOARD, options -> options.allowOrigin("https://app.example"))) {
            HttpResponse<String> preflight = Rest.send(
                    gateway,
                    "OPTIONS",
                    "/v1/realtime/calls",
                    "",
                    "Origin",
                    "https://app.example",
                    "Access-Control-Request-Headers",
                    "authorization,content-type");
            assertThat(preflight.statusCode()).isEqualTo(204);
            assertThat(preflight.headers().firstValue("access-control-allow-origin"))
                    .contains("https://app.example");
            assertThat(preflight.headers().firstValue("access-control-allow-headers"))
                    .contains("authorization,content-type");
            HttpResponse<String> placed = Rest.post(
                    gateway,
                    "/v1/realtime/calls",
                    OFFER,
                    "Origin",
                    "https://app.example",
                    "Content-Type",
                    "application/sdp");
            assertThat(placed.statusCode()).isEqualTo(201);
            assertThat(placed.headers().firstValue("access-control-expose-headers"))
                    .contains("Location");
            for (String path : List.of("/v1/realtime/calls", "/v1/realtime/client_secrets")) {
                HttpResponse<String> evil = Rest.post(gateway, path, OFFER, "Origin", "https://evil.example");
                assertThat(evil.statusCode()).isEqualTo(403);
                assertThat(evil.headers().firstValue("access-control-allow-origin"))
                        .isEmpty();
                HttpResponse<String> wrong = Rest.post(gateway, path, "{]", "Origin", "https://app.example");
                assertThat(wrong.statusCode()).isEqualTo(400);
                assertThat(wrong.headers().firstValue("access-control-allow-origin"))
                        .contains("https://app.example");
            }
        }
    }

    @Test
    void hangsUpACallThatCannotBeJoined() throws Exception {
        Script mute = connection -> {
            connection.request();
            if (connection.method().equals("GET")) {
                connection.answer(500, Map.of(), "");
            } else {
                connection.answer(201, Map.of("Location", "/v1/realtime/calls/rtc_1"), ANSWER);
            }
        };
        try (Gateway gateway = gateway(mute)) {
            assertThat(place(gateway, KEY, "application/sdp", OFFER).statusCode())
                    .isEqualTo(201);
            Awaitility.await().until(() -> hungUp(gateway));
        }
    }

    @Test
    void hangsUpWhenTheGatewayStops() throws Exception {
        Gateway gateway = gateway(SWITCHBOARD);
        try (gateway) {
            assertThat(place(gateway, KEY, "application/sdp", OFFER).statusCode())
                    .isEqualTo(201);
            Awaitility.await()
                    .until(() -> gateway.module.service().getSession("rtc_1").isPresent());
            gateway.module.close();
            assertThat(hungUp(gateway)).isTrue();
        }
    }

    private static boolean hungUp(Gateway gateway) {
        return gateway.provider.connections().stream()
                .anyMatch(connection -> connection.target().equals("/v1/realtime/calls/rtc_1/hangup"));
    }
}
