package dev.parley.testkit.functional;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.RealtimeAudioFormat;
import dev.parley.protocol.Json;
import dev.parley.testkit.Caller;
import dev.parley.testkit.FakeConnection;
import dev.parley.testkit.Script;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A tone from a client to a provider and another one back, in every format, through real sockets. */
class ToneTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final int UP = 1000;
    private static final int DOWN = 440;

    /**
     * What differs between providers.
     *
     * @param start the gateway before the provider's fake
     * @param natives what the provider takes and gives
     * @param play the fake's side
     */
    record Provider(
            String name,
            Function<Script, Gateway> start,
            List<RealtimeAudioFormat> natives,
            Function<FakeConnection, Play> play) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** The provider's side of the conversation. */
    interface Play {
        /** Takes the settings, and tells them; answers which format it was asked for. */
        RealtimeAudioFormat settle() throws IOException, InterruptedException;

        /** All audio up to the commit. */
        byte[] heard() throws InterruptedException;

        /** Speaks an answer, in pieces. */
        void speak(List<byte[]> pieces) throws IOException;
    }

    record Call(Provider provider, RealtimeAudioFormat format) {}

    static Stream<Call> calls() {
        Provider openai = new Provider(
                "openai",
                Gateway::before,
                List.of(RealtimeAudioFormat.PCM_24K, RealtimeAudioFormat.PCMU, RealtimeAudioFormat.PCMA),
                OpenAiPlay::new);
        return Stream.of(openai)
                .flatMap(provider -> RealtimeAudioFormat.PLAIN.stream().map(format -> new Call(provider, format)));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void carriesTonesBothWays(Call call) throws Exception {
        RealtimeAudioFormat format = call.format();
        boolean taken = call.provider().natives().contains(format);
        try (Gateway gateway = call.provider().start().apply(Script.accept());
                Caller caller = gateway.plain()) {
            Play play = call.provider().play().apply(gateway.provider.next(SOON));
            caller.send(update(format));
            RealtimeAudioFormat asked = play.settle();
            assertThat(asked).isEqualTo(taken ? format : RealtimeAudioFormat.PCM_24K);
            JsonNode audio = caller.next("session.updated").path("session").path("audio");
            assertThat(RealtimeAudioFormat.of(audio.path("input").path("format")))
                    .contains(format);
            assertThat(RealtimeAudioFormat.of(audio.path("output").path("format")))
                    .contains(format);

            byte[] said = Tone.bytes(format, UP, 1);
            pieces(said, new Random(3)).forEach(caller::appendAudio);
            caller.send("{\"type\":\"input_audio_buffer.commit\"}");
            byte[] heard = play.heard();
            judge(asked, heard, UP);

            byte[] answer = Tone.bytes(asked, DOWN, 1);
            play.speak(pieces(answer, new Random(4)));
            byte[] played = played(caller);
            judge(format, played, DOWN);
            if (taken) {
                assertThat(heard).isEqualTo(said);
                assertThat(played).isEqualTo(answer);
            }
        }
    }

    /** All of a second is there, and nothing but the tone; G.711 itself leaves 35 dB. */
    static void judge(RealtimeAudioFormat format, byte[] sound, int hertz) {
        short[] samples = Tone.samples(format, sound);
        assertThat(samples).hasSize(format.rate());
        short[] middle = Arrays.copyOfRange(samples, samples.length / 10, samples.length * 9 / 10);
        assertThat(Tone.loudest(middle, format.rate())).isEqualTo(hertz);
        assertThat(Tone.toNoise(middle, hertz, format.rate())).isGreaterThan(34);
        assertThat(10 * Math.log10(Tone.power(middle, hertz, format.rate()) * 2 / 1e8))
                .isBetween(-0.1, 0.1);
    }

    @Test
    void passesWhatTheProviderTakesByteForByte() throws Exception {
        try (Gateway gateway = Gateway.before(Script.accept());
                Caller caller = gateway.plain()) {
            FakeConnection provider = gateway.provider.next(SOON);
            String odd = "{ \"audio\" : \"AAEC\", \"type\":\"input_audio_buffer.append\", \"more\":[1.0] }";
            caller.send(odd);
            assertThat(provider.receive()).isEqualTo(odd);
            String update = update(RealtimeAudioFormat.PCMU).replace(",", " ,");
            caller.send(update);
            assertThat(provider.receive()).isEqualTo(update);
            String one = "{\"type\":\"input_audio_buffer.append\",\"audio\":\"/w==\"}";
            caller.send(one);
            assertThat(provider.receive()).isEqualTo(one);
        }
    }

    @Test
    void tellsOfBadBase64AndGoesOn() throws Exception {
        try (Gateway gateway = Gateway.before(Script.accept());
                Caller caller = gateway.plain()) {
            FakeConnection provider = gateway.provider.next(SOON);
            caller.send(update(RealtimeAudioFormat.PCM_8K));
            provider.receive();
            caller.send("{\"type\":\"input_audio_buffer.append\",\"event_id\":\"bad\",\"audio\":\"A?==\"}");
            JsonNode error = caller.next("error").path("error");
            assertThat(error.path("code").asString()).isEqualTo("invalid_value");
            assertThat(error.path("param").asString()).isEqualTo("audio");
            assertThat(error.path("event_id").asString()).isEqualTo("bad");
            caller.send("{\"type\":\"fine\"}");
            assertThat(provider.receive()).isEqualTo("{\"type\":\"fine\"}");
        }
    }

    static String update(RealtimeAudioFormat format) {
        String json = "{\"format\":" + format.json() + "}";
        return "{\"type\":\"session.update\",\"session\":{\"type\":\"realtime\",\"audio\":{\"input\":" + json
                + ",\"output\":" + json + "}}}";
    }

    static List<byte[]> pieces(byte[] sound, Random random) {
        List<byte[]> pieces = new ArrayList<>();
        for (int at = 0; at < sound.length; ) {
            int to = Math.min(sound.length, at + 1 + random.nextInt(1500));
            pieces.add(Arrays.copyOfRange(sound, at, to));
            at = to;
        }
        return pieces;
    }

    private static byte[] played(Caller caller) {
        ByteArrayOutputStream sound = new ByteArrayOutputStream();
        while (true) {
            ObjectNode event = caller.next();
            switch (event.path("type").asString("")) {
                case "response.output_audio.delta" -> {
                    assertThat(event.path("item_id").asString()).isEqualTo("item_1");
                    sound.writeBytes(
                            Base64.getDecoder().decode(event.path("delta").asString()));
                }
                case "response.output_audio.done" -> {
                    return sound.toByteArray();
                }
                default -> {}
            }
        }
    }

    /** OpenAI's side. */
    private record OpenAiPlay(FakeConnection connection) implements Play {
        @Override
        public RealtimeAudioFormat settle() throws IOException, InterruptedException {
            ObjectNode update = Json.parse(connection.receive().getBytes(StandardCharsets.UTF_8));
            assertThat(update.path("type").asString()).isEqualTo("session.update");
            connection.send(
                    "{\"type\":\"session.updated\",\"event_id\":\"e\",\"session\":" + update.path("session") + "}");
            return RealtimeAudioFormat.of(update.at("/session/audio/output/format"))
                    .orElseThrow();
        }

        @Override
        public byte[] heard() throws InterruptedException {
            ByteArrayOutputStream sound = new ByteArrayOutputStream();
            while (true) {
                ObjectNode event = Json.parse(connection.receive().getBytes(StandardCharsets.UTF_8));
                if (event.path("type").asString("").equals("input_audio_buffer.commit")) {
                    return sound.toByteArray();
                }
                sound.writeBytes(Base64.getDecoder().decode(event.path("audio").asString()));
            }
        }

        @Override
        public void speak(List<byte[]> pieces) throws IOException {
            String ids = "\"response_id\":\"resp_1\",\"item_id\":\"item_1\",\"output_index\":0,\"content_index\":0";
            for (byte[] piece : pieces) {
                connection.send("{\"type\":\"response.output_audio.delta\",\"event_id\":\"e\"," + ids + ",\"delta\":\""
                        + Base64.getEncoder().encodeToString(piece) + "\"}");
            }
            connection.send("{\"type\":\"response.output_audio.done\",\"event_id\":\"e\"," + ids + "}");
        }
    }
}
