package dev.parley.guardrail.gate;

import dev.parley.session.Floor;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/** The commits of audio that the provider has not answered: what they put into the conversation is not known yet. Lane only. */
final class Commits {
    private static final String EMPTY = "input_audio_buffer_commit_empty";

    private record Commit(String eventId, Runnable timer) {}

    private final Floor floor;
    private final Duration patience;
    private final Runnable lost;
    private final Deque<Commit> sent = new ArrayDeque<>();

    /**
     * None.
     *
     * @param lost runs on the lane when one is not answered in time
     */
    Commits(Floor floor, Duration patience, Runnable lost) {
        this.floor = floor;
        this.patience = patience;
        this.lost = lost;
    }

    void sent(String eventId) {
        Runnable timer = floor.lane().schedule(() -> floor.post(() -> late(eventId)), patience);
        sent.add(new Commit(eventId, timer));
    }

    private void late(String eventId) {
        if (remove(eventId)) {
            lost.run();
        }
    }

    /** The provider has committed audio; answers whether somebody had asked for it. */
    boolean answered() {
        Commit first = sent.poll();
        if (first != null) {
            first.timer().run();
        }
        return first != null;
    }

    /** The provider has refused something; answers whether that was a commit. */
    boolean refused(String cause, String code) {
        return remove(cause) || (cause.isEmpty() && code.equals(EMPTY) && answered());
    }

    private boolean remove(String eventId) {
        for (Iterator<Commit> all = sent.iterator(); all.hasNext(); ) {
            Commit commit = all.next();
            if (commit.eventId().equals(eventId)) {
                all.remove();
                commit.timer().run();
                return true;
            }
        }
        return false;
    }

    boolean isEmpty() {
        return sent.isEmpty();
    }

    void ended() {
        sent.forEach(commit -> commit.timer().run());
    }
}
