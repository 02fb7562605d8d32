package dev.parley.server.opus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parley.RealtimeModule;
import dev.parley.RealtimeModuleOptions;
import dev.parley.audio.FrameCodec;
import dev.parley.audio.Resampler;
import dev.parley.audio.Wav;
import dev.parley.local.mind.DemoMind;
import dev.parley.protocol.Json;
import dev.parley.server.LoadedModels;
import dev.parley.testkit.Caller;
import dev.parley.testkit.FakeConnection;
import dev.parley.testkit.FakeRealtimeServer;
import dev.parley.testkit.Script;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A client that speaks and hears Opus in binary messages, over real sockets, before providers that know neither. */
class OpusSocketTest {
    private static final int SECOND = FrameCodec.HERTZ;
    private static final int FRAME = FrameCodec.SAMPLES;
    private static final String OPUS_BOTH_WAYS = """
            {"type":"session.update","event_id":"u1","session":{"type":"realtime","audio":{\
            "input":{"format":{"type":"audio/opus"}},"output":{"format":{"type":"audio/opus"}}}}}""";

    private static FrameCodec opus() {
        return FrameCodec.of("audio/opus").orElseThrow();
    }

    private static Caller call(RealtimeModule module) throws IOException {
        URI uri = URI.create("ws://127.0.0.1:" + module.listen(0).getPort() + "/v1/realtime?model=x");
        return Caller.connect(uri, "Sec-WebSocket-Protocol", "realtime, parley.binary");
    }

    private static byte[] message(byte[] audio) {
        byte[] message = new byte[4 + audio.length];
        message[0] = 1;
        System.arraycopy(audio, 0, message, 4, audio.length);
        return message;
    }

    /** The audio of a message from the gateway. */
    private static byte[] audio(byte[] message) {
        assertThat(message[0]).isEqualTo((byte) 2);
        return Arrays.copyOfRange(message, (4 + (message[2] & 0xff) + 3) & ~3, message.length);
    }

    private static short[] tone(int hertz, int samples) {
        short[] tone = new short[samples];
        for (int i = 0; i < samples; i++) {
            tone[i] = (short) (8_000 * Math.sin(2 * Math.PI * hertz * i / SECOND));
        }
        return tone;
    }

    private static byte[] bytes(short[] samples) {
        byte[] bytes = new byte[2 * samples.length];
        for (int i = 0; i < samples.length; i++) {
            bytes[2 * i] = (byte) samples[i];
            bytes[2 * i + 1] = (byte) (samples[i] >> 8);
        }
        return bytes;
    }

    private static short[] samples(byte[] bytes) {
        short[] samples = new short[bytes.length / 2];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) ((bytes[2 * i] & 0xff) | (bytes[2 * i + 1] << 8));
        }
        return samples;
    }

    /** The part of the energy behind the first 100 ms that is at a frequency. */
    private static double purity(short[] sound, int hertz) {
        double sine = 0;
        double cosine = 0;
        double all = 0;
        int from = SECOND / 10;
        for (int i = from; i < sound.length; i++) {
            double angle = 2 * Math.PI * hertz * i / SECOND;
            sine += sound[i] * Math.sin(angle);
            cosine += sound[i] * Math.cos(angle);
            all += (double) sound[i] * sound[i];
        }
        return 2 * (sine * sine + cosine * cosine) / (sound.length - from) / all;
    }

    private static ObjectNode json(String text) {
        return Json.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void tonesGoThroughAGatewayBeforeOpenAi() throws Exception {
        try (FakeRealtimeServer provider = FakeRealtimeServer.start(Script.accept());
                RealtimeModule module = RealtimeModule.forRoot(RealtimeModuleOptions.builder()
                        .environment(Map.of("OPENAI_API_KEY", "sk-test", "OPENAI_BASE_URL", provider.baseUrl()))
                        .build());
                Caller caller = call(module)) {
            FakeConnection there = provider.next(Duration.ofSeconds(10));
            caller.send(OPUS_BOTH_WAYS);
            ObjectNode update = json(there.receive());
            for (String direction : List.of("input", "output")) {
                assertThat(update.at("/session/audio/" + direction + "/format/type")
                                .asString())
                        .isEqualTo("audio/pcm");
            }
            there.send("{\"type\":\"session.updated\",\"event_id\":\"e1\",\"session\":" + update.path("session") + "}");
            ObjectNode updated = caller.next("session.updated");
            for (String direction : List.of("input", "output")) {
                assertThat(updated.at("/session/audio/" + direction + "/format/type")
                                .asString())
                        .isEqualTo("audio/opus");
            }
            spoken(caller, there);
            heard(caller, there);
        }
    }

    /** A second of 440 Hz, and a message that is no packet in the middle of it. */
    private static void spoken(Caller caller, FakeConnection there) throws Exception {
        FrameCodec.Encoder encoder = opus().encoder();
        short[] tone = tone(440, SECOND);
        ByteArrayOutputStream came = new ByteArrayOutputStream();
        for (int i = 0; i < 50; i++) {
            caller.sendBinary(message(encoder.encode(Arrays.copyOfRange(tone, i * FRAME, (i + 1) * FRAME))));
            if (i == 25) {
                caller.sendBinary(message(new byte[] {0x4b}));
            }
            JsonNode append = json(there.receive());
            assertThat(append.path("type").asString()).isEqualTo("input_audio_buffer.append");
            came.writeBytes(Base64.getDecoder().decode(append.path("audio").asString()));
        }
        ObjectNode error = caller.next("error");
        assertThat(error.at("/error/code").asString()).isEqualTo("invalid_value");
        assertThat(error.at("/error/param").asString()).isEqualTo("audio");
        assertThat(came.size()).isEqualTo(2 * SECOND);
        assertThat(purity(samples(came.toByteArray()), 440)).isGreaterThan(0.95);
    }

    /** A second of 700 Hz, in events of other lengths than packets have. */
    private static void heard(Caller caller, FakeConnection there) throws Exception {
        byte[] pcm = bytes(tone(700, SECOND));
        for (int from = 0; from < pcm.length; from += 7_000) {
            byte[] part = Arrays.copyOfRange(pcm, from, Math.min(pcm.length, from + 7_000));
            there.send("{\"type\":\"response.output_audio.delta\",\"event_id\":\"e2\",\"response_id\":\"r\","
                    + "\"item_id\":\"item_1\",\"output_index\":0,\"content_index\":0,\"delta\":\""
                    + Base64.getEncoder().encodeToString(part) + "\"}");
        }
        there.send("{\"type\":\"response.output_audio.done\",\"event_id\":\"e3\",\"response_id\":\"r\","
                + "\"item_id\":\"item_1\",\"output_index\":0,\"content_index\":0}");
        caller.next("response.output_audio.done");
        List<byte[]> messages = caller.binaries();
        assertThat(messages).hasSize(50);
        FrameCodec.Decoder decoder = opus().decoder();
        short[] sound = new short[SECOND];
        int bytes = 0;
        for (int i = 0; i < 50; i++) {
            System.arraycopy(decoder.decode(audio(messages.get(i))), 0, sound, i * FRAME, FRAME);
            bytes += messages.get(i).length;
        }
        assertThat(purity(sound, 700)).isGreaterThan(0.95);
        // As JSON it is 64 kB of base64 alone.
        assertThat(bytes).isLessThan(6_000);
    }

    @Test
    void theEmbeddedProviderIsSpokenToAndHeard() throws Exception {
        try (RealtimeModule module = RealtimeModule.forRoot(
                RealtimeModuleOptions.builder().defaultProvider("local").build())) {
            module.addProvider(LoadedModels.provider(new DemoMind(Clock.systemUTC())));
            try (Caller caller = call(module)) {
                caller.send(OPUS_BOTH_WAYS);
                assertThat(caller.next("session.updated")
                                .at("/session/audio/input/format/type")
                                .asString())
                        .isEqualTo("audio/opus");
                short[] question = question("rms-what-is-forty-two-plus-nineteen");
                FrameCodec.Encoder encoder = opus().encoder();
                for (int from = 0; from + FRAME <= question.length; from += FRAME) {
                    caller.sendBinary(message(encoder.encode(Arrays.copyOfRange(question, from, from + FRAME))));
                }
                // Forty-two plus nineteen was heard right.
                assertThat(caller.next("response.output_audio_transcript.done")
                                .path("transcript")
                                .asString())
                        .containsPattern("61|(?i)sixty.one");
                List<byte[]> messages = caller.binaries();
                assertThat(messages).hasSizeGreaterThan(25);
                FrameCodec.Decoder decoder = opus().decoder();
                double energy = 0;
                for (byte[] message : messages) {
                    for (short sample : decoder.decode(audio(message))) {
                        energy += (double) sample * sample;
                    }
                }
                double level = Math.sqrt(energy / (messages.size() * FRAME));
                assertThat(20 * Math.log10(level / Short.MAX_VALUE)).isCloseTo(-22, within(12.0));
                assertThat(caller.next("response.done").at("/response/status").asString())
                        .isEqualTo("completed");
            }
        }
    }

    /** A recorded question and a second of silence. */
    private static short[] question(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(
                OpusSocketTest.class.getResourceAsStream("/dev/parley/server/demo/" + name + ".wav"))) {
            Wav wav = Wav.read(in, name);
            Resampler resampler = new Resampler(wav.hertz(), SECOND);
            short[] out = new short[resampler.maxOutput(wav.samples().length) + SECOND];
            resampler.process(wav.samples(), 0, wav.samples().length, out, 0);
            return out;
        }
    }
}
