package dev.parley.guardrail.gate;

import dev.parley.guardrail.Verdict;
import org.jspecify.annotations.Nullable;

/** Something that the user said or typed and that is not allowed yet. Lane only. */
final class Input {
    final String itemId;
    /** Whether it is in the conversation. */
    boolean committed;
    /** Whether its end is to ask for a response. */
    boolean automatic;
    /** Whether the client will ask for the response itself. */
    boolean expected;
    /** Whether a transcript of it has come, or the news that there is none. */
    boolean transcribed;
    /** Whether there is speech in it of which no transcript has come. */
    boolean unheard;
    /** How many verdicts are awaited. */
    int asked;
    /** The last verdict, or the one that blocks. */
    @Nullable
    Verdict verdict;

    Runnable timer = () -> {};

    Input(String itemId) {
        this.itemId = itemId;
    }

    /** Whether it is known what becomes of it. */
    boolean settled() {
        return committed && (verdict instanceof Verdict.Block || (verdict != null && asked == 0 && !unheard));
    }
}
