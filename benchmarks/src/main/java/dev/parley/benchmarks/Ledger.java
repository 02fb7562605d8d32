package dev.parley.benchmarks;

import dev.parley.benchmarks.load.LoadResult;
import dev.parley.benchmarks.peer.PeerKind;
import dev.parley.benchmarks.provider.ProviderReport;
import dev.parley.benchmarks.report.Figure;
import dev.parley.benchmarks.report.Sample;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** What has been measured and what went wrong, as it comes in. */
final class Ledger {
    private final List<Sample> samples = new ArrayList<>();
    private final Map<PeerKind, Long> losses = new EnumMap<>(PeerKind.class);
    private final List<String> faults = new ArrayList<>();
    private int round;

    void beginRound() {
        round++;
    }

    void add(PeerKind peer, Figure figure, double value) {
        samples.add(new Sample(round, peer, figure, value));
    }

    OptionalDouble value(PeerKind peer, Figure figure) {
        return samples.stream()
                .filter(sample -> sample.round() == round && sample.peer() == peer && sample.figure() == figure)
                .mapToDouble(Sample::value)
                .findFirst();
    }

    void fault(PeerKind peer, String measure, String what) {
        faults.add((round == 0 ? "warm-up" : "round " + round) + ", " + measure + ", " + peer.label() + ": " + what);
    }

    /** Notes what is wrong with a piece of work; false if it cannot be counted at all. */
    boolean check(PeerKind peer, String measure, LoadResult client, ProviderReport provider) {
        String problem = client.problem();
        if (problem != null) {
            fault(peer, measure, problem);
            return false;
        }
        Losses found = Losses.of(client, provider);
        losses.merge(peer, found.total(), Long::sum);
        if (found.total() > 0) {
            fault(peer, measure, found.toString());
        }
        return true;
    }

    List<Sample> samples() {
        return List.copyOf(samples);
    }

    Map<PeerKind, Long> losses() {
        return losses;
    }

    List<String> faults() {
        return List.copyOf(faults);
    }
}
