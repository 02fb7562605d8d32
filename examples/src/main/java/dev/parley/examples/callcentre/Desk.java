package dev.parley.examples.callcentre;

import dev.parley.ConversationListener;
import dev.parley.RealtimeSession;
import dev.parley.RealtimeSessionConfig;
import dev.parley.Turn;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A person's desk: takes who is next, reads what they say, and types answers, which the call's voice says. What was said
 * before is read out of the call, so that nobody has to tell it twice.
 */
final class Desk implements ConversationListener {
    private static final String PERSON = "person";

    private final Waiting waiting;
    private final String person;
    private final BlockingQueue<Turn> screen = new LinkedBlockingQueue<>();

    Desk(Waiting waiting, String person) {
        this.waiting = waiting;
        this.person = person;
    }

    static boolean isWithPerson(RealtimeSession call) {
        return call.attributes().containsKey(PERSON);
    }

    /** Takes the next call over: from now on the model neither answers nor calls tools in it. */
    Optional<Waiting.Customer> take() {
        Optional<Waiting.Customer> next = waiting.next();
        next.ifPresent(customer -> {
            RealtimeSession call = customer.call();
            call.attributes().put(PERSON, person);
            call.updateTools(List.of());
            call.updateConfig(
                    RealtimeSessionConfig.builder().withoutAutomaticResponses().build());
            call.say("This is " + person + ".");
        });
        return next;
    }

    /** What the person types is said to the customer. */
    void type(Waiting.Customer customer, String words) {
        customer.call().say(words);
    }

    /** Shows what customers of this desk say. */
    @Override
    public void turn(RealtimeSession call, Turn turn) {
        if (turn.role() == Turn.Role.USER && isWithPerson(call)) {
            screen.add(turn);
        }
    }

    /** What the customers said that the person has not read. */
    BlockingQueue<Turn> screen() {
        return screen;
    }
}
