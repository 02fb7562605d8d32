package dev.parley.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parley.protocol.Json;
import dev.parley.testkit.Caller;
import dev.parley.testkit.FakeConnection;
import dev.parley.testkit.FakeRealtimeServer;
import dev.parley.testkit.Script;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.ObjectNode;

/** An application in a process of its own, on each server, as clients and the provider see it. */
@ParameterizedClass
@EnumSource(Container.class)
class ApplicationTest {
    private static final String CLEAR = "{\"type\":\"input_audio_buffer.clear\"}";

    private static FakeRealtimeServer provider = FakeRealtimeServer.start(Script.accept());

    @SuppressWarnings("NullAway.Init") // By start().
    private static RunningApplication application;

    @SuppressWarnings("NullAway.Init") // By JUnit.
    @Parameter
    Container container;

    @BeforeParameterizedClassInvocation
    static void start(Container container) throws Exception {
        provider = FakeRealtimeServer.start(Script.accept());
        application = RunningApplication.start(
                container,
                provider,
                "--parley.limits.stuck=1s",
                "--parley.limits.farewell=20s",
                "--parley.limits.client-idle=3s");
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        application.close();
        provider.close();
    }

    @AfterEach
    void leavesNoSession() {
        Awaitility.await().atMost(RunningApplication.PATIENCE).until(() -> application.sessions() == 0);
        Awaitility.await().atMost(RunningApplication.PATIENCE).until(() -> provider.open() == 0);
        forgetConnections();
    }

    /** Those that a test has not asked for would be taken for the next one's. */
    private static void forgetConnections() {
        try {
            while (true) {
                provider.next(Duration.ZERO);
            }
        } catch (AssertionError none) {
            // As it should be.
        }
    }

    private static FakeConnection next() {
        return provider.next(RunningApplication.PATIENCE);
    }

    /** The provider's end of a caller's session, once events pass. */
    private static FakeConnection live(Caller caller) throws InterruptedException {
        FakeConnection there = next();
        caller.send(CLEAR);
        assertThat(there.receive()).isEqualTo(CLEAR);
        return there;
    }

    private static ObjectNode json(String text) {
        return Json.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void carriesEventsBothWaysInTheEnvelope() throws Exception {
        try (Caller caller = application.call("/realtime")) {
            FakeConnection there = next();
            caller.send("{\"type\":\"input_audio_buffer.append\",\"audio\":\"AAAA\",\"x\":\"ä€😀\"}");
            assertThat(there.receive())
                    .isEqualTo("{\"type\":\"input_audio_buffer.append\",\"audio\":\"AAAA\",\"x\":\"ä€😀\"}");
            assertThat(there.headers()).containsEntry("authorization", "Bearer sk-marker-0123456789");
            there.send("{\"type\":\"response.output_audio.delta\",\"delta\":\"AAAA\",\"x\":\"ö😀\"}");
            ObjectNode raw = caller.nextRaw();
            assertThat(raw.get("event").asString()).isEqualTo("realtime");
            assertThat(raw.get("data").get("x").asString()).isEqualTo("ö😀");
            assertThat(raw.get("timestamp").asLong()).isCloseTo(System.currentTimeMillis(), within(60_000L));
        }
    }

    @Test
    void speaksTheApiItself() throws Exception {
        try (Caller caller =
                application.call("/v1/realtime?model=gpt-realtime-2.1", "Sec-WebSocket-Protocol", "realtime")) {
            FakeConnection there = live(caller);
            assertThat(there.target()).contains("model=gpt-realtime-2.1");
            assertThat(caller.socket().getSubprotocol()).isEqualTo("realtime");
            for (int i = 0; i < 500; i++) {
                there.send("{\"type\":\"response.output_audio.delta\",\"n\":" + i + "}");
                caller.send("{\"type\":\"input_audio_buffer.clear\",\"n\":" + i + "}");
            }
            for (int i = 0; i < 500; i++) {
                assertThat(caller.next().get("n").asInt()).isEqualTo(i);
                assertThat(json(there.receive()).get("n").asInt()).isEqualTo(i);
            }
        }
    }

    @Test
    void carriesAudioInBinaryMessages() throws Exception {
        try (Caller caller = application.call("/realtime", "Sec-WebSocket-Protocol", "realtime, parley.binary")) {
            FakeConnection there = live(caller);
            assertThat(caller.socket().getSubprotocol()).isEqualTo("parley.binary");
            for (int length : new int[] {1, 960, 3_000_000}) {
                byte[] input = new byte[4 + length];
                Arrays.fill(input, 4, input.length, (byte) 0xff);
                input[0] = 1;
                caller.socket().sendBinary(ByteBuffer.wrap(input, 0, 3), false).join();
                caller.socket()
                        .sendBinary(ByteBuffer.wrap(input, 3, input.length - 3), true)
                        .join();
                String base64 = Base64.getEncoder().encodeToString(Arrays.copyOfRange(input, 4, input.length));
                assertThat(there.next(RunningApplication.PATIENCE).orElseThrow())
                        .isEqualTo("{\"type\":\"input_audio_buffer.append\",\"audio\":\"" + base64 + "\"}");
                there.send(
                        "{\"type\":\"response.output_audio.delta\",\"item_id\":\"abcd\",\"delta\":\"" + base64 + "\"}");
                byte[] output = caller.nextBinary();
                assertThat(output).hasSize(8 + length).startsWith(2, 0, 4, 0, 'a', 'b', 'c', 'd', 0xff);
            }
            caller.sendBinary(new byte[22 << 20]);
            assertThat(caller.next("error").get("error").get("code").asString()).isEqualTo("message_too_big");
            assertThat(caller.closed().code()).isEqualTo(1009);
        }
    }

    @Test
    void takesMessagesOfTwentyMiBAndNoLongerOnes() throws Exception {
        try (Caller caller = application.call("/realtime")) {
            FakeConnection there = next();
            String ascii = "{\"type\":\"input_audio_buffer.append\",\"audio\":\"" + "A".repeat(20 << 20) + "\"}";
            caller.send(ascii);
            assertThat(there.next(RunningApplication.PATIENCE).orElseThrow().equals(ascii))
                    .isTrue();
            String wide = "{\"type\":\"conversation.item.create\",\"text\":\"" + "ä😀".repeat(1 << 18) + "\"}";
            caller.send(wide);
            assertThat(there.receive().equals(wide)).isTrue();
            caller.send("{\"type\":\"conversation.item.create\",\"text\":\"" + "A".repeat(22 << 20) + "\"}");
            assertThat(caller.next("error").get("error").get("code").asString()).isEqualTo("message_too_big");
            assertThat(caller.closed().code()).isEqualTo(1009);
        }
    }

    @Test
    void garbageEndsOnlyItsOwnSession() throws Exception {
        try (Caller caller = application.call("/realtime")) {
            FakeConnection there = next();
            caller.send("this is no JSON");
            assertThat(caller.next().get("type").asString()).isEqualTo("error");
            caller.socket()
                    .sendBinary(java.nio.ByteBuffer.wrap(new byte[3]), true)
                    .join();
            assertThat(caller.next().get("error").get("message").asString()).contains("Binary");
            caller.send(CLEAR);
            assertThat(there.receive()).isEqualTo(CLEAR);
            try (RawClient other = new RawClient(application.port, "/realtime")) {
                assertThat(other.head()).startsWith("HTTP/1.1 101");
                next();
                other.frame(0x81, new byte[] {(byte) 0xc3, 0x28});
                assertThat(other.closeCode()).isEqualTo(1007);
            }
            try (RawClient other = new RawClient(application.port, "/realtime")) {
                other.head();
                next();
                other.frame(0xf1, new byte[2]);
                assertThat(other.closeCode()).isEqualTo(1002);
            }
            there.send("{\"type\":\"session.updated\"}");
            assertThat(caller.next().get("type").asString()).isEqualTo("session.updated");
        }
    }

    @Test
    void refusesPagesOfOthersAndTellsWhy() throws Exception {
        assertThat(Caller.refusal(application.ws("/realtime"), "Origin", "https://evil.example"))
                .isEqualTo(403);
        HttpResponse<String> plain = application.http("GET", "/realtime", "");
        assertThat(plain.statusCode()).isEqualTo(426);
        try (RawClient client = new RawClient(application.port, "/v1/realtime?provider=nobody")) {
            assertThat(client.head()).startsWith("HTTP/1.1 4").containsIgnoringCase("application/json");
        }
    }

    @Test
    void hasTheRestCalls() throws Exception {
        HttpResponse<String> secret = application.http(
                "POST",
                "/v1/realtime/client_secrets",
                "{\"session\":{\"type\":\"realtime\",\"model\":\"gpt-realtime\",\"instructions\":\"Be brief.\"}}",
                "Content-Type",
                "application/json");
        assertThat(secret.statusCode()).isEqualTo(200);
        String value = json(secret.body()).get("value").asString();
        try (Caller caller = application.call("/v1/realtime", "Authorization", "Bearer " + value)) {
            FakeConnection there = next();
            assertThat(json(there.receive()).get("session").get("instructions").asString())
                    .isEqualTo("Be brief.");
            caller.socket().sendClose(1000, "").join();
            assertThat(caller.closed().code()).isEqualTo(1000);
        }
        assertThat(application.http("PUT", "/v1/realtime/client_secrets", "").statusCode())
                .isEqualTo(405);
    }

    @Test
    void anAgentIsFoundByItsAnnotationAndHasTheToolsOfItsClass() throws Exception {
        try (Caller caller = application.call("/desk")) {
            FakeConnection there = next();
            ObjectNode session = (ObjectNode) json(there.receive()).get("session");
            assertThat(session.get("instructions").asString()).isEqualTo("You are at the front desk. Be brief.");
            assertThat(session.at("/audio/output/voice").asString()).isEqualTo("marin");
            assertThat(session.at("/tools/0/name").asString()).isEqualTo("free_again");
            assertThat(application.told("ARRIVED ")).isEqualTo("somebody");
            there.send("{\"type\":\"response.created\",\"response\":{\"id\":\"resp_1\",\"status\":\"in_progress\"}}");
            there.send("{\"type\":\"response.output_item.done\",\"response_id\":\"resp_1\",\"output_index\":0,\"item\":"
                    + "{\"id\":\"item_1\",\"type\":\"function_call\",\"status\":\"completed\",\"call_id\":\"call_1\","
                    + "\"name\":\"free_again\",\"arguments\":\"{\\\"room\\\":7}\"}}");
            there.send(
                    "{\"type\":\"response.done\",\"response\":{\"id\":\"resp_1\",\"status\":\"completed\",\"output\":["
                            + "{\"id\":\"item_1\",\"type\":\"function_call\",\"status\":\"completed\",\"call_id\":\"call_1\","
                            + "\"name\":\"free_again\",\"arguments\":\"{\\\"room\\\":7}\"}]}}");
            ObjectNode item = (ObjectNode) json(there.receive()).get("item");
            assertThat(item.get("type").asString()).isEqualTo("function_call_output");
            assertThat(item.get("output").asString()).isEqualTo("room 7 is free at noon");
            assertThat(json(there.receive()).get("type").asString()).isEqualTo("response.create");
            caller.socket().sendClose(1000, "").join();
            assertThat(application.told("LEFT ")).isEqualTo("1000");
        }
    }

    @Test
    void thePrincipalOfTheUpgradeReachesTheSession() throws Exception {
        assertThat(Caller.refusal(application.ws("/members"))).isEqualTo(401);
        String login = "Basic " + Base64.getEncoder().encodeToString("ada:lovelace".getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < 2; i++) {
            try (Caller caller = application.call("/members", "Authorization", login)) {
                FakeConnection there = next();
                assertThat(json(there.receive())
                                .get("session")
                                .get("instructions")
                                .asString())
                        .startsWith("You know the members");
                assertThat(caller.socket().isInputClosed()).isFalse();
                // An object for each session: each has seen one arrival.
                assertThat(application.told("MEMBER ")).isEqualTo("ada 1");
            }
        }
    }

    @Test
    void aProviderThatIsGoneIsTold() throws Exception {
        try (Caller caller = application.call("/realtime")) {
            live(caller).vanish();
            assertThat(caller.next("error").get("error").get("code").asString()).isEqualTo("provider_lost");
            assertThat(caller.closed().code()).isEqualTo(1011);
        }
        try (Caller caller = application.call("/realtime")) {
            live(caller).close(4321, "maintenance");
            assertThat(caller.closed()).isEqualTo(new Caller.Closed(4321, "maintenance"));
        }
    }

    @Test
    void aClientThatVanishesLeavesNothing() throws Exception {
        application.call("/realtime").vanish();
        Caller live = application.call("/realtime");
        live.send(CLEAR);
        Awaitility.await()
                .atMost(RunningApplication.PATIENCE)
                .until(() -> provider.connections().stream()
                        .anyMatch(each -> each.received().contains(CLEAR)));
        live.vanish();
        try (RawClient inTheMiddle = new RawClient(application.port, "/realtime")) {
            inTheMiddle.head();
            inTheMiddle.write(new byte[] {(byte) 0x81, (byte) 0xff, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, '{'});
        }
        // What is left is looked at after each test.
    }

    @Test
    void aClientThatNeverReadsCostsBoundedMemoryAndIsToldWhy() throws Exception {
        try (RawClient client = new RawClient(application.port, "/v1/realtime?model=m")) {
            assertThat(client.head()).startsWith("HTTP/1.1 101");
            FakeConnection there = next();
            long before = application.heap();
            byte[] event = ("{\"type\":\"response.output_audio.delta\",\"item_id\":\"i\",\"delta\":\""
                            + "A".repeat(32_000) + "\"}")
                    .getBytes(StandardCharsets.US_ASCII);
            int sent = 0;
            try {
                while (sent < 95 << 20 && there.open()) {
                    there.frame(1, event);
                    sent += event.length;
                }
            } catch (IOException e) {
                // The gateway has hung up.
            }
            Awaitility.await().atMost(RunningApplication.PATIENCE).until(() -> !there.open());
            assertThat(application.heap() - before).isLessThan(40 << 20);
            assertThat(client.closeCode()).isEqualTo(1008);
        }
    }

    @Test
    void streamsAnAnswerUntilItsClientHasGone() throws Exception {
        try (BufferedReader ticks = application.stream("/ticks/of/mine")) {
            assertThat(ticks.readLine()).isEqualTo("tick /ticks/of/mine");
            assertThat(ticks.readLine()).isEqualTo("tick /ticks/of/mine");
        }
        application.told("STREAM over");
        assertThat(application.http("HEAD", "/ticks/x", "").statusCode()).isEqualTo(200);
        assertThat(application.http("POST", "/ticks/x", "").statusCode()).isEqualTo(405);
        assertThat(application.http("GET", "/ticks", "").statusCode()).isEqualTo(404);
    }

    @Test
    void whoStopsTheApplicationIsNotWaitedFor() throws Exception {
        try (RunningApplication stopping = RunningApplication.start(container, provider);
                BufferedReader ticks = stopping.stream("/ticks/x");
                Caller caller = stopping.call("/realtime")) {
            next();
            assertThat(ticks.readLine()).startsWith("tick");
            stopping.stop();
            assertThat(caller.closed().code()).isEqualTo(1012);
            assertThat(stopping.ended()).isEqualTo(143);
        }
    }

    @Test
    void tellsActuator() throws Exception {
        try (Caller caller = application.call("/realtime")) {
            next();
            ObjectNode health = json(application.get("/actuator/health"));
            assertThat(health.at("/components/parley/status").asString()).isEqualTo("UP");
            assertThat(health.at("/components/parley/details/sessions").asInt()).isEqualTo(1);
            assertThat(json(application.get("/actuator/metrics/parley.sessions"))
                            .at("/measurements/0/value")
                            .asInt())
                    .isEqualTo(1);
            caller.socket().sendClose(1000, "").join();
        }
    }

    @Test
    void aClientThatAnswersNoPingIsTakenForLost() throws Exception {
        try (RawClient silent = new RawClient(application.port, "/realtime");
                Caller polite = application.call("/realtime")) {
            silent.head();
            assertThat(silent.closeCode()).isEqualTo(1001);
            Awaitility.await().atMost(RunningApplication.PATIENCE).until(() -> application.sessions() == 1);
            polite.send(CLEAR);
            Awaitility.await()
                    .atMost(RunningApplication.PATIENCE)
                    .until(() -> provider.connections().stream()
                            .anyMatch(each -> each.open() && each.received().contains(CLEAR)));
        }
    }
}
