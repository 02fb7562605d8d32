package dev.parley.benchmarks.report;

import dev.parley.benchmarks.peer.PeerKind;

/** One figure of one peer in one round. Rounds count from 1. */
public record Sample(int round, PeerKind peer, Figure figure, double value) {}
