package dev.parley.testkit.conformance;

import java.util.List;

/**
 * What came of a recording.
 *
 * @param name of the recording
 * @param foreign whether it is of another protocol, and nothing was replayed
 * @param toProvider how many events were sent by the client
 * @param toClient how many events were sent by the provider
 * @param exchanges how many exchanges over HTTP were replayed
 * @param differences between what went in and what came out; empty: none
 * @param notes what was not done, and why
 */
public record Result(
        String name,
        boolean foreign,
        int toProvider,
        int toClient,
        int exchanges,
        List<Difference> differences,
        List<String> notes) {
    public Result {
        differences = List.copyOf(differences);
        notes = List.copyOf(notes);
    }

    /** Whether nothing differs. */
    public boolean conforms() {
        return differences.isEmpty();
    }
}
