package dev.parley.agent;

import dev.parley.protocol.Event;
import dev.parley.protocol.ItemKey;
import org.jspecify.annotations.Nullable;

/**
 * One of the things that look at each event of an agent's session, one after the other. What a stage answers goes on to
 * the next; what it sends on the {@link dev.parley.session.Floor} goes straight to the socket. Lane only.
 */
public interface Stage {
    /** The provider is connected. */
    default void began() {}

    /** An event of the client, on loan: what goes on in its place, or null if it goes no further. */
    default @Nullable Event fromClient(Event event) {
        return event;
    }

    /** An event of the provider, on loan: what goes on in its place, or null if it goes no further, for now or for good. */
    default @Nullable Event fromProvider(Event event) {
        return event;
    }

    /** An event goes to the client now, having passed all stages. */
    default void delivered(Event event) {}

    /** An event goes to the provider now, the client's or the gateway's own. */
    default void sent(Event event) {}

    /**
     * An item is not to be heard any more: what this stage keeps of its audio is dropped.
     *
     * @return how many bytes of audio that was
     */
    default long drop(ItemKey item) {
        return 0;
    }

    /** The session has ended; nothing is told any more. */
    default void ended() {}
}
