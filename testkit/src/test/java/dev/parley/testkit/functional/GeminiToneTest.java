package dev.parley.testkit.functional;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.RealtimeAudioFormat;
import dev.parley.RealtimeModule;
import dev.parley.RealtimeModuleOptions;
import dev.parley.testkit.Caller;
import dev.parley.testkit.gemini.FakeGeminiServer;
import dev.parley.testkit.gemini.GeminiScript;
import dev.parley.testkit.gemini.ModelMessage;
import dev.parley.testkit.gemini.UserTurn;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/** A tone from a client to Gemini and another one back, in every format; Gemini hears at 16,000 Hz and speaks at 24,000. */
class GeminiToneTest {
    private static final int UP = 1000;
    private static final int DOWN = 440;

    static Stream<RealtimeAudioFormat> formats() {
        return RealtimeAudioFormat.PLAIN.stream();
    }

    @ParameterizedTest
    @MethodSource("formats")
    void carriesTonesBothWays(RealtimeAudioFormat format) throws Exception {
        byte[] answer = Tone.bytes(RealtimeAudioFormat.PCM_24K, DOWN, 1);
        // On whichever connection: a session that is slow to say how turns end gets another one for it.
        BlockingQueue<UserTurn> turns = new LinkedBlockingQueue<>();
        GeminiScript tone = (turn, session) -> {
            turns.add(turn);
            for (byte[] piece : ToneTest.pieces(answer, new Random(4))) {
                session.send(new ModelMessage().audio(piece));
            }
            session.send(new ModelMessage().generationComplete());
            session.send(new ModelMessage().turnComplete());
        };
        try (FakeGeminiServer server = FakeGeminiServer.start(tone);
                RealtimeModule module = module(server);
                Caller caller = Caller.connect(
                        URI.create("ws://127.0.0.1:" + module.listen(0).getPort() + "/v1/realtime"))) {
            caller.send(ToneTest.update(format));
            caller.next("session.updated");
            caller.send("{\"type\":\"session.update\",\"session\":{\"type\":\"realtime\",\"audio\":{\"input\":{"
                    + "\"turn_detection\":null}}}}");
            ObjectNode updated = caller.next("session.updated");
            for (String way : List.of("input", "output")) {
                assertThat(RealtimeAudioFormat.of(updated.at("/session/audio/" + way + "/format")))
                        .contains(format);
            }
            ToneTest.pieces(Tone.bytes(format, UP, 1), new Random(3)).forEach(caller::appendAudio);
            caller.send("{\"type\":\"input_audio_buffer.commit\"}").send("{\"type\":\"response.create\"}");
            UserTurn.Speech heard = (UserTurn.Speech) Objects.requireNonNull(turns.poll(10, TimeUnit.SECONDS));
            assertThat(heard.hertz()).isEqualTo(16_000);
            ToneTest.judge(RealtimeAudioFormat.PCM_16K, heard.pcm(), UP);
            byte[] played = played(caller);
            ToneTest.judge(format, played, DOWN);
            if (format == RealtimeAudioFormat.PCM_24K) {
                assertThat(played).isEqualTo(answer);
            }
            assertThat(server.sessions()).allSatisfy(session -> {
                assertThat(session.faults()).isEmpty();
                assertThat(session.refusal()).isEmpty();
            });
        }
    }

    private static RealtimeModule module(FakeGeminiServer server) {
        return RealtimeModule.forRoot(RealtimeModuleOptions.builder()
                .environment(
                        Map.of("GEMINI_API_KEY", FakeGeminiServer.key(), "GOOGLE_GEMINI_BASE_URL", server.baseUrl()))
                .defaultProvider("gemini")
                .build());
    }

    private static byte[] played(Caller caller) {
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
                default -> {}
            }
        }
    }
}
