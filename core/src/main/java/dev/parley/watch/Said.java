package dev.parley.watch;

import java.time.Instant;

/**
 * What the user or the model has said in one item of the conversation, as far as it is known.
 *
 * @param itemId the item's id
 * @param role {@code user} or {@code assistant}
 * @param text all of it so far; empty: nothing is known of it yet. Of a long one, its beginning
 * @param at when the item came up
 * @param interrupted whether it was cut off
 * @param done whether no more words will come
 */
public record Said(String itemId, String role, String text, Instant at, boolean interrupted, boolean done) {
    /** Who and when, without the words. */
    @Override
    public String toString() {
        return "Said[itemId=" + itemId + ", role=" + role + ", at=" + at + "]";
    }
}
