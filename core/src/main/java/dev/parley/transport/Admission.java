package dev.parley.transport;

import dev.parley.dialect.Dialect;
import dev.parley.lane.Lane;
import dev.parley.leg.Leg;
import dev.parley.leg.LegListener;
import dev.parley.protocol.ErrorDetail;
import java.util.Optional;

/** The gateway's answer to an {@link UpgradeRequest}. */
public sealed interface Admission {
    /**
     * No: an HTTP response.
     *
     * @param status such as 403
     * @param error what is wrong and what to do; the body, in the form of OpenAI's REST API
     */
    record Refused(int status, ErrorDetail error) implements Admission {}

    /**
     * Yes: the handshake is finished, then the session begins.
     *
     * @param subprotocol the one that is chosen out of those offered
     * @param dialect how this client writes events
     * @param wrapping what stands around each event that goes to it
     * @param session takes the client's leg
     */
    record Admitted(Optional<String> subprotocol, Dialect dialect, Wrapping wrapping, ClientSession session)
            implements Admission {}

    /** What stands around each event on its way to a client. */
    enum Wrapping {
        /** Nothing. */
        PLAIN,
        /** {@code {"event":"realtime","data":EVENT,"timestamp":MS}}, with the time of day in ms. */
        ENVELOPE
    }

    /** Begins the session of a client that has just connected. */
    interface ClientSession {
        /**
         * Takes an open leg.
         *
         * @param lane the session's lane, on which this is called
         * @return told of all that happens on the leg, from now on
         */
        LegListener begin(Leg client, Lane lane);

        /** The client was let in, but its session does not begin: the client has gone, or {@link #begin} failed. */
        void abandoned();
    }
}
