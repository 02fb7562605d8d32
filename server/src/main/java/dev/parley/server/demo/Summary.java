package dev.parley.server.demo;

import dev.parley.server.Screen;
import dev.parley.server.Screen.Style;
import dev.parley.server.call.Exchange;
import java.util.List;
import java.util.Locale;

/** The table at the end of a demonstration. */
final class Summary {
    private Summary() {}

    static void show(List<Outcome> outcomes, Judge judge, Screen screen) {
        screen.line("");
        screen.line(Style.BOLD, row("question, as it was heard", "answer", "first sound") + "right");
        for (Outcome outcome : outcomes) {
            Exchange exchange = outcome.exchange();
            String latency = exchange.firstAudioMillis() < 0 ? "none" : exchange.firstAudioMillis() + " ms";
            String answer = exchange.said() + (exchange.interrupted() ? " (cut off)" : "");
            String row = row(exchange.heard(), answer, latency);
            screen.line(row + screen.styled(outcome.right() ? Style.GREEN : Style.RED, outcome.right() ? "yes" : "NO"));
            outcome.problems().forEach(problem -> screen.line(Style.RED, "    " + problem));
        }
        long right = outcomes.stream().filter(Outcome::right).count();
        long[] latencies = outcomes.stream()
                .mapToLong(outcome -> outcome.exchange().firstAudioMillis())
                .filter(ms -> ms >= 0)
                .sorted()
                .toArray();
        screen.line("");
        screen.line(
                right == outcomes.size() ? Style.GREEN : Style.RED,
                right + " of " + outcomes.size() + " answers " + judge.verdict()
                        + (latencies.length == 0
                                ? ""
                                : "; first sound after the end of speech: median " + latencies[latencies.length / 2]
                                        + " ms, worst " + latencies[latencies.length - 1] + " ms"));
    }

    private static String row(String question, String answer, String latency) {
        return String.format(Locale.ROOT, "  %-40s  %-46s  %11s  ", cut(question, 40), cut(answer, 46), latency);
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }
}
