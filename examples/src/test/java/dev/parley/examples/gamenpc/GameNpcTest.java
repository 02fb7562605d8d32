package dev.parley.examples.gamenpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.RealtimeSession;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class GameNpcTest {
    private final BlockingQueue<String> subtitles = new LinkedBlockingQueue<>();

    private String ask(RealtimeSession berta, String words) throws Exception {
        berta.sendText(words);
        return Objects.requireNonNull(subtitles.poll(30, TimeUnit.SECONDS), "nobody answered");
    }

    @Test
    void theInnkeeperTradesAndRemembers() throws Exception {
        Player player = new Player(10);
        Player other = new Player(100);
        try (Inn inn = new Inn(Map.of())) {
            RealtimeSession berta = inn.enter("one", player, subtitles::add).get(30, TimeUnit.SECONDS);
            RealtimeSession others = inn.enter("two", other, subtitles::add).get(30, TimeUnit.SECONDS);
            assertThat(ask(berta, "Tell me a rumor.")).isEqualTo("Rumours are for customers.");
            assertThat(ask(berta, "Sell me a torch!")).isEqualTo("One torch, 3 coins.");
            assertThat(ask(berta, "Give me a sword.")).isEqualTo("The player cannot pay 40 coins.");
            assertThat(player.coins()).isEqualTo(7);
            assertThat(ask(berta, "Is there anything new?")).contains("old mill");

            assertThat(ask(berta, "Your beer is bad!")).isEqualTo("Watch your tongue!");
            assertThat(ask(berta, "I take a rope.")).isEqualTo("You sell nothing to rude people.");
            assertThat(ask(others, "I take a sword.")).isEqualTo("One sword, 40 coins.");
            assertThat(ask(berta, "I am sorry.")).isEqualTo("Well. Forgotten.");
            assertThat(ask(berta, "I take a rope.")).isEqualTo("One rope, 5 coins.");
            assertThat(player.has(Ware.ROPE)).isEqualTo(1);
            Inn.thunder(berta);
            assertThat(subtitles.poll(30, TimeUnit.SECONDS)).isEqualTo("Did you hear that?");
        }
    }
}
