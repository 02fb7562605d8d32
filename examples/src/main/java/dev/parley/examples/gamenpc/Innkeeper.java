package dev.parley.examples.gamenpc;

import dev.parley.Realtime;
import dev.parley.RealtimeSession;
import dev.parley.RealtimeSessionConfig;
import dev.parley.Tool;
import dev.parley.tool.ToolException;
import java.util.Objects;

/** The innkeeper, one for each player: grumpy to who is rude, and generous with rumours to who buys. */
@Realtime(path = "/innkeeper", instructions = Innkeeper.MANNER, voice = "ash")
public final class Innkeeper {
    static final String MANNER = "You are Berta, who keeps an inn at the edge of a dark wood. Speak in short, salty"
            + " sentences. You know nothing of the world outside of the game.";

    private int sold;
    private boolean grumpy;

    @Tool("Sells something to the player.")
    String sell(Ware ware, RealtimeSession session) throws ToolException {
        if (grumpy) {
            throw new ToolException("You sell nothing to rude people.");
        }
        if (!player(session).buy(ware)) {
            throw new ToolException("The player cannot pay " + ware.coins + " coins.");
        }
        sold++;
        return "One " + ware + ", " + ware.coins + " coins.";
    }

    @Tool("Tells a rumour, if the player has bought something.")
    String rumour() {
        return sold == 0
                ? "Rumours are for customers."
                : "They say the old mill is empty, but at night there is light.";
    }

    @Tool("Notes that the player was rude or has apologised.")
    String mood(boolean rude, RealtimeSession session) {
        grumpy = rude;
        session.updateConfig(RealtimeSessionConfig.builder()
                .instructions(MANNER + (grumpy ? " You are in a foul mood." : ""))
                .build());
        return grumpy ? "Watch your tongue!" : "Well. Forgotten.";
    }

    private static Player player(RealtimeSession session) {
        return (Player)
                Objects.requireNonNull(session.attributes().get(Player.ATTRIBUTE), "a session without a player");
    }
}
