package dev.parley.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.audio.Wav;
import dev.parley.local.mind.DemoMind;
import dev.parley.local.mind.Responder;
import dev.parley.server.Cli;
import dev.parley.server.Environment;
import dev.parley.server.ExitCode;
import dev.parley.server.LoadedModels;
import dev.parley.server.demo.Question.Kind;
import dev.parley.testkit.assistant.ScriptedAssistant;
import dev.parley.testkit.gemini.FakeGeminiServer;
import dev.parley.testkit.gemini.GeminiAssistant;
import dev.parley.testkit.gemini.GeminiScript;
import dev.parley.testkit.gemini.ModelMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demonstration itself, over a real socket with the real models. */
class DemoCommandTest {
    @TempDir
    private Path folder;

    @Test
    void provesThatAnswersAreRight() throws Exception {
        Path answer = folder.resolve("answer.wav");
        Cli cli = demo(
                new DemoMind(Clock.systemUTC()),
                UnaryOperator.identity(),
                List.of(new Step.Ask(first(Kind.LIGHT)), new Step.BargeIn(first(Kind.HELP), first(Kind.SUM), 1500)));
        assertThat(cli.code()).as(cli.out() + cli.err()).isZero();
        assertThat(cli.out())
                .contains("calls set_light{\"room\":\"kitchen\",\"on\":true}", "cancelled", "3 of 3 answers", "median")
                .containsPattern("first sound \\d+ ms after")
                .containsPattern("silent \\d+ ms after");
        byte[] wav = Files.readAllBytes(answer);
        assertThat(wav[22]).as("channels").isEqualTo((byte) 2);
        assertThat(Wav.read(answer).millis()).isGreaterThan(8_000);
    }

    @Test
    void failsWhenTheAnswerIsSilent() {
        Cli cli = demo(
                new DemoMind(Clock.systemUTC()),
                sound -> new short[sound.length],
                List.of(new Step.Ask(first(Kind.SUM))));
        assertThat(cli.code()).isEqualTo(ExitCode.FAILED);
        assertThat(cli.out()).contains("the answer is silent", "0 of 1 answers");
    }

    @Test
    void failsWhenTheAnswerIsWrong() {
        Responder liar = (request, sink) -> sink.text("Twelve times three is thirty-seven.");
        Cli cli = demo(liar, UnaryOperator.identity(), List.of(new Step.Ask(first(Kind.SUM))));
        assertThat(cli.code()).isEqualTo(ExitCode.FAILED);
        assertThat(cli.out())
                .contains("the transcript is", "recognised as 'twelve times three is thirty seven'", "0 of 1 answers");
    }

    @Test
    void takesWhatAnotherProviderAnswersIfItIsHeard() {
        ScriptedAssistant.Part part = new ScriptedAssistant.Part(
                "turn on the light", "I am at your service.", "forever", "{\"room\":\"kitchen\",\"on\":true}");
        try (FakeGeminiServer gemini = FakeGeminiServer.start(new GeminiAssistant(part))) {
            Map<String, String> variables =
                    Map.of("GEMINI_API_KEY", FakeGeminiServer.key(), "GOOGLE_GEMINI_BASE_URL", gemini.baseUrl());
            Cli cli = other(variables, List.of(new Step.Ask(first(Kind.LIGHT))));
            assertThat(cli.code()).as(cli.out() + cli.err()).isZero();
            assertThat(cli.out())
                    .contains("calls set_light{\"room\":\"kitchen\",\"on\":true}")
                    .contains("1 of 1 answers came, in words and in sound");
            assertThat(gemini.sessions())
                    .allSatisfy(session -> assertThat(session.faults()).isEmpty());
        }
    }

    @Test
    void failsWhenAnotherProviderIsSilent() {
        GeminiScript silent = (turn, session) -> session.send(new ModelMessage()
                .transcript("Yes.")
                .audio(new byte[960])
                .generationComplete()
                .turnComplete());
        try (FakeGeminiServer gemini = FakeGeminiServer.start(silent)) {
            Map<String, String> variables =
                    Map.of("GEMINI_API_KEY", FakeGeminiServer.key(), "GOOGLE_GEMINI_BASE_URL", gemini.baseUrl());
            Cli cli = other(variables, List.of(new Step.Ask(first(Kind.SUM))));
            assertThat(cli.code()).isEqualTo(ExitCode.FAILED);
            assertThat(cli.out()).contains("the answer is silent", "0 of 1 answers");
        }
    }

    @Test
    void saysWhatAnotherProviderLacks() {
        Cli cli = other(Map.of(), List.of());
        assertThat(cli.code()).isNotZero();
        assertThat(cli.err()).contains("GEMINI_API_KEY");
    }

    private Cli other(Map<String, String> variables, List<Step> steps) {
        DemoCommand command = new DemoCommand(
                new Environment(variables, false),
                () -> {
                    throw new AssertionError("the embedded provider is not needed");
                },
                UnaryOperator.identity(),
                random -> steps);
        return Cli.run(
                Cli.handled(command),
                "--provider",
                "gemini",
                "--out",
                folder.resolve("answer.wav").toString());
    }

    @Test
    void asksSomethingElseEachTime() {
        assertThat(Step.choose(new java.util.Random(1))).isNotEqualTo(Step.choose(new java.util.Random(2)));
        assertThat(Step.choose(new java.util.Random(3))).isEqualTo(Step.choose(new java.util.Random(3)));
    }

    private Cli demo(Responder mind, UnaryOperator<short[]> tamper, List<Step> steps) {
        DemoCommand command = new DemoCommand(
                new Environment(Map.of(), false), () -> LoadedModels.provider(mind), tamper, random -> steps);
        return Cli.run(
                Cli.handled(command), "--out", folder.resolve("answer.wav").toString());
    }

    private static Question first(Kind kind) {
        return Question.all().stream().filter(q -> q.kind() == kind).findFirst().orElseThrow();
    }
}
