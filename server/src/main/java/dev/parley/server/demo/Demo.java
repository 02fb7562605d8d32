package dev.parley.server.demo;

import dev.parley.protocol.Json;
import dev.parley.server.CommandException;
import dev.parley.server.Screen;
import dev.parley.server.Screen.Style;
import dev.parley.server.call.Clip;
import dev.parley.server.call.Dialogue;
import dev.parley.server.call.Exchange;
import dev.parley.server.call.Playout;
import dev.parley.server.call.Recordings;
import dev.parley.server.call.Tape;
import dev.parley.server.talk.Transcript;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A call that asks recorded questions of a gateway, as any client would, and proves the answers. */
final class Demo {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration BREATH = Duration.ofMillis(300);

    private final Screen screen;
    private final Judge judge;
    private final Lights lights;
    private final Tape tape = new Tape();
    private final Playout playout;
    private final Recordings recordings = new Recordings();
    private final List<Outcome> outcomes = new ArrayList<>();

    /**
     * What is asked.
     *
     * @param random the dice by which it was chosen
     * @param number by which it can be asked again
     */
    record Questions(List<Step> steps, Random random, int number) {}

    Demo(Screen screen, Judge judge, Random random, Playout.@Nullable Speaker speaker) {
        this.screen = screen;
        this.judge = judge;
        this.lights = new Lights(random);
        this.playout = new Playout(tape, speaker);
    }

    /** Goes through the steps; what came of each question, in order. */
    List<Outcome> run(URI gateway, List<Step> steps) throws InterruptedException {
        try (Dialogue dialogue = new Dialogue(gateway, null, playout, new Transcript(screen), lights::call)) {
            dialogue.configure(session(), PATIENCE);
            dialogue.open(recordings, tape);
            for (Step step : steps) {
                switch (step) {
                    case Step.Ask(Question question) -> ask(question, dialogue);
                    case Step.BargeIn bargeIn -> bargeIn(bargeIn, dialogue);
                }
            }
        }
        return List.copyOf(outcomes);
    }

    /** What was said and heard. */
    Tape tape() {
        return tape;
    }

    private static ObjectNode session() {
        ObjectNode session = Json.object().put("type", "realtime");
        ObjectNode input = session.putObject("audio").putObject("input");
        input.putObject("transcription").put("model", "gpt-transcribe");
        input.putObject("turn_detection").put("type", "server_vad");
        session.putArray("tools").add(Lights.declaration());
        return session;
    }

    private void ask(Question question, Dialogue dialogue) throws InterruptedException {
        ZonedDateTime before = now();
        Exchange exchange = say(question, dialogue);
        finish(exchange, dialogue);
        outcomes.add(new Outcome(question, exchange, judge.problems(question, exchange, endings(question, before))));
        tellProblems();
    }

    private void bargeIn(Step.BargeIn step, Dialogue dialogue) throws InterruptedException {
        Exchange first = say(step.first(), dialogue);
        Duration heard = Duration.ofMillis(step.afterMillis());
        dialogue.await(() -> first.firstAudioMillis() >= 0 || first.done(), PATIENCE);
        dialogue.await(first::done, heard);
        screen.line(Style.DIM, "          speaking over it…");
        Exchange second = say(step.second(), dialogue);
        finish(second, dialogue);
        outcomes.add(new Outcome(step.first(), first, judge.problemsOfCutOff(first)));
        outcomes.add(new Outcome(
                step.second(), second, judge.problems(step.second(), second, endings(step.second(), now()))));
        tellProblems();
    }

    /** Says a recording and waits until the gateway has noticed that somebody speaks. */
    private Exchange say(Question question, Dialogue dialogue) throws InterruptedException {
        int before = dialogue.exchanges().size();
        Clip clip = question.clip();
        screen.line(Style.DIM, "asking: " + question.text() + " (" + Transcript.seconds(clip.millis()) + ")");
        recordings.say(clip);
        Duration patience = Duration.ofMillis(clip.millis()).plus(PATIENCE);
        if (!dialogue.await(() -> dialogue.exchanges().size() > before, patience)) {
            throw CommandException.failed("the gateway heard nobody speak within " + patience.toSeconds() + " s");
        }
        return dialogue.exchanges().get(before);
    }

    private void finish(Exchange exchange, Dialogue dialogue) throws InterruptedException {
        if (!dialogue.await(exchange::done, PATIENCE)) {
            throw CommandException.failed("no complete answer came within " + PATIENCE.toSeconds() + " s");
        }
        dialogue.await(() -> !playout.playing(), PATIENCE);
        dialogue.await(() -> false, BREATH);
    }

    private List<String> endings(Question question, ZonedDateTime before) {
        ZonedDateTime now = now();
        return switch (question.kind()) {
            case TIME ->
                List.of("it is " + Speech.time(now.toLocalTime()), "it is " + Speech.time(before.toLocalTime()));
            case DATE ->
                List.of("it is " + Speech.date(now.toLocalDate()), "it is " + Speech.date(before.toLocalDate()));
            case LIGHT -> {
                String start = "the " + question.room() + " light is " + (question.on() ? "on" : "off");
                yield List.of(lights.lastAnswer().startsWith(start) ? lights.lastAnswer() : start + " at … percent");
            }
            case SUM, DIGITS, BOOKING, HELP -> List.of(question.answer());
        };
    }

    private static ZonedDateTime now() {
        return ZonedDateTime.now(ZoneId.systemDefault());
    }

    private void tellProblems() {
        outcomes.getLast().problems().forEach(problem -> screen.line(Style.RED, "          wrong: " + problem));
    }
}
