package dev.parley.server.conformance;

import dev.parley.server.Screen;
import dev.parley.server.Screen.Style;
import dev.parley.testkit.conformance.Difference;
import dev.parley.testkit.conformance.Result;
import java.util.List;
import java.util.Locale;

/** The table that grows by a line for each recording, and the summary below it. */
final class Report {
    /** Of one recording: one that is out of step differs everywhere. */
    private static final int MOST_DIFFERENCES = 5;

    private final Screen screen;
    private final int width;
    private int recordings;
    private int events;
    private int exchanges;
    private int differences;
    private int foreign;
    private int unreadable;

    /**
     * Begins a table.
     *
     * @param width of the longest name
     */
    Report(Screen screen, int width) {
        this.screen = screen;
        this.width = Math.max(width, "recording".length());
        screen.line(Style.DIM, row("recording", "to provider", "to client", "HTTP", "result"));
    }

    private String row(String name, String toProvider, String toClient, String http, String result) {
        return String.format(
                Locale.ROOT, "%-" + width + "s  %11s  %9s  %4s  %s", name, toProvider, toClient, http, result);
    }

    void add(Result result) {
        recordings++;
        exchanges += result.exchanges();
        differences += result.differences().size();
        boolean other = result.foreign();
        if (other) {
            foreign++;
        } else {
            events += result.toProvider() + result.toClient();
        }
        String verdict = result.conforms()
                ? screen.styled(other ? Style.DIM : Style.GREEN, other ? "another protocol" : "same")
                : screen.styled(Style.RED, count(result.differences().size(), "difference"));
        screen.line(row(
                result.name(),
                other ? "-" : String.valueOf(result.toProvider()),
                other ? "-" : String.valueOf(result.toClient()),
                String.valueOf(result.exchanges()),
                verdict));
        List<Difference> all = result.differences();
        all.stream().limit(MOST_DIFFERENCES).forEach(each -> screen.line(Style.RED, "    " + each));
        if (all.size() > MOST_DIFFERENCES) {
            screen.line(Style.RED, "    and " + (all.size() - MOST_DIFFERENCES) + " more");
        }
        result.notes().forEach(note -> screen.line(Style.YELLOW, "    " + note));
    }

    void addUnreadable(String name, String why) {
        recordings++;
        unreadable++;
        screen.line(row(name, "-", "-", "-", screen.styled(Style.RED, "unreadable")));
        screen.line(Style.RED, "    " + why);
    }

    /** Sums up; tells whether all is well. */
    boolean end() {
        boolean well = differences == 0 && unreadable == 0;
        String others = (foreign == 0 ? "" : "; of another protocol: " + foreign)
                + (unreadable == 0 ? "" : "; unreadable: " + unreadable);
        screen.line(
                well ? Style.GREEN : Style.RED,
                count(recordings, "recording") + ", " + count(events, "event") + ", "
                        + count(exchanges, "HTTP exchange") + ": "
                        + (differences == 0 ? "no difference" : count(differences, "difference")) + others);
        return well;
    }

    private static String count(int number, String what) {
        return String.format(Locale.ROOT, "%,d %s%s", number, what, number == 1 ? "" : "s");
    }
}
