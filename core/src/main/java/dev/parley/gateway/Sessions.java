package dev.parley.gateway;

import dev.parley.lane.Lane;
import dev.parley.leg.CloseReason;
import dev.parley.leg.Leg;
import dev.parley.session.LiveSession;
import dev.parley.session.SessionTerms;
import java.util.function.Consumer;

/** Where sessions begin. */
@FunctionalInterface
public interface Sessions {
    /**
     * Begins a session. Called on the lane.
     *
     * @param provider the provider's name
     * @param ended told, on the lane, when neither leg is left
     */
    LiveSession begin(SessionTerms terms, String provider, Leg client, Lane lane, Consumer<CloseReason> ended);
}
