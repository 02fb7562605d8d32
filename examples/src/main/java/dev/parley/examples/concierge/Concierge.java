package dev.parley.examples.concierge;

import dev.parley.ConversationListener;
import dev.parley.P;
import dev.parley.Realtime;
import dev.parley.RealtimeSession;
import dev.parley.Tool;
import dev.parley.VoiceAgent;
import dev.parley.tool.ToolException;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Who answers at the hotel's desk. */
@Realtime(
        path = "/concierge",
        instructions = "classpath:dev/parley/examples/concierge/instructions.md",
        voice = "marin",
        greeting = "Hotel Larch, good evening.")
public final class Concierge {
    private final Hotel hotel;

    Concierge(Hotel hotel) {
        this.hotel = hotel;
    }

    /** The concierge as an agent: the class, and what annotations cannot say. */
    static VoiceAgent agent(Hotel hotel, ConversationListener log) {
        Concierge concierge = new Concierge(hotel);
        return VoiceAgent.builder()
                .annotated(Concierge.class, () -> concierge)
                // Who booked a room may cancel it, in the same call.
                .approval(call -> hotel.booking(call.arguments().path("number").asString(""))
                        .filter(booking -> booking.call().equals(call.session().id()))
                        .isPresent())
                .guardrail(new CardNumbers())
                .guardrail(new Discretion())
                .guardrail(new LongStays())
                .listener(log)
                .build();
    }

    @Tool("Tells which rooms are free tonight.")
    String freeRooms(@P("only this kind") Optional<RoomKind> kind) {
        List<RoomKind> asked = kind.map(List::of).orElse(Arrays.asList(RoomKind.values()));
        List<String> free = asked.stream()
                .filter(each -> hotel.free(each) > 0)
                .map(each -> hotel.free(each) + " " + each)
                .toList();
        return free.isEmpty() ? "None of these is free." : "Free tonight: " + String.join(" and ", free) + ".";
    }

    @Tool("Books a room from tonight on.")
    String bookRoom(RoomKind kind, @P("how many nights") int nights, RealtimeSession session) throws ToolException {
        Hotel.Booking made = hotel.book(kind, nights, session.id());
        return "A " + kind + " room is yours. The number is "
                + String.join(" ", made.number().split("")) + ".";
    }

    @Tool(value = "Cancels a booking.", approval = true)
    String cancelBooking(@P("four digits") String number) {
        hotel.booking(number).ifPresent(hotel::cancel);
        return "The booking is cancelled.";
    }

    @Tool("Has a guest called in the morning.")
    String wakeUpCall(LocalTime at) {
        return "We will call you at " + at + ".";
    }

    @Tool(
            value = "Asks the spa for a free hour, which takes a while.",
            meanwhile = "I am asking the spa.",
            meanwhileAfterMs = 200)
    String askSpa() throws Exception {
        return "The spa is free at " + hotel.askSpa() + ".";
    }
}
