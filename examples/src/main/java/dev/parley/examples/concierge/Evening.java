package dev.parley.examples.concierge;

import dev.parley.ConversationListener;
import dev.parley.RealtimeModule;
import dev.parley.RealtimeSession;
import dev.parley.Turn;
import dev.parley.examples.ExampleModule;
import dev.parley.examples.caller.SpokenCaller;
import dev.parley.local.phrase.Phrasebook;
import dev.parley.local.speech.MaryVoice;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** An evening at the desk: a guest calls by voice, and both sides are printed as they are heard. */
public final class Evening {
    /** What the guest says, one turn each. */
    static final List<String> GUEST = List.of(
            "Book a double room for two nights.",
            "Book a double room for three nights.",
            "Book a single room for twenty nights.",
            "My card number is four one one one.",
            "Where is Doctor Winter?",
            "Cancel booking four zero zero one.",
            "When is the spa free?");

    private Evening() {}

    static RealtimeModule module(Hotel hotel, ConversationListener log, Map<String, String> environment) {
        return ExampleModule.of(
                environment,
                Phrasebook.load("classpath:dev/parley/examples/concierge/guest.phrases"),
                Concierge.agent(hotel, log));
    }

    /** Takes about a minute. */
    public static void main(String[] args) throws InterruptedException {
        Hotel hotel = new Hotel(() -> {
            TimeUnit.SECONDS.sleep(3);
            return LocalTime.of(9, 30);
        });
        ConversationListener printed = new ConversationListener() {
            @Override
            public void turn(RealtimeSession session, Turn turn) {
                // Of an answer that was cut off before its first word nothing was heard; results of tools are notes.
                if (turn.role() != Turn.Role.SYSTEM && !turn.heard().isEmpty()) {
                    System.out.println(turn.role() + ": " + turn.heard());
                }
            }
        };
        try (RealtimeModule module = module(hotel, printed, System.getenv());
                MaryVoice voice = MaryVoice.load();
                SpokenCaller guest = new SpokenCaller(module.listen(0), "concierge", voice, "cedar")) {
            guest.hear();
            for (String words : GUEST) {
                guest.say(words);
            }
            guest.hear();
            // The last answer is a finished turn when it has been heard out, which is told a moment later.
            TimeUnit.SECONDS.sleep(1);
        }
    }
}
