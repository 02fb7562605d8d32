package dev.parley.testkit.conformance;

import dev.parley.testkit.conformance.Recording.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The check of a recording: whether a gateway passes it on as it was. */
public final class Conformance {
    private Conformance() {}

    /**
     * Makes a recording's events typed and back, replays it through a gateway of its own on loopback, once more as its
     * vendor's where that writes events in a form of its own, and makes its HTTP exchanges again. Takes seconds where
     * something is lost.
     */
    public static Result check(Recording recording) {
        List<Difference> differences = new ArrayList<>(TypedEvents.of(recording));
        List<String> notes = new ArrayList<>(recording.leftOut());
        int exchanges = 0;
        boolean foreign = recording.foreign();
        try {
            if (foreign) {
                Optional<List<Difference>> found = GeminiReplay.of(recording);
                foreign = found.isEmpty();
                found.ifPresent(differences::addAll);
            }
            if (!recording.messages().isEmpty() && !recording.foreign()) {
                differences.addAll(Replay.of(recording));
                VendorReplay.of(recording).ifPresent(outcome -> {
                    differences.addAll(outcome.differences());
                    notes.addAll(outcome.notes());
                });
            }
            Exchanges.Outcome exchanged = Exchanges.of(recording);
            exchanges = exchanged.replayed();
            differences.addAll(exchanged.differences());
            notes.addAll(exchanged.notes());
        } catch (RuntimeException e) {
            differences.add(new Difference("the replay", "", "", "failed: " + e));
        }
        long toClient =
                recording.messages().stream().filter(Message::fromProvider).count();
        return new Result(
                recording.name(),
                foreign,
                recording.messages().size() - (int) toClient,
                (int) toClient,
                exchanges,
                differences,
                notes);
    }
}
