package dev.parley.server.talk;

import dev.parley.audio.Level;
import dev.parley.server.CommandException;
import dev.parley.server.Screen;
import dev.parley.server.Screen.Style;
import dev.parley.server.call.Clip;
import dev.parley.server.call.Dialogue;
import dev.parley.server.call.Exchange;
import dev.parley.server.call.Loudspeaker;
import dev.parley.server.call.Playout;
import dev.parley.server.call.Recordings;
import dev.parley.server.call.Tape;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** One call from the command line. */
final class Talk {
    /** After the end of a recording: how long a server may take to notice that somebody spoke, or spoke again. */
    private static final Duration NOTICE = Duration.ofMillis(1500);

    private static final Duration FOREVER = Duration.ofDays(1);

    private final Screen screen;
    private final Target target;
    private final ObjectNode session;
    private final Duration patience;
    private final boolean aloud;
    private final Tape tape = new Tape();

    Talk(Screen screen, Target target, ObjectNode session, Duration patience, boolean aloud) {
        this.screen = screen;
        this.target = target;
        this.session = session;
        this.patience = patience;
        this.aloud = aloud;
    }

    /** Says the turns one after the other, each when the answer to the one before has been heard. */
    void say(List<TalkCommand.Turn> turns, @Nullable Path out) throws InterruptedException {
        try (Loudspeaker speaker = aloud ? Loudspeaker.open() : null) {
            Playout playout = new Playout(tape, speaker);
            try (Dialogue dialogue = connect(playout)) {
                converse(turns, dialogue, playout);
                write(out);
                summary(dialogue.exchanges());
            }
        }
    }

    private void converse(List<TalkCommand.Turn> turns, Dialogue dialogue, Playout playout)
            throws InterruptedException {
        Recordings recordings = new Recordings();
        if (turns.stream().anyMatch(TalkCommand.Turn.Spoken.class::isInstance)) {
            dialogue.open(recordings, tape);
        }
        for (TalkCommand.Turn turn : turns) {
            switch (turn) {
                case TalkCommand.Turn.Spoken(Clip clip) -> say(clip, recordings, dialogue);
                case TalkCommand.Turn.Written(String text) -> write(text, dialogue);
            }
            dialogue.await(() -> !playout.playing(), patience);
        }
    }

    /** Talks until the process is ended. */
    void byMicrophone(@Nullable Path out) throws InterruptedException {
        Microphone microphone = Microphone.open();
        try (Loudspeaker speaker = Loudspeaker.open();
                Dialogue dialogue = connect(new Playout(tape, speaker))) {
            dialogue.open(microphone, tape);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> write(out), "parley-write"));
            screen.line("speak; Ctrl-C ends the call");
            dialogue.await(() -> false, FOREVER);
        }
    }

    private Dialogue connect(Playout playout) throws InterruptedException {
        screen.line(Style.DIM, "calling " + target.uri() + "…");
        Dialogue dialogue = new Dialogue(
                target.uri(),
                target.key(),
                playout,
                new Transcript(screen),
                call -> "{\"error\":\"no such function\"}");
        try {
            dialogue.configure(session, patience);
        } catch (RuntimeException | InterruptedException e) {
            dialogue.close();
            throw e;
        }
        return dialogue;
    }

    private void write(String text, Dialogue dialogue) throws InterruptedException {
        screen.line(screen.styled(Style.CYAN, "  you     ") + text);
        Exchange exchange = dialogue.write(text);
        if (!dialogue.await(exchange::done, patience)) {
            throw CommandException.failed("no complete answer came within " + patience.toSeconds() + " s");
        }
        check(exchange);
    }

    private void say(Clip clip, Recordings recordings, Dialogue dialogue) throws InterruptedException {
        int before = dialogue.exchanges().size();
        screen.line(Style.DIM, "saying " + clip.name() + " (" + Transcript.seconds(clip.millis()) + ")…");
        recordings.say(clip);
        dialogue.await(
                () -> !recordings.speaking(), Duration.ofMillis(clip.millis()).plus(patience));
        // A recording may hold several turns, and the last is noticed only after some silence.
        dialogue.await(() -> false, NOTICE);
        if (dialogue.exchanges().size() == before) {
            throw CommandException.failed("no speech was heard in " + clip.name()
                    + ": the gateway noticed nobody speaking. " + loudness(clip));
        }
        List<Exchange> answers =
                dialogue.exchanges().subList(before, dialogue.exchanges().size());
        if (!dialogue.await(() -> answers.stream().allMatch(Exchange::done), patience)) {
            throw CommandException.failed(
                    "no complete answer came within " + patience.toSeconds() + " s after the end of " + clip.name());
        }
        answers.forEach(Talk::check);
    }

    private static String loudness(Clip clip) {
        Level level = Level.of(clip.samples());
        return String.format(
                Locale.ROOT,
                "Its level is %.0f dBFS, and %.0f at its loudest; speech is at about -25, and -10 at its loudest.",
                level.rms(),
                level.peak());
    }

    private static void check(Exchange exchange) {
        boolean over = exchange.interrupted() || exchange.status().equals("cancelled");
        if (!over && !exchange.status().equals("completed")) {
            throw CommandException.failed("the response ended with the status '" + exchange.status() + "'");
        }
    }

    private void write(@Nullable Path out) {
        if (out == null) {
            return;
        }
        try {
            tape.write(out);
            screen.line(
                    Style.DIM,
                    "wrote " + out + " (" + Transcript.seconds(tape.millis())
                            + ", left the caller, right the answers)");
        } catch (IOException e) {
            throw CommandException.failed(out + " cannot be written");
        }
    }

    private void summary(List<Exchange> exchanges) {
        long[] latencies = exchanges.stream()
                .mapToLong(Exchange::firstAudioMillis)
                .filter(ms -> ms >= 0)
                .sorted()
                .toArray();
        if (latencies.length > 1) {
            screen.line(
                    Style.DIM,
                    "first sound after the end of speech: median " + latencies[latencies.length / 2] + " ms, worst "
                            + latencies[latencies.length - 1] + " ms of " + latencies.length + " answers");
        }
    }
}
