package dev.parley.benchmarks.report;

import dev.parley.benchmarks.peer.PeerKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/** The results as plain text: one table, with what it was measured on and what went wrong. */
public final class Table {
    private static final String NOTHING = "-";

    private final Results results;
    private final Samples samples;
    private final List<Figure> figures;
    private final List<List<String>> rows = new ArrayList<>();

    private Table(Results results) {
        this.results = results;
        this.samples = new Samples(results.samples());
        Set<Figure> measured = EnumSet.noneOf(Figure.class);
        results.samples().stream().map(Sample::figure).filter(Figure::tabled).forEach(measured::add);
        this.figures = List.copyOf(measured);
    }

    /** The text, which ends with a line break. */
    public static String of(Results results) {
        return new Table(results).text();
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        text.append(results.machine()).append('\n').append(results.load()).append('\n');
        results.versions().forEach((peer, version) -> line(text, peer, version));
        results.absent().forEach((peer, why) -> line(text, peer, "not measured: " + why));
        text.append('\n');
        head();
        results.versions().keySet().forEach(this::medians);
        results.versions().keySet().stream()
                .filter(peer -> peer != PeerKind.DIRECT && peer != PeerKind.PARLEY)
                .filter(peer -> results.versions().containsKey(PeerKind.PARLEY))
                .forEach(this::ratios);
        align(text);
        results.faults().forEach(fault -> text.append("fault: ").append(fault).append('\n'));
        return text.toString();
    }

    private static void line(StringBuilder text, PeerKind peer, String what) {
        text.append("  ").append(peer.label()).append(": ").append(what).append('\n');
    }

    private void head() {
        rows.add(row("", this::heading, ""));
        rows.add(row("median", Figure::unit, "lost"));
    }

    /** The measure, over the first of its figures. */
    private String heading(Figure figure) {
        int before = figures.indexOf(figure) - 1;
        boolean first = before < 0 || !figures.get(before).measure().equals(figure.measure());
        return first ? figure.measure() : "";
    }

    private List<String> row(String label, Function<Figure, String> cell, String lost) {
        List<String> row = new ArrayList<>();
        row.add(label);
        figures.forEach(figure -> row.add(cell.apply(figure)));
        row.add(lost);
        return row;
    }

    private void medians(PeerKind peer) {
        rows.add(row(
                peer.label(),
                figure -> samples.figure(peer, peer == PeerKind.DIRECT ? trip(figure) : figure)
                        .map(spread -> number(spread.median(), figure.decimals()))
                        .orElse(NOTHING),
                Long.toString(results.losses().getOrDefault(peer, 0L))));
    }

    /** A direct connection adds nothing; what it takes is what others add to. */
    private static Figure trip(Figure figure) {
        return switch (figure) {
            case ADDED_P50 -> Figure.TRIP_P50;
            case ADDED_P99 -> Figure.TRIP_P99;
            case ADDED_P999 -> Figure.TRIP_P999;
            default -> figure;
        };
    }

    private void ratios(PeerKind other) {
        rows.add(row(
                "parley/" + other.label(),
                figure -> samples.ratio(PeerKind.PARLEY, other, figure)
                        .map(spread -> number(spread.median(), 2))
                        .orElse(NOTHING),
                ""));
        rows.add(row(
                "  min-max",
                figure -> samples.ratio(PeerKind.PARLEY, other, figure)
                        .map(spread -> number(spread.min(), 2) + "-" + number(spread.max(), 2))
                        .orElse(NOTHING),
                ""));
    }

    private static String number(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    private void align(StringBuilder text) {
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        for (int i = 0; i < columns; i++) {
            int column = i;
            widths[i] = rows.stream()
                    .mapToInt(row -> row.get(column).length())
                    .max()
                    .orElse(0);
        }
        for (Collection<String> row : rows) {
            StringBuilder line = new StringBuilder();
            int i = 0;
            for (String cell : row) {
                String blanks = " ".repeat(widths[i] - cell.length());
                line.append(i == 0 ? cell + blanks : "  " + blanks + cell);
                i++;
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
    }
}
