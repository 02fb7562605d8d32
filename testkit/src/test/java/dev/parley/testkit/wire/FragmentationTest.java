package dev.parley.testkit.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** RFC 6455 section 5.4: messages of several frames. */
class FragmentationTest {
    private static final String PROTOCOL_ERROR = "websocket_protocol_error";
    private static final String EVENT = "{\"type\":\"a\",\"b\":\"\u00e9\u20ac\ud83d\ude00\"}";

    /** A message in fragments of these sizes; what is left of it is the last one. */
    private static byte[] fragments(RawPeer peer, int opcode, byte[] message, int... sizes) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        int from = 0;
        for (int size : sizes) {
            all.writeBytes(peer.frame(
                    from == 0 && all.size() == 0 ? opcode : 0, Arrays.copyOfRange(message, from, from + size)));
            from += size;
        }
        all.writeBytes(
                peer.frame(0x80 | (all.size() == 0 ? opcode : 0), Arrays.copyOfRange(message, from, message.length)));
        return all.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @EnumSource
    void putsTogetherWhatIsCutAnywhere(Role role) throws IOException {
        byte[] message = bytes(EVENT);
        try (Ends ends = Line.open(role)) {
            for (int cut = 0; cut <= message.length; cut++) {
                ends.peer().write(fragments(ends.peer(), RawFrame.TEXT, message, cut));
                ends.arrives(EVENT);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void putsTogetherManyFragments(Role role) throws IOException {
        String event = FramingTest.event(20_000);
        int[] ones = new int[19_999];
        Arrays.fill(ones, 1);
        try (Ends ends = Line.open(role)) {
            ends.peer().write(fragments(ends.peer(), RawFrame.TEXT, bytes(event), ones));
            ends.arrives(event);
            ends.peer()
                    .write(fragments(
                            ends.peer(),
                            RawFrame.TEXT,
                            bytes(FramingTest.event(300_000)),
                            1,
                            125,
                            126,
                            65_535,
                            65_536));
            ends.arrives(FramingTest.event(300_000));
        }
    }

    /** A fragment may be empty: the first, those between and the last. */
    @ParameterizedTest
    @EnumSource
    void takesEmptyFragments(Role role) throws IOException {
        byte[] message = bytes(EVENT);
        try (Ends ends = Line.open(role)) {
            ends.peer().write(fragments(ends.peer(), RawFrame.TEXT, message, 0, 0, 5, 0, 0, message.length - 5, 0));
            ends.arrives(EVENT);
            int[] none = new int[2_000];
            ends.peer().write(fragments(ends.peer(), RawFrame.TEXT, message, none));
            ends.arrives(EVENT);
            ends.live();
        }
    }

    /** "Control frames MAY be injected in the middle of a fragmented message": a ping is answered before its end. */
    @ParameterizedTest
    @EnumSource
    void takesControlFramesBetweenFragments(Role role) throws IOException {
        byte[] message = bytes(EVENT);
        try (Ends ends = Line.open(role)) {
            RawPeer peer = ends.peer();
            peer.write(peer.frame(RawFrame.TEXT, Arrays.copyOf(message, 16)));
            peer.write(peer.frame(0x80 | RawFrame.PING, bytes("between")));
            RawFrame pong = peer.nextButPings();
            assertThat(pong.opcode()).isEqualTo(RawFrame.PONG);
            assertThat(pong.text()).isEqualTo("between");
            peer.write(peer.frame(0x80 | RawFrame.PONG, bytes("unasked")));
            peer.write(peer.frame(0x80, Arrays.copyOfRange(message, 16, message.length)));
            ends.arrives(EVENT);
            ends.live();
        }
    }

    /** A close between fragments ends the connection; the message is never told. */
    @ParameterizedTest
    @EnumSource
    void endsAtACloseBetweenFragments(Role role) throws IOException {
        try (Ends ends = Line.open(role)) {
            ends.peer().write(ends.peer().frame(RawFrame.TEXT, bytes("{\"type\":")));
            ends.peer().close(1001, "");
            ends.peer().write(ends.peer().frame(0x80, bytes("\"never\"}")));
            assertThat(ends.peer().nextButPings().code()).isEqualTo(1001);
            assertThat(ends.other().nextButPings().text()).doesNotContain("never");
        }
    }

    /** "The fragments of one message MUST NOT be interleaved between the fragments of another message." */
    @ParameterizedTest
    @CsvSource({"SERVER,1", "SERVER,2", "SERVER,129", "SERVER,130", "CLIENT,1", "CLIENT,2", "CLIENT,129", "CLIENT,130"})
    void failsAMessageInsideAnother(Role role, int first) throws IOException {
        try (Ends ends = Line.open(role)) {
            ends.peer().write(ends.peer().frame(RawFrame.TEXT, bytes("{\"type\":")));
            ends.peer().write(ends.peer().frame(first, bytes("{\"type\":\"b\"}")));
            ends.failed(1002, PROTOCOL_ERROR);
        }
    }

    @ParameterizedTest
    @CsvSource({"SERVER,0", "SERVER,128", "CLIENT,0", "CLIENT,128"})
    void failsAContinuationOfNothing(Role role, int first) throws IOException {
        try (Ends ends = Line.open(role)) {
            ends.peer().write(fragments(ends.peer(), RawFrame.TEXT, bytes(EVENT), 3));
            ends.arrives(EVENT);
            ends.peer().write(ends.peer().frame(first, bytes(EVENT)));
            ends.failed(1002, PROTOCOL_ERROR);
        }
    }

    /** "Control frames themselves MUST NOT be fragmented." */
    @ParameterizedTest
    @CsvSource({"SERVER,8", "SERVER,9", "SERVER,10", "CLIENT,8", "CLIENT,9", "CLIENT,10"})
    void failsAControlFrameThatIsFragmented(Role role, int opcode) throws IOException {
        try (Ends ends = Line.open(role)) {
            ends.peer().write(ends.peer().frame(opcode));
            ends.failed(1002, PROTOCOL_ERROR);
        }
    }

    /** 5.6: a message of several frames has the type of its first. */
    @ParameterizedTest
    @EnumSource
    void answersAFragmentedBinaryMessageWithOneErrorAndGoesOn(Role role) throws IOException {
        try (Ends ends = Line.open(role)) {
            byte[] noText = HexFormat.of().parseHex("fffe80c0");
            ends.peer().write(fragments(ends.peer(), RawFrame.BINARY, noText, 1, 1, 1));
            RawPeer told = role == Role.SERVER ? ends.peer() : ends.other();
            assertThat(told.nextButPings().text()).contains("\"type\":\"error\"");
            ends.live();
        }
    }

    /** Parley itself sends each message in one frame, however it came. */
    @ParameterizedTest
    @EnumSource
    void sendsNoFragments(Role role) throws IOException {
        String event = FramingTest.event(200_000);
        try (Ends ends = Line.open(role)) {
            ends.peer().write(fragments(ends.peer(), RawFrame.TEXT, bytes(event), 70_000, 70_000));
            RawFrame frame = ends.other().nextButPings();
            assertThat(frame.last()).isTrue();
            assertThat(frame.payload()).hasSize(200_000);
        }
    }
}
