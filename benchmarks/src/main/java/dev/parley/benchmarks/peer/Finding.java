package dev.parley.benchmarks.peer;

/** Whether a peer can be measured on this machine. */
public sealed interface Finding {
    /** It can. */
    record Found(Relay relay) implements Finding {}

    /** It cannot, and why. */
    record Absent(PeerKind kind, String why) implements Finding {}
}
