package dev.parley.benchmarks.provider;

/** What all connections count together, on the loop's thread. */
final class ProviderCounts {
    int connections;
    long received;
    long altered;
    long misplaced;
    long pushed;

    ProviderReport report(int port, boolean reset) {
        ProviderReport report = new ProviderReport(port, connections, received, altered, misplaced, pushed);
        if (reset) {
            received = 0;
            altered = 0;
            misplaced = 0;
            pushed = 0;
        }
        return report;
    }
}
