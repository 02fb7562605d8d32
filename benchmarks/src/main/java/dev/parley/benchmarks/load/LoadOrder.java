package dev.parley.benchmarks.load;

import java.util.List;

/**
 * One piece of work of the load generator.
 *
 * @param kind what is done
 * @param port of the relay, or of the provider itself, on this machine
 * @param path of the WebSocket
 * @param envelope whether events come inside {@code {"event":"realtime","data":…,"timestamp":…}}
 * @param sessions how many
 * @param perSecond events a second that each session sends, if paced
 * @param inFlight events of a session that wait for their answer at any time, if flooding
 * @param payload characters of base64 in each event
 * @param warmMillis what is sent and not counted, first
 * @param millis what is counted
 * @param pids processes whose CPU time is read at both ends of what is counted
 * @param seed of the sessions' places within a tick, so that all relays get the same
 */
public record LoadOrder(
        Kind kind,
        int port,
        String path,
        boolean envelope,
        int sessions,
        int perSecond,
        int inFlight,
        int payload,
        int warmMillis,
        int millis,
        List<Long> pids,
        long seed) {
    /** What is done. */
    public enum Kind {
        /** Each session sends at its rate, whatever comes back. */
        PACED,
        /** Each session sends as soon as it is answered. */
        FLOOD,
        /** Sessions are opened and closed again. */
        OPEN,
        /** Sessions are opened and do nothing, until {@link #RELEASE}. */
        IDLE,
        /** One session asks for {@code sessions} events and never reads them, until {@link #RELEASE}. */
        SLOW,
        /** What was held is closed. */
        RELEASE
    }
}
