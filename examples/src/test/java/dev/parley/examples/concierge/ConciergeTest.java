package dev.parley.examples.concierge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ConversationListener;
import dev.parley.RealtimeModule;
import dev.parley.RealtimeSession;
import dev.parley.Turn;
import dev.parley.examples.caller.SpokenCaller;
import dev.parley.local.speech.MaryVoice;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ConciergeTest {
    @Test
    void anEveningAtTheDesk() throws Exception {
        CompletableFuture<LocalTime> spa = new CompletableFuture<>();
        CompletableFuture<List<Turn>> transcript = new CompletableFuture<>();
        ConversationListener log = new ConversationListener() {
            @Override
            public void ended(RealtimeSession session, List<Turn> turns) {
                transcript.complete(turns);
            }
        };
        Hotel hotel = new Hotel(spa::get);
        List<String> answers = new ArrayList<>();
        try (RealtimeModule module = Evening.module(hotel, log, Map.of());
                MaryVoice voice = MaryVoice.load();
                SpokenCaller guest = new SpokenCaller(module.listen(0), "concierge", voice, "cedar")) {
            answers.add(guest.hear().words());
            for (String words : Evening.GUEST) {
                answers.add(guest.say(words).words());
            }
            spa.complete(LocalTime.of(9, 30));
            answers.add(guest.hear().words());
        }
        assertThat(answers)
                .containsExactly(
                        "Hotel Larch, good evening.",
                        "A double room is yours. The number is 4 0 0 1.",
                        "No double room is free. Offer another kind.",
                        "Stays of more than 14 nights are arranged by the manager.",
                        "Please keep your card number to yourself. You pay at the desk.",
                        "I do not talk about our guests.",
                        "The booking is cancelled.",
                        "I am asking the spa.",
                        "The spa is free at 09:30.");
        assertThat(hotel.free(RoomKind.DOUBLE)).isEqualTo(1);
        List<Turn> turns = transcript.get(20, TimeUnit.SECONDS);
        assertThat(turns.stream().filter(turn -> turn.role() == Turn.Role.USER).map(Turn::text))
                .contains("book a double room for two nights", "cancel booking four zero zero one");
        assertThat(turns.stream().map(Turn::text)).doesNotContain("I wrote it down.");
    }
}
