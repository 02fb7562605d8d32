package dev.parley.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.RealtimeSessionConfig;
import dev.parley.audio.Resampler;
import dev.parley.audio.Wav;
import dev.parley.local.mind.DemoMind;
import dev.parley.local.speech.EnergyDetector;
import dev.parley.local.speech.SpeechModels;
import dev.parley.local.work.Parts;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recorded speech goes in, speech comes out, with the real models. */
class RealSpeechTest {
    private static LocalProvider provider;
    private static final AtomicReference<Parts> PARTS = new AtomicReference<>();

    @BeforeAll
    static void load() {
        Clock halfPastTen = Clock.fixed(Instant.parse("2026-11-22T10:30:00Z"), ZoneOffset.UTC);
        provider = new LocalProvider(4, progress -> {
            Parts loaded = LocalParts.load(LocalOptions.DEMO, progress);
            Parts parts =
                    new Parts(EnergyDetector::new, loaded.ears(), new DemoMind(halfPastTen), loaded.synthesizer());
            PARTS.set(parts);
            return parts;
        });
        provider.warmUp((step, took) -> {});
    }

    @AfterAll
    static void close() {
        provider.close();
    }

    static byte[] recording(String name) throws Exception {
        try (InputStream in = Objects.requireNonNull(SpeechModels.class.getResourceAsStream(name + ".wav"), name)) {
            Wav wav = Wav.read(in, name);
            return Caller.pcm24k(wav.samples(), wav.hertz(), 400, 800);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kal16-what-time-is-it | what time is it | It is ten thirty a.m.",
                "slt-turn-on-the-kitchen-light | turn on the kitchen light | The kitchen light is on.",
                "rms-what-is-twelve-times-three | what is twelve times three | Twelve times three is thirty-six.",
                "rms-how-much-is-one-hundred-divided-by-five | how much is one hundred divided by five"
                        + " | One hundred divided by five is twenty.",
                "awb-book-a-table-for-two-at-seven | book a table for two at seven"
                        + " | A table for two is booked at seven p.m.",
                "slt-my-number-is-four-one-five-nine-two-six | my number is four one five nine two six"
                        + " | Your number is four one five nine two six."
            })
    void understandsAndAnswers(String name, String words, String answer) throws Exception {
        try (Caller caller = new Caller(
                provider,
                RealtimeSessionConfig.builder().transcriptionModel("any").build())) {
            byte[] pcm = recording(name);
            for (int at = 0; at < pcm.length; at += 4_800) {
                caller.append(pcm, at, Math.min(pcm.length, at + 4_800));
            }
            assertThat(caller.await("conversation.item.input_audio_transcription.completed")
                            .event()
                            .path("transcript")
                            .asString())
                    .isEqualTo(words);
            assertThat(caller.await("response.output_audio_transcript.done")
                            .event()
                            .path("transcript")
                            .asString())
                    .isEqualTo(answer);
            caller.await("response.done");
            assertThat(caller.answer.size()).isGreaterThan(48 * 300);
        }
    }

    @ParameterizedTest
    @CsvSource({"strange/slt-the-kitchen-is-on-fire", "strange/awb-i-have-never-been-to-the-mountains"})
    void saysSoIfItDoesNotUnderstand(String name) throws Exception {
        try (Caller caller = new Caller(
                provider,
                RealtimeSessionConfig.builder().transcriptionModel("any").build())) {
            byte[] pcm = recording(name);
            caller.append(pcm, 0, pcm.length);
            caller.await("conversation.item.input_audio_transcription.failed");
            assertThat(caller.await("response.output_audio_transcript.done")
                            .event()
                            .path("transcript")
                            .asString())
                    .startsWith("Sorry, I did not understand");
        }
    }

    @Test
    void whatItSaysCanBeUnderstood() {
        Parts parts = Objects.requireNonNull(PARTS.get());
        var listener = parts.ears().listen();
        Resampler narrower = new Resampler(24_000, 16_000);
        parts.synthesizer().speak("What is forty two plus seventeen?", (samples, offset, length) -> {
            short[] heard = new short[narrower.maxOutput(length)];
            listener.accept(heard, 0, narrower.process(samples, offset, length, heard, 0));
            return true;
        });
        assertThat(listener.finish().text()).isEqualTo("what is forty two plus seventeen");
    }
}
