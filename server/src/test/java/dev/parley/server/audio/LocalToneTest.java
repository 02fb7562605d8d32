package dev.parley.server.audio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.RealtimeAudioFormat;
import dev.parley.RealtimeModule;
import dev.parley.RealtimeModuleOptions;
import dev.parley.audio.G711;
import dev.parley.local.LocalProvider;
import dev.parley.local.mind.DemoMind;
import dev.parley.local.speech.Ears;
import dev.parley.local.speech.EnergyDetector;
import dev.parley.local.speech.Synthesizer;
import dev.parley.local.speech.Transcriber;
import dev.parley.local.work.Parts;
import dev.parley.testkit.Caller;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.ObjectNode;

/** The embedded provider, with a voice that is a tone, to clients of every format. */
class LocalToneTest {
    private static final int TONE = 440;

    /** Says each sentence as 600 ms of a sine, in pieces of 20 ms. */
    private static final class ToneVoice implements Synthesizer {
        @Override
        public void speak(String sentence, String voice, Sink sink) {
            short[] piece = new short[Synthesizer.HERTZ / 50];
            for (int at = 0; at < 30 * piece.length; at += piece.length) {
                for (int i = 0; i < piece.length; i++) {
                    piece[i] = (short) Math.round(10_000 * Math.sin(2 * Math.PI * TONE * (at + i) / Synthesizer.HERTZ));
                }
                if (!sink.pcm(piece, 0, piece.length)) {
                    return;
                }
            }
        }

        @Override
        public void close() {}
    }

    private static final class NoEars implements Ears {
        @Override
        public Transcriber listen() {
            throw new AssertionError("nobody speaks");
        }

        @Override
        public void close() {}
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OPUS")
    void theVoiceIsTheSameInEveryFormat(RealtimeAudioFormat format) {
        Parts parts = new Parts(EnergyDetector::new, new NoEars(), new DemoMind(Clock.systemUTC()), new ToneVoice());
        try (RealtimeModule module = RealtimeModule.forRoot(
                RealtimeModuleOptions.builder().defaultProvider("local").build())) {
            module.addProvider(new LocalProvider(4, progress -> parts));
            int port = module.listen(0).getPort();
            try (Caller caller = Caller.connect(URI.create("ws://127.0.0.1:" + port + "/v1/realtime"))) {
                caller.next("session.created");
                caller.send(
                        "{\"type\":\"session.update\",\"session\":{\"type\":\"realtime\",\"audio\":{\"output\":{\"format\":"
                                + format.json() + "}}}}");
                ObjectNode updated = caller.next("session.updated");
                assertThat(RealtimeAudioFormat.of(updated.at("/session/audio/output/format")))
                        .contains(format);
                caller.send(
                        "{\"type\":\"conversation.item.create\",\"item\":{\"type\":\"message\",\"role\":\"user\",\"content\":"
                                + "[{\"type\":\"input_text\",\"text\":\"what is two plus two\"}]}}");
                caller.send("{\"type\":\"response.create\"}");
                judge(format, heard(caller));
            }
        }
    }

    private static byte[] heard(Caller caller) {
        ByteArrayOutputStream sound = new ByteArrayOutputStream();
        while (true) {
            ObjectNode event = caller.next();
            switch (event.path("type").asString("")) {
                case "response.output_audio.delta" ->
                    sound.writeBytes(
                            Base64.getDecoder().decode(event.path("delta").asString()));
                case "response.output_audio.done" -> {
                    return sound.toByteArray();
                }
                case "error" -> throw new AssertionError(event.toString());
                default -> {}
            }
        }
    }

    private static void judge(RealtimeAudioFormat format, byte[] sound) {
        short[] all = samples(format, sound);
        // Whole sentences, and half a second of the first.
        assertThat(all.length).isPositive();
        assertThat(all.length % (format.rate() * 600 / 1000)).isZero();
        short[] middle = Arrays.copyOfRange(all, format.rate() / 20, format.rate() * 11 / 20);
        double sin = 0;
        double cos = 0;
        double power = 0;
        for (int i = 0; i < middle.length; i++) {
            double phase = 2 * Math.PI * TONE * i / format.rate();
            sin += middle[i] * Math.sin(phase) * 2 / middle.length;
            cos += middle[i] * Math.cos(phase) * 2 / middle.length;
            power += (double) middle[i] * middle[i] / middle.length;
        }
        double tone = (sin * sin + cos * cos) / 2;
        assertThat(10 * Math.log10(tone / (power - tone))).isGreaterThan(34);
        assertThat(Math.hypot(sin, cos)).isBetween(9_900.0, 10_100.0);
    }

    private static short[] samples(RealtimeAudioFormat format, byte[] bytes) {
        boolean pcm = format.type().equals("audio/pcm");
        short[] samples = new short[pcm ? bytes.length / 2 : bytes.length];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = switch (format) {
                case PCMU -> G711.MU_LAW.decode(bytes[i]);
                case PCMA -> G711.A_LAW.decode(bytes[i]);
                default -> (short) ((bytes[2 * i] & 0xFF) | (bytes[2 * i + 1] << 8));
            };
        }
        return samples;
    }
}
