package dev.parley.benchmarks;

import dev.parley.benchmarks.peer.PeerKind;
import dev.parley.benchmarks.provider.Fault;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a run does.
 *
 * @param rounds how often all is measured
 * @param measures what is
 * @param peers beside Parley
 * @param sessions of the paced load
 * @param rate events a second that each of them sends
 * @param seconds of it that are counted
 * @param floodSessions of the flood
 * @param inFlight events of each of them that are on their way at any time
 * @param floodSeconds of it that are counted
 * @param warmMillis of both that are not, first
 * @param warmUpMillis of each load for each relay, before the first round
 * @param payload characters of base64 in each event
 * @param idleSessions held open to measure their memory
 * @param openSessions opened to measure how fast
 * @param slowMegabytes offered to a client that never reads
 * @param fault what the provider does wrong
 */
record Plan(
        int rounds,
        Set<Measure> measures,
        List<PeerKind> peers,
        int sessions,
        int rate,
        int seconds,
        int floodSessions,
        int inFlight,
        int floodSeconds,
        int warmMillis,
        int warmUpMillis,
        int payload,
        int idleSessions,
        int openSessions,
        int slowMegabytes,
        Fault fault) {

    /** The most sessions at once. */
    int mostSessions() {
        int most = Math.max(100, measures.contains(Measure.PACED) ? sessions : 0);
        most = Math.max(most, measures.contains(Measure.FLOOD) ? floodSessions : 0);
        most = Math.max(most, measures.contains(Measure.OPEN) ? openSessions : 0);
        return Math.max(most, measures.contains(Measure.IDLE) ? idleSessions : 0);
    }

    /** A line that says what is done. */
    String load() {
        return rounds + (rounds == 1 ? " round: " : " rounds: ")
                + measures.stream().map(this::load).collect(Collectors.joining(", "))
                + "; events with " + payload + " characters of base64";
    }

    private String load(Measure measure) {
        return switch (measure) {
            case PACED -> "paced " + sessions + " sessions x " + rate + "/s each way for " + seconds + " s";
            case FLOOD ->
                "flood " + floodSessions + " sessions x " + inFlight + " in flight for " + floodSeconds + " s";
            case OPEN -> "open " + openSessions;
            case START -> "start";
            case IDLE -> "idle " + idleSessions;
            case SLOW -> "slow " + slowMegabytes + " MB";
        };
    }
}
