package dev.parley.testkit.functional;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.Json;
import dev.parley.testkit.Caller;
import dev.parley.testkit.FakeConnection;
import dev.parley.testkit.Script;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The subprotocol {@code parley.binary}, over real sockets. */
class BinaryAudioTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private static byte[] input(byte[] audio) {
        return ByteBuffer.allocate(4 + audio.length)
                .put((byte) 1)
                .position(4)
                .put(audio)
                .array();
    }

    private static byte[] audio(int length) {
        byte[] audio = new byte[length];
        new Random(length).nextBytes(audio);
        return audio;
    }

    private static String delta(byte[] audio) {
        return "{\"type\":\"response.output_audio.delta\",\"response_id\":\"r\",\"item_id\":\"item_7\",\"output_index\":0,"
                + "\"content_index\":0,\"delta\":\"" + Base64.getEncoder().encodeToString(audio) + "\"}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/realtime | parley.binary | response.output_audio.done",
                "/v1/realtime?model=x | realtime, parley.binary | response.output_audio.done",
                "/v1/realtime?model=x | parley.binary, realtime, openai-insecure-api-key.ek_none | response.output_audio.done",
                "/openai/v1/realtime?model=x | realtime, parley.binary | response.output_audio.done",
                "/v1/realtime?model=x | realtime, openai-beta.realtime-v1, parley.binary | response.audio.done",
                "/openai/realtime?deployment=x | parley.binary | response.audio.done",
                "/voice-live/realtime?model=x | parley.binary | response.audio.done",
            })
    void carriesAudioOnEveryPathAndAllElseAsItIs(String path, String offer, String done) throws Exception {
        try (Gateway gateway = Gateway.before(Script.accept());
                Caller caller = Caller.connect(gateway.uri(path), "Sec-WebSocket-Protocol", offer)) {
            assertThat(caller.socket().getSubprotocol()).isEqualTo("parley.binary");
            FakeConnection there = gateway.provider.next(SOON);
            for (int length : new int[] {1, 960, 70_001}) {
                byte[] audio = audio(length);
                caller.sendBinary(input(audio));
                JsonNode append = Json.parse(there.receive().getBytes(StandardCharsets.UTF_8));
                assertThat(append.path("type").asString()).isEqualTo("input_audio_buffer.append");
                assertThat(append.path("audio").asString())
                        .isEqualTo(Base64.getEncoder().encodeToString(audio));
                there.send(delta(audio));
                byte[] message = caller.nextBinary();
                assertThat(Arrays.copyOf(message, 12))
                        .isEqualTo("\2\0\6\0item_7\0\0".getBytes(StandardCharsets.US_ASCII));
                assertThat(Arrays.copyOfRange(message, 12, message.length)).isEqualTo(audio);
            }
            there.send("{\"type\":\"response.output_audio.done\",\"item_id\":\"item_7\"}");
            JsonNode raw = caller.nextRaw();
            JsonNode event = path.equals("/realtime") ? raw.path("data") : raw;
            assertThat(event.path("type").asString("")).isEqualTo(done);
            caller.send("{\"type\":\"input_audio_buffer.append\",\"audio\":\"AAAA\"}");
            assertThat(there.receive()).isEqualTo("{\"type\":\"input_audio_buffer.append\",\"audio\":\"AAAA\"}");
            caller.socket().sendClose(1000, "").join();
            assertThat(caller.closed().code()).isEqualTo(1000);
        }
    }

    /** Audio and texts share one order, both ways. */
    @Test
    void keepsTheOrder() throws Exception {
        try (Gateway gateway = Gateway.before(Script.accept());
                Caller caller = binary(gateway)) {
            FakeConnection there = gateway.provider.next(SOON);
            for (int i = 0; i < 200; i++) {
                caller.sendBinary(input(new byte[] {(byte) i}));
                caller.send("{\"type\":\"input_audio_buffer.clear\",\"n\":" + i + "}");
                there.send(delta(new byte[] {(byte) i}));
                there.send("{\"type\":\"fine\",\"n\":" + i + "}");
            }
            for (int i = 0; i < 200; i++) {
                assertThat(there.receive()).contains(Base64.getEncoder().encodeToString(new byte[] {(byte) i}));
                assertThat(there.receive()).endsWith("\"n\":" + i + "}");
                assertThat(caller.next().path("n").asInt()).isEqualTo(i);
                assertThat(caller.nextBinary()[12]).isEqualTo((byte) i);
            }
            assertThat(caller.binaries()).isEmpty();
        }
    }

    @Test
    void tellsWhatIsNoAudioAndGoesOn() throws Exception {
        try (Gateway gateway = Gateway.before(Script.accept());
                Caller caller = binary(gateway)) {
            byte[][] wrong = {{}, {1}, {1, 0, 0, 0}, {2, 0, 0, 0, 1}, {9, 0, 0, 0, 1}, {1, 0, 1, 0, 1}};
            for (byte[] each : wrong) {
                caller.sendBinary(each);
                assertThat(caller.next("error").path("error").path("code").asString())
                        .isEqualTo("invalid_event");
            }
            caller.sendBinary(input(audio((15 << 20) + 1)));
            JsonNode error = caller.next("error").path("error");
            assertThat(error.path("code").asString()).isEqualTo("invalid_value");
            assertThat(error.path("message").asString()).contains("15728641 bytes");
            caller.sendBinary(input(new byte[] {'A', 'B', 'C'}));
            assertThat(gateway.provider.next(SOON).receive())
                    .isEqualTo("{\"type\":\"input_audio_buffer.append\",\"audio\":\"QUJD\"}");
        }
    }

    @Test
    void closesWith1009ForAMessageOverTheLimit() {
        try (Gateway gateway = Gateway.before(Script.accept());
                Caller caller = binary(gateway)) {
            caller.sendBinary(input(new byte[21 << 20]));
            assertThat(caller.next("error").path("error").path("code").asString())
                    .isEqualTo("message_too_big");
            assertThat(caller.closed().code()).isEqualTo(1009);
        }
    }

    private static Caller binary(Gateway gateway) {
        return Caller.connect(gateway.uri("/v1/realtime?model=x"), "Sec-WebSocket-Protocol", "parley.binary");
    }
}
