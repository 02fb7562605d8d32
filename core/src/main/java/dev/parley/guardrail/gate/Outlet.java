package dev.parley.guardrail.gate;

import dev.parley.protocol.ControlEvent;
import dev.parley.protocol.Event;
import dev.parley.protocol.ItemKey;
import dev.parley.turn.ResponseWish;

/** Where gates send what they have decided on. Lane only. */
public interface Outlet {
    /** Sends an event of the gateway's own to the provider. */
    void toProvider(Event event);

    /** Sends an event to the provider that was to be sent before and had to wait. */
    void release(Event event);

    /** Sends an event to the client, past the gates. */
    void toClient(Event event);

    /** Asks for a response. */
    void want(ResponseWish wish);

    /** Ends what is being said. */
    void interrupt();

    /** Audio of a part was dropped at a gate and will never be delivered. */
    void dropped(ItemKey part);

    /**
     * A request for a response does not reach the provider: whoever waits for it is told as if the provider had refused.
     *
     * @param error the {@code error} event
     * @param byClient whether the client made the request, and is to be told
     */
    void refused(ControlEvent error, boolean byClient);
}
