package dev.parley.benchmarks.report;

import dev.parley.benchmarks.peer.PeerKind;
import java.util.List;
import java.util.Map;

/**
 * What a run of the bench comes to.
 *
 * @param machine on which
 * @param load a line that says what was done
 * @param versions of the peers that were measured, in the table's order
 * @param absent peers that were not, and why
 * @param samples every figure of every round
 * @param losses events lost or altered at each peer, all rounds together
 * @param faults what went wrong, a sentence each; it has to be empty
 */
public record Results(
        Machine machine,
        String load,
        Map<PeerKind, String> versions,
        Map<PeerKind, String> absent,
        List<Sample> samples,
        Map<PeerKind, Long> losses,
        List<String> faults) {}
