package dev.parley.benchmarks.report;

import dev.parley.benchmarks.peer.PeerKind;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** All that was measured. */
record Samples(List<Sample> all) {
    /** A peer's figure over all rounds. */
    Optional<Spread> figure(PeerKind peer, Figure figure) {
        return Spread.of(all.stream()
                .filter(sample -> sample.peer() == peer && sample.figure() == figure)
                .mapToDouble(Sample::value));
    }

    /**
     * How often a peer's figure goes into another's, taken within each round, so that what slows the machine for a time
     * slows both. Rounds in which one of them is not above 0 have no ratio.
     */
    Optional<Spread> ratio(PeerKind peer, PeerKind other, Figure figure) {
        int rounds = all.stream().mapToInt(Sample::round).max().orElse(0);
        return Spread.of(IntStream.rangeClosed(1, rounds)
                .mapToObj(round -> ratio(round, peer, other, figure))
                .flatMapToDouble(OptionalDouble::stream));
    }

    private OptionalDouble ratio(int round, PeerKind peer, PeerKind other, Figure figure) {
        OptionalDouble over = value(round, peer, figure).findFirst();
        OptionalDouble under = value(round, other, figure).findFirst();
        return over.isPresent() && under.isPresent()
                ? OptionalDouble.of(over.getAsDouble() / under.getAsDouble())
                : OptionalDouble.empty();
    }

    private DoubleStream value(int round, PeerKind peer, Figure figure) {
        return all.stream()
                .filter(sample -> sample.round() == round && sample.peer() == peer && sample.figure() == figure)
                .mapToDouble(Sample::value)
                .filter(value -> value > 0);
    }
}
