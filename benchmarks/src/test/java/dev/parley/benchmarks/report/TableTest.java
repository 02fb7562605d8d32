package dev.parley.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.benchmarks.peer.PeerKind;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TableTest {
    private static final List<Sample> SAMPLES = List.of(
            sample(1, PeerKind.PARLEY, 10),
            sample(1, PeerKind.HAPROXY, 20),
            sample(2, PeerKind.PARLEY, 40),
            sample(2, PeerKind.HAPROXY, 40),
            sample(3, PeerKind.PARLEY, 30),
            sample(3, PeerKind.HAPROXY, 10),
            // A round in which the machine's noise has hidden what was measured.
            sample(4, PeerKind.PARLEY, -1),
            sample(4, PeerKind.HAPROXY, 10));

    @Test
    void ratiosAreTakenWithinARound() {
        Samples samples = new Samples(SAMPLES);
        assertThat(samples.figure(PeerKind.PARLEY, Figure.PACED_CPU)).contains(new Spread(-1, 20, 40));
        assertThat(samples.ratio(PeerKind.PARLEY, PeerKind.HAPROXY, Figure.PACED_CPU))
                .contains(new Spread(0.5, 1, 3));
        assertThat(samples.ratio(PeerKind.PARLEY, PeerKind.NODE, Figure.PACED_CPU))
                .isEmpty();
    }

    @Test
    void saysAllThatIsKnown() {
        String table = Table.of(new Results(
                new Machine(2, "a processor", "Linux 6", "25"),
                "4 rounds",
                new TreeMap<>(Map.of(PeerKind.PARLEY, "1", PeerKind.HAPROXY, "2.6")),
                Map.of(PeerKind.NODE, "there is no node"),
                SAMPLES,
                Map.of(PeerKind.HAPROXY, 3L),
                List.of("round 2, paced, haproxy: events 3 altered")));
        assertThat(table).isEqualTo("""
                2 cores, a processor, Linux 6, Java 25
                4 rounds
                  parley: 1
                  haproxy: 2.6
                  node: not measured: there is no node

                                    paced
                median             CPU µs  lost
                parley               20.0     0
                haproxy              15.0     3
                parley/haproxy       1.00
                  min-max       0.50-3.00
                fault: round 2, paced, haproxy: events 3 altered
                """);
    }

    private static Sample sample(int round, PeerKind peer, double value) {
        return new Sample(round, peer, Figure.PACED_CPU, value);
    }
}
