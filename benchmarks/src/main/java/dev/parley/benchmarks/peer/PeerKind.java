package dev.parley.benchmarks.peer;

import java.util.Locale;

/** What can be measured. */
public enum PeerKind {
    /** The provider itself, with nothing in between: what all latencies are measured against. */
    DIRECT(false, "/v1/realtime?model=gpt-realtime"),
    /** The gateway as its users run it. */
    PARLEY(true, "/realtime"),
    /** The library in a plain Java application, as a relay. */
    EMBEDDED(true, "/realtime"),
    /** The same with a voice agent in each session, whose code blocks for 10 s whenever it is called. */
    AGENT(true, "/realtime"),
    /** HAProxy as a tunnel of one thread, which touches no event. */
    HAPROXY(false, "/v1/realtime?model=gpt-realtime"),
    /** The package {@code @hazeljs/realtime} on Node. */
    HAZELJS(true, "/realtime"),
    /** A relay of a page on Node's package {@code ws}. */
    NODE(true, "/realtime"),
    /** A relay of a page on Tomcat and the JDK's WebSocket client. */
    TOMCAT(true, "/realtime");

    private final boolean envelope;
    private final String path;

    PeerKind(boolean envelope, String path) {
        this.envelope = envelope;
        this.path = path;
    }

    /** Whether clients get events in an envelope. */
    public boolean envelope() {
        return envelope;
    }

    /** Where clients connect. */
    public String path() {
        return path;
    }

    /** The name in options and tables. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
