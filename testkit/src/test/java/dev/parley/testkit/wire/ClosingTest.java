package dev.parley.testkit.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455 section 7: how a connection ends, in every state and from both ends. */
class ClosingTest {
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** What the other end sees when the peer has gone without a close: an end of the session in good order. */
    private static void otherEndIsClosed(Ends ends) throws IOException {
        if (ends.role() == Role.CLIENT) {
            assertThat(ends.other().nextButPings().text()).contains("\"code\":\"provider_lost\"");
        }
        RawFrame close = ends.other().nextButPings();
        assertThat(close.opcode()).isEqualTo(RawFrame.CLOSE);
        assertThat(close.code()).isEqualTo(ends.role() == Role.SERVER ? 1000 : 1011);
    }

    /** Sends until the connection is gone. */
    @SuppressWarnings("InfiniteLoopStatement")
    private static void floodToTheEnd(RawPeer peer) {
        byte[] flood = peer.frame(0x81, bytes(FramingTest.event(60_000)));
        try {
            while (true) {
                peer.write(flood);
            }
        } catch (IOException gone) {
            assertThat(gone).isInstanceOf(SocketException.class);
        }
    }

    /** 5.5.1, 7.1.2: the close is answered, the connection ends, the other end is closed in good order. */
    @ParameterizedTest
    @EnumSource
    void endsWhenThePeerCloses(Role role) throws IOException {
        try (Ends ends = Line.open(role)) {
            ends.peer().close(1000, "done");
            assertThat(ends.peer().nextButPings().code()).isEqualTo(1000);
            assertThat(ends.peer().rest()).isEmpty();
            List<RawFrame> rest = closed(ends.other());
            assertThat(rest.getLast().opcode()).isEqualTo(RawFrame.CLOSE);
        }
    }

    /** All up to a close, which is answered, and to the end behind it. */
    private static List<RawFrame> closed(RawPeer end) throws IOException {
        RawFrame frame = end.nextButPings();
        while (frame.opcode() != RawFrame.CLOSE) {
            frame = end.nextButPings();
        }
        end.close(frame.code(), "");
        assertThat(end.rest()).isEmpty();
        return List.of(frame);
    }

    /** 5.5.1: who sends behind its close breaks the RFC, and still gets the answer if it came in one read. */
    @ParameterizedTest
    @EnumSource
    void answersACloseWithSomethingBehindIt(Role role) throws IOException {
        try (Ends ends = Line.open(role)) {
            byte[] behind = ends.peer().frame(0x81, bytes(FramingTest.event(1_000)));
            ends.peer().write(RawPeer.join(ends.peer().closing(1001, ""), behind));
            assertThat(ends.peer().nextButPings().code()).isEqualTo(1001);
            assertThat(ends.peer().reset()).isFalse();
        }
    }

    /**
     * 7.1.1, 7.1.7: bytes that are left unread would make the end a reset, which may destroy the close on its way. So
     * a failed connection is read on for a while.
     */
    @ParameterizedTest
    @EnumSource
    void tellsWhyItFailsWithMuchBehindIt(Role role) throws IOException {
        for (int round = 0; round < 2; round++) {
            try (Ends ends = Line.open(role)) {
                byte[] behind = ends.peer().frame(0x81, bytes(FramingTest.event(400_000)));
                ends.peer().write(RawPeer.join(ends.peer().frame(0xff), behind, behind));
                ends.failed(1002, "websocket_protocol_error");
                assertThat(ends.peer().reset()).isFalse();
            }
        }
    }

    /** 7.1.7: a failed connection is ended by Parley, were the peer to go on for ever. */
    @ParameterizedTest
    @EnumSource
    void endsAFailedConnectionByItself(Role role) throws IOException {
        try (Ends ends = Line.open(role)) {
            ends.peer().write(ends.peer().frame(0xff));
            floodToTheEnd(ends.peer());
        }
    }

    /** 7.1.1, 1.4: Parley's own close: what comes before the answer to it is read and left out; then both end. */
    @ParameterizedTest
    @EnumSource
    void waitsForTheAnswerToItsClose(Role role) throws IOException {
        try (Ends ends = Line.open(role)) {
            ends.other().close(1000, "");
            assertThat(ends.other().nextButPings().code()).isEqualTo(1000);
            RawFrame close = ends.peer().nextButPings();
            if (role == Role.SERVER) {
                assertThat(close.text()).contains("provider_closed");
                close = ends.peer().nextButPings();
            }
            assertThat(close.opcode()).isEqualTo(RawFrame.CLOSE);
            ends.peer().text("{\"type\":\"late\"}");
            ends.peer().write(ends.peer().frame(0x82, (byte) 1));
            ends.peer().close(close.code(), "");
            assertThat(ends.peer().rest()).isEmpty();
        }
    }

    /** 7.1.1: a peer that never answers is not waited for without end, silent or not. */
    @ParameterizedTest
    @CsvSource({"SERVER,false", "SERVER,true", "CLIENT,false", "CLIENT,true"})
    void waitsNoLongerThanAWhileForTheAnswer(Role role, boolean flooding) throws IOException {
        try (Ends ends = Line.open(role)) {
            ends.other().close(1000, "");
            RawFrame frame = ends.peer().nextButPings();
            while (frame.opcode() != RawFrame.CLOSE) {
                frame = ends.peer().nextButPings();
            }
            if (flooding) {
                floodToTheEnd(ends.peer());
            } else {
                assertThat(ends.peer().rest()).isEmpty();
            }
        }
    }

    /** 7.1.2, 7.1.5: both close at once: each gets one close frame, and the connection ends. */
    @ParameterizedTest
    @EnumSource
    void endsWhenBothCloseAtOnce(Role role) throws IOException {
        for (int round = 0; round < 20; round++) {
            try (Ends ends = Line.open(role)) {
                ends.other().close(1000, "");
                ends.peer().close(1001, "");
                for (RawPeer end : List.of(ends.peer(), ends.other())) {
                    List<RawFrame> frames = end.rest();
                    assertThat(frames.getLast().opcode()).isEqualTo(RawFrame.CLOSE);
                    assertThat(frames)
                            .filteredOn(frame -> frame.opcode() == RawFrame.CLOSE)
                            .hasSize(1);
                }
            }
        }
    }

    /** 5.5.1: nothing is sent behind a close, and so also nothing of what the other end still sends. */
    @ParameterizedTest
    @EnumSource
    void sendsNothingBehindItsClose(Role role) throws IOException {
        try (Ends ends = Line.open(role)) {
            for (int i = 0; i < 200; i++) {
                ends.other().text(FramingTest.event(3_000));
            }
            ends.peer().close(1000, "");
            for (int i = 0; i < 200; i++) {
                ends.other().text(FramingTest.event(3_000));
            }
            List<RawFrame> frames = ends.peer().rest();
            assertThat(frames.getLast().opcode()).isEqualTo(RawFrame.CLOSE);
            assertThat(frames)
                    .filteredOn(frame -> frame.opcode() == RawFrame.CLOSE)
                    .hasSize(1);
        }
    }

    /** 7.1.4, 7.1.5: an end of the connection without a close is a loss (1006, which is never written). */
    @ParameterizedTest
    @CsvSource({"SERVER,half", "SERVER,end", "SERVER,reset", "CLIENT,half", "CLIENT,end", "CLIENT,reset"})
    void endsWhenThePeerGoesWithoutAClose(Role role, String how) throws IOException {
        try (Ends ends = Line.open(role)) {
            switch (how) {
                case "half" -> ends.peer().halfClose();
                case "end" -> ends.peer().close();
                default -> ends.peer().abort();
            }
            otherEndIsClosed(ends);
        }
    }

    /** The same in the middle of a header, of a payload, of a message. */
    @ParameterizedTest
    @CsvSource({"SERVER,1", "SERVER,2", "SERVER,6", "SERVER,10", "CLIENT,1", "CLIENT,2", "CLIENT,6", "CLIENT,10"})
    void endsWhenThePeerGoesInsideAFrame(Role role, int sent) throws IOException {
        for (int first : new int[] {0x81, 0x01, 0x89}) {
            try (Ends ends = Line.open(role)) {
                ends.peer().write(Arrays.copyOf(ends.peer().frame(first, bytes("{\"type\":\"a\"}")), sent));
                ends.peer().halfClose();
                otherEndIsClosed(ends);
            }
        }
    }

    /** A peer that closes and sends no more at once still gets its answer. */
    @ParameterizedTest
    @EnumSource
    void answersACloseWithTheEndRightBehindIt(Role role) throws IOException {
        try (Ends ends = Line.open(role)) {
            ends.peer().close(1000, "");
            ends.peer().halfClose();
            assertThat(ends.peer().nextButPings().code()).isEqualTo(1000);
            assertThat(ends.peer().rest()).isEmpty();
        }
    }

    /** While the provider is being dialled the client may close, break off or fail like at any other time. */
    @ParameterizedTest
    @ValueSource(strings = {"close", "half", "reset", "wrong"})
    void endsWhileTheProviderIsDialled(String how) throws IOException {
        try (Line line = Line.idle();
                RawPeer client = line.client(Line.PATH);
                RawPeer provider = line.provider.next()) {
            provider.head();
            client.text("{\"type\":\"kept\"}");
            switch (how) {
                case "close" -> {
                    client.close(1000, "");
                    assertThat(client.nextButPings().code()).isEqualTo(1000);
                    assertThat(client.rest()).isEmpty();
                }
                case "half" -> {
                    client.halfClose();
                    assertThat(client.rest()).isEmpty();
                }
                case "reset" -> client.abort();
                default -> {
                    client.write(client.frame(0xff));
                    assertThat(client.nextButPings().text()).contains("websocket_protocol_error");
                    assertThat(client.nextButPings().code()).isEqualTo(1002);
                }
            }
            assertThat(provider.rest()).isEmpty();
        }
    }

    /** 7.4.1: 1001 and the like go round: a gateway that stops says so to both ends, and waits for their answers. */
    @Test
    void closesBothEndsWhenTheGatewayStops() throws IOException {
        try (Ends ends = Line.open(Role.SERVER)) {
            Thread stopping = Thread.ofVirtual().start(ends.line().module::close);
            assertThat(ends.peer().nextButPings().text()).contains("gateway_stopping");
            RawFrame close = ends.peer().nextButPings();
            assertThat(close.code()).isEqualTo(1012);
            ends.peer().close(1012, "");
            assertThat(ends.peer().rest()).isEmpty();
            assertThat(closed(ends.other()).getLast().code()).isEqualTo(1000);
            join(stopping);
        }
    }

    private static void join(Thread thread) {
        try {
            assertThat(thread.join(java.time.Duration.ofSeconds(20))).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
