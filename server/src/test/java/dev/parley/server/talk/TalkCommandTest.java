package dev.parley.server.talk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.RealtimeModule;
import dev.parley.RealtimeModuleOptions;
import dev.parley.audio.Resampler;
import dev.parley.audio.Wav;
import dev.parley.local.mind.DemoMind;
import dev.parley.local.mind.ResponderException;
import dev.parley.server.Cli;
import dev.parley.server.ExitCode;
import dev.parley.server.LoadedModels;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls of a gateway with the real models. */
class TalkCommandTest {
    private static RealtimeModule module;
    private static String gateway;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        module = RealtimeModule.forRoot(
                RealtimeModuleOptions.builder().defaultProvider("local").build());
        module.addProvider(LoadedModels.provider(new DemoMind(Clock.systemUTC())));
        gateway = "ws://127.0.0.1:" + module.listen(0).getPort();
    }

    @AfterAll
    static void stop() {
        module.close();
    }

    @ParameterizedTest
    @CsvSource({"16000,1,/v1/realtime", "44100,2,/realtime", "48000,1,''"})
    void saysARecordingOfAnyRate(int hertz, int channels, String path) throws Exception {
        Path out = folder.resolve("answer.wav");
        Cli cli = talk(path, "--wav", recording(hertz, channels).toString(), "--out", out.toString());
        assertThat(cli.code()).as(cli.out() + cli.err()).isZero();
        assertThat(cli.out())
                .contains("you     what is twelve times three", "parley  Twelve times three is thirty-six.")
                .containsPattern("first sound \\d+ ms after the end of speech");
        assertThat(Wav.read(out).millis()).isGreaterThan(3_000);
    }

    /** Half of what tells consonants apart is missing, so that the embedded ears need not understand it. */
    @Test
    void saysARecordingInTelephoneQuality() throws Exception {
        Cli cli = talk("", "--wav", recording(8_000, 1).toString());
        assertThat(cli.code()).as(cli.out() + cli.err()).isZero();
        assertThat(cli.out()).containsPattern("first sound \\d+ ms after the end of speech");
    }

    @Test
    void saysTextsInOrder() {
        Cli cli = talk("", "--text", "what is one plus one", "--text", "what is two plus two");
        assertThat(cli.code()).as(cli.err()).isZero();
        assertThat(cli.out()).containsSubsequence("is two.", "is four.", "median", "of 2 answers");
    }

    @Test
    void saysThatNobodyWasHeard() throws Exception {
        Path silence = folder.resolve("silence.wav");
        new Wav(16_000, new short[16_000]).write(silence);
        Cli cli = talk("", "--wav", silence.toString());
        assertThat(cli.code()).isEqualTo(ExitCode.FAILED);
        assertThat(cli.err()).contains("no speech was heard in silence.wav");
    }

    @Test
    void tellsTheGatewaysError() {
        Cli cli = talk("", "--text", "hello", "--voice", "no-such-voice");
        assertThat(cli.code()).isEqualTo(ExitCode.FAILED);
        assertThat(cli.err()).contains("the gateway reports an error").doesNotContain("\tat ");
    }

    @Test
    void failsWhenTheAnswerFails() {
        try (RealtimeModule broken = RealtimeModule.forRoot(
                RealtimeModuleOptions.builder().defaultProvider("local").build())) {
            broken.addProvider(LoadedModels.provider((request, sink) -> {
                throw new ResponderException("no_ideas", "out of ideas");
            }));
            String url = "ws://127.0.0.1:" + broken.listen(0).getPort();
            Cli cli = Cli.run(Map.of(), "talk", "--url", url, "--text", "hello");
            assertThat(cli.code()).as(cli.out()).isEqualTo(ExitCode.FAILED);
            assertThat(cli.err()).contains("failed");
        }
    }

    private static Cli talk(String path, String... arguments) {
        String[] all = new String[arguments.length + 3];
        all[0] = "talk";
        all[1] = "--url";
        all[2] = gateway + path;
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        return Cli.run(Map.of(), all);
    }

    private Path recording(int hertz, int channels) throws IOException {
        String name = "slt-what-is-twelve-times-three.wav";
        Wav wav;
        try (InputStream in = TalkCommandTest.class.getResourceAsStream("/dev/parley/server/demo/" + name)) {
            wav = Wav.read(in, name);
        }
        Resampler resampler = new Resampler(wav.hertz(), hertz);
        short[] samples = new short[resampler.maxOutput(wav.samples().length)];
        int length = resampler.process(wav.samples(), 0, wav.samples().length, samples, 0);
        short[] interleaved = new short[length * channels];
        for (int i = 0; i < interleaved.length; i++) {
            interleaved[i] = samples[i / channels];
        }
        return Files.write(
                folder.resolve("question.wav"), Wav.encode(hertz, channels, interleaved, interleaved.length));
    }
}
