package dev.parley.examples.voiceform;

import dev.parley.P;
import dev.parley.Realtime;
import dev.parley.Tool;
import dev.parley.tool.ToolException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Fills in a form with one person; each session has its own. */
@Realtime(
        path = "/form",
        name = "voice-form",
        instructions = "You fill in a booking with somebody who may not see or type. Ask one thing at a time, in a few"
                + " words. Repeat what you noted. Send only after they have said that all of it is right.",
        greeting = "Your booking. On which day?")
public final class FormAgent {
    private final Consumer<Booking> inbox;
    private final AtomicReference<Booking> form = new AtomicReference<>(Booking.EMPTY);

    /** @param inbox where finished forms go */
    FormAgent(Consumer<Booking> inbox) {
        this.inbox = inbox;
    }

    /**
     * What a tool answers: the words for the person, and the form for the page.
     *
     * @param sent whether the form has gone off
     */
    record Step(String message, Booking form, boolean sent) {}

    @Tool("Notes what the person has said. Leave out what they have not.")
    Step note(
            Optional<DayOfWeek> day,
            Optional<LocalTime> time,
            @P("1 to 12") Optional<Integer> people,
            @P("digits only") Optional<String> phone) {
        Booking said = new Booking(day.orElse(null), time.orElse(null), people.orElse(null), phone.orElse(null));
        Booking now = form.updateAndGet(before -> before.with(said));
        String next = now.question();
        return new Step(
                "Noted: " + said.words() + ". " + (next.isEmpty() ? "Say: read it to me, or: send it." : next),
                now,
                false);
    }

    @Tool("Reads the whole form to the person.")
    Step read() {
        Booking now = form.get();
        return new Step("I have " + now.words() + ". " + now.question(), now, false);
    }

    @Tool("Empties the form.")
    Step startOver() {
        form.set(Booking.EMPTY);
        return new Step("Empty again. " + Booking.EMPTY.question(), Booking.EMPTY, false);
    }

    @Tool("Sends the form, once it is complete and the person wants it.")
    Step send() throws ToolException {
        Booking now = form.get();
        if (!now.question().isEmpty()) {
            throw new ToolException("Something is missing. " + now.question());
        }
        inbox.accept(now);
        return new Step("Sent. Thank you.", now, true);
    }
}
