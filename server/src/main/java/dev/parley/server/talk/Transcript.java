package dev.parley.server.talk;

import dev.parley.server.Screen;
import dev.parley.server.Screen.Style;
import dev.parley.server.call.Display;
import dev.parley.server.call.Exchange;
import dev.parley.server.call.FunctionCall;
import java.util.Locale;

/** Shows a dialogue on a screen as it happens: both sides' words, and what was measured. */
public class Transcript implements Display {
    private final Screen screen;
    private final String you;
    private final String parley;

    /** A transcript on a screen. */
    public Transcript(Screen screen) {
        this.screen = screen;
        this.you = screen.styled(Style.CYAN, "  you     ");
        this.parley = screen.styled(Style.GREEN, "  parley  ");
    }

    @Override
    public void heard(Exchange exchange) {
        screen.line(you + exchange.heard());
    }

    @Override
    public void notUnderstood(Exchange exchange) {
        screen.line(you + screen.styled(Style.YELLOW, "(not understood)"));
    }

    @Override
    public void saying(Exchange exchange, String piece) {
        screen.piece(parley, piece);
    }

    @Override
    public void interrupted(Exchange exchange) {
        screen.line(
                Style.YELLOW,
                "          spoken over after " + seconds(exchange.heardMillis()) + " of the answer: silent "
                        + exchange.silencedMillis() + " ms after the caller's first sound");
    }

    @Override
    public void calling(Exchange exchange, FunctionCall call) {
        screen.line(parley + screen.styled(Style.YELLOW, "calls " + call.name() + call.arguments()));
    }

    @Override
    public void responseDone(Exchange exchange) {
        screen.endLine();
        if (exchange.interrupted()) {
            screen.line(Style.DIM, "          the response is '" + exchange.status() + "'");
        } else if (!exchange.status().equals("completed")) {
            screen.line(Style.RED, "          the response is '" + exchange.status() + "'");
        } else if (exchange.firstAudioMillis() >= 0) {
            screen.line(
                    Style.DIM, "          first sound " + exchange.firstAudioMillis() + " ms after the end of speech");
        }
    }

    /** Milliseconds as seconds, such as {@code 1.8 s}. */
    public static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }
}
