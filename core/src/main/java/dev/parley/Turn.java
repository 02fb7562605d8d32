package dev.parley;

import java.time.Instant;

/**
 * One turn of a conversation.
 *
 * @param itemId the provider's id of its item
 * @param role who speaks
 * @param text what was said or written: of the user the transcript, of the assistant what was generated
 * @param heard of the assistant the part of {@code text} that the listener has heard or read, as far as is known; of
 *     others all of {@code text}
 * @param interrupted whether the assistant was cut off
 * @param began when the speech or the answer began
 */
public record Turn(String itemId, Role role, String text, String heard, boolean interrupted, Instant began) {
    /** Who speaks. */
    public enum Role {
        USER,
        ASSISTANT,
        /** The application. */
        SYSTEM
    }

    /** The turn without what was said. */
    @Override
    public String toString() {
        return "Turn[itemId=" + itemId + ", role=" + role + ", interrupted=" + interrupted + ", began=" + began + "]";
    }
}
