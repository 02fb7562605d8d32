package dev.parley.server.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.RealtimeModule;
import dev.parley.RealtimeModuleOptions;
import dev.parley.VoiceAgent;
import dev.parley.audio.Resampler;
import dev.parley.audio.Wav;
import dev.parley.guardrail.BlockedPhrases;
import dev.parley.guardrail.LongestAnswer;
import dev.parley.local.mind.DemoMind;
import dev.parley.server.LoadedModels;
import dev.parley.testkit.Caller;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Guardrails before the embedded provider, by voice and over sockets. */
class GuardedAgentTest {
    private static final int HERTZ = 24_000;

    /** A recorded question and a second of silence, as the provider wants it. */
    private static byte[] question(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(
                GuardedAgentTest.class.getResourceAsStream("/dev/parley/server/demo/" + name + ".wav"))) {
            Wav wav = Wav.read(in, name);
            Resampler resampler = new Resampler(wav.hertz(), HERTZ);
            short[] out = new short[resampler.maxOutput(wav.samples().length)];
            int length = resampler.process(wav.samples(), 0, wav.samples().length, out, 0);
            byte[] pcm = new byte[2 * (length + HERTZ)];
            for (int i = 0; i < length; i++) {
                pcm[2 * i] = (byte) out[i];
                pcm[2 * i + 1] = (byte) (out[i] >> 8);
            }
            return pcm;
        }
    }

    private static void speak(Caller caller, String name) throws IOException {
        byte[] pcm = question(name);
        for (int from = 0; from < pcm.length; from += 9_600) {
            caller.appendAudio(Arrays.copyOfRange(pcm, from, Math.min(pcm.length, from + 9_600)));
        }
    }

    /** What comes until a response ends. */
    private static List<ObjectNode> untilDone(Caller caller) {
        List<ObjectNode> events = new ArrayList<>();
        do {
            events.add(caller.next());
        } while (!events.getLast().path("type").asString().equals("response.done"));
        return events;
    }

    private static List<ObjectNode> of(List<ObjectNode> events, String type) {
        return events.stream()
                .filter(event -> event.path("type").asString().equals(type))
                .toList();
    }

    private static String said(List<ObjectNode> events) {
        return of(events, "response.output_audio_transcript.done")
                .getLast()
                .path("transcript")
                .asString();
    }

    @Test
    void whatIsBlockedIsAnsweredWithTheGuardrailsWordsAndWhatIsNotIsAnswered() throws IOException {
        VoiceAgent agent = VoiceAgent.builder()
                .path("/guarded")
                .guardrail(BlockedPhrases.builder()
                        .phrase("time is it")
                        .say("Let us talk of something else.")
                        .build())
                .guardrail(new LongestAnswer(2_000, ""))
                .build();
        try (RealtimeModule module = RealtimeModule.forRoot(RealtimeModuleOptions.builder()
                .defaultProvider("local")
                .agent(agent)
                .build())) {
            // Loaded before a session waits for them.
            module.addProvider(LoadedModels.provider(new DemoMind(Clock.systemUTC())));
            converse(module);
        }
    }

    private static void converse(RealtimeModule module) throws IOException {
        try (Caller caller =
                Caller.connect(URI.create("ws://127.0.0.1:" + module.listen(0).getPort() + "/guarded"))) {
            speak(caller, "kal16-what-time-is-it");
            List<ObjectNode> blocked = untilDone(caller);
            assertThat(said(blocked)).isEqualTo("Let us talk of something else.");
            assertThat(of(blocked, "response.output_audio.delta")).isNotEmpty();
            assertThat(of(blocked, "response.created")).hasSize(1);
            assertThat(of(blocked, "conversation.item.deleted")).hasSize(1);
            assertThat(of(blocked, "error")).isEmpty();

            speak(caller, "rms-what-is-forty-two-plus-nineteen");
            List<ObjectNode> answered = untilDone(caller);
            assertThat(said(answered))
                    .isNotEqualTo("Let us talk of something else.")
                    .isNotBlank();
            assertThat(of(answered, "response.output_audio.delta")).isNotEmpty();
            assertThat(of(answered, "error")).isEmpty();
        }
    }
}
