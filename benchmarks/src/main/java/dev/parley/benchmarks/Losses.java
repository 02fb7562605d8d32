package dev.parley.benchmarks;

import dev.parley.benchmarks.load.LoadResult;
import dev.parley.benchmarks.provider.ProviderReport;
import java.util.ArrayList;
import java.util.List;

/** What both ends of a measurement miss or find altered. All of it has to be 0. */
record Losses(long lostToProvider, long lostToClient, long altered, long misplaced) {
    /** Of one piece of work, as its two ends saw it. */
    static Losses of(LoadResult client, ProviderReport provider) {
        return new Losses(
                Math.max(0, client.sent() - provider.received() - provider.altered()),
                Math.max(0, provider.received() - client.received() - client.altered()),
                client.altered() + provider.altered(),
                client.misplaced() + provider.misplaced());
    }

    /** All together; an event that was lost may also have put the next one out of place. */
    long total() {
        return lostToProvider + lostToClient + altered + misplaced;
    }

    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        add(parts, lostToProvider, "lost on the way to the provider");
        add(parts, lostToClient, "lost on the way to the client");
        add(parts, altered, "altered");
        add(parts, misplaced, "out of order, doubled or after a lost one");
        return "events " + String.join(", ", parts);
    }

    private static void add(List<String> parts, long count, String what) {
        if (count > 0) {
            parts.add(count + " " + what);
        }
    }
}
