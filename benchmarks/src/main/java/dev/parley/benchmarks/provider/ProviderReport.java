package dev.parley.benchmarks.provider;

/**
 * What the fake provider has seen since it was last asked to begin anew.
 *
 * @param port where it listens
 * @param connections how many there are now
 * @param received appends that came whole and unaltered
 * @param altered appends of which a byte was not as it was sent
 * @param misplaced appends that came out of order, twice, or after one that did not come
 * @param pushed bytes of events given to sockets for clients that never read
 */
public record ProviderReport(int port, int connections, long received, long altered, long misplaced, long pushed) {}
