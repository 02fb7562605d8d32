package dev.parley.testkit.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;

/**
 * The two ends of a live session.
 *
 * @param peer the end under test
 * @param other the end where its messages arrive
 */
record Ends(Line line, RawPeer peer, RawPeer other, Role role) implements AutoCloseable {
    /** Checks that the session lives: an event of the peer arrives at the other end, and one of that at the peer. */
    void live() throws IOException {
        peer.text("{\"type\":\"still.there\"}");
        arrives("{\"type\":\"still.there\"}");
        answered();
    }

    /** Checks that an event of the other end arrives at the peer next. */
    void answered() throws IOException {
        other.text("{\"type\":\"and.you\"}");
        assertThat(peer.nextButPings().text()).contains("{\"type\":\"and.you\"}");
    }

    /** Checks that the next message at the other end is this one, in an envelope perhaps. */
    void arrives(String message) throws IOException {
        RawFrame frame = other.nextButPings();
        assertThat(frame.opcode()).isEqualTo(RawFrame.TEXT);
        // Not by assertThat: what differs may be megabytes.
        if (!frame.text().contains(message)) {
            throw new AssertionError("not what was sent, but " + frame);
        }
    }

    /**
     * Checks that Parley fails the connection with a close code (section 7.1.7): a client is told by an error event
     * before, and at the other end the session is closed in good order.
     */
    void failed(int code, String error) throws IOException {
        if (role == Role.SERVER) {
            assertThat(peer.nextButPings().text()).contains("\"type\":\"error\"", "\"code\":\"" + error + "\"");
        }
        RawFrame close = peer.nextButPings();
        assertThat(close.opcode()).as(close.toString()).isEqualTo(RawFrame.CLOSE);
        assertThat(close.code()).isEqualTo(code);
        if (role == Role.CLIENT) {
            assertThat(other.nextButPings().text()).contains("\"type\":\"error\"", "\"code\":\"provider_lost\"");
        }
        RawFrame end = other.nextButPings();
        assertThat(end.opcode()).as(end.toString()).isEqualTo(RawFrame.CLOSE);
        assertThat(end.code()).isEqualTo(role == Role.SERVER ? 1000 : 1011);
    }

    @Override
    public void close() throws IOException {
        peer.close();
        other.close();
        line.close();
    }
}
