package dev.parley.testkit.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** RFC 6455 section 5.5: close, ping and pong. */
class ControlFrameTest {
    private static final String PROTOCOL_ERROR = "websocket_protocol_error";

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** 5.5.3: a pong has the payload of its ping. */
    @ParameterizedTest
    @EnumSource
    void answersAPingWithItsPayload(Role role) throws IOException {
        try (Ends ends = Line.open(role)) {
            for (int length : new int[] {0, 1, 7, 8, 9, 124, 125}) {
                byte[] payload = new byte[length];
                for (int i = 0; i < length; i++) {
                    payload[i] = (byte) (0xff - i);
                }
                ends.peer().write(ends.peer().frame(0x80 | RawFrame.PING, payload));
                RawFrame pong = ends.peer().nextButPings();
                assertThat(pong.opcode()).isEqualTo(RawFrame.PONG);
                assertThat(pong.payload()).isEqualTo(payload);
            }
            ends.live();
        }
    }

    /** 5.5: "All control frames MUST have a payload length of 125 bytes or less". */
    @ParameterizedTest
    @CsvSource({"SERVER,8", "SERVER,9", "SERVER,10", "CLIENT,8", "CLIENT,9", "CLIENT,10"})
    void failsAControlFrameOfMoreThan125Bytes(Role role, int opcode) throws IOException {
        for (int length : new int[] {126, 70_000}) {
            try (Ends ends = Line.open(role)) {
                byte[] payload = new byte[length];
                payload[0] = 3;
                payload[1] = (byte) 0xe8;
                ends.peer().write(ends.peer().frame(0x80 | opcode, payload));
                ends.failed(1002, PROTOCOL_ERROR);
            }
        }
    }

    /** 5.5.3: "A response to an unsolicited Pong frame is not expected." */
    @ParameterizedTest
    @EnumSource
    void takesAPongThatItDidNotAskFor(Role role) throws IOException {
        try (Ends ends = Line.open(role)) {
            ends.peer().write(ends.peer().frame(0x80 | RawFrame.PONG));
            ends.peer().write(ends.peer().frame(0x80 | RawFrame.PONG, new byte[125]));
            ends.live();
        }
    }

    /** 5.5.3: pings may be answered by one pong for the last of them. A peer that reads nothing must not fill memory. */
    @ParameterizedTest
    @EnumSource
    void survivesAFloodOfPingsFromAPeerThatReadsNothing(Role role) throws IOException {
        int batches = 2_000;
        try (Ends ends = Line.open(role)) {
            byte[][] hundred = new byte[100][];
            for (int batch = 0; batch < batches; batch++) {
                for (int i = 0; i < 100; i++) {
                    byte[] payload = Arrays.copyOf(bytes(batch + "." + i), 125);
                    hundred[i] = ends.peer().frame(0x80 | RawFrame.PING, payload);
                }
                ends.peer().write(RawPeer.join(hundred));
            }
            List<String> pongs = new ArrayList<>();
            String last = (batches - 1) + ".99";
            while (pongs.isEmpty() || !pongs.getLast().equals(last)) {
                RawFrame pong = ends.peer().nextButPings();
                assertThat(pong.opcode()).isEqualTo(RawFrame.PONG);
                pongs.add(pong.text().strip().replace("\0", ""));
            }
            // What the kernel's buffers hold and not much more: a pong for each would be 25 MB.
            assertThat(pongs.size()).isLessThan(100 * batches * 3 / 4);
            ends.live();
        }
    }

    /** 5.5.1, 7.4.1, 7.4.2: each code that may be sent is answered with the same. */
    @ParameterizedTest
    @EnumSource
    void echoesEveryCodeThatMayBeSent(Role role) throws IOException {
        int[] codes = {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999};
        for (int code : codes) {
            try (Ends ends = Line.open(role)) {
                ends.peer().close(code, "bye");
                RawFrame close = ends.peer().nextButPings();
                assertThat(close.opcode()).isEqualTo(RawFrame.CLOSE);
                assertThat(close.code()).isEqualTo(code);
                assertThat(ends.peer().rest()).isEmpty();
            }
        }
    }

    /** 7.4: codes that are reserved, or belong to no range, are a breach of protocol. */
    @ParameterizedTest
    @EnumSource
    void failsEveryCodeThatMustNotBeSent(Role role) throws IOException {
        for (int code : new int[] {0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535}) {
            try (Ends ends = Line.open(role)) {
                ends.peer().close(code, "");
                ends.failed(1002, PROTOCOL_ERROR);
            }
        }
    }

    /** 5.5.1: a body is optional; 7.1.5: without it the code is 1005, which is never written. */
    @ParameterizedTest
    @EnumSource
    void answersACloseWithoutACodeWithOneWithout(Role role) throws IOException {
        try (Ends ends = Line.open(role)) {
            ends.peer().write(ends.peer().frame(0x80 | RawFrame.CLOSE));
            RawFrame close = ends.peer().nextButPings();
            assertThat(close.opcode()).isEqualTo(RawFrame.CLOSE);
            assertThat(close.payload()).isEmpty();
            assertThat(ends.peer().rest()).isEmpty();
        }
    }

    /** 5.5.1: the first two bytes of a body are the code, so that there cannot be one alone. */
    @ParameterizedTest
    @EnumSource
    void failsACloseOfOneByte(Role role) throws IOException {
        try (Ends ends = Line.open(role)) {
            ends.peer().write(ends.peer().frame(0x80 | RawFrame.CLOSE, (byte) 3));
            ends.failed(1002, PROTOCOL_ERROR);
        }
    }

    /** 5.5.1: the reason is UTF-8. */
    @ParameterizedTest
    @EnumSource
    void failsACloseWhoseReasonIsNotUtf8(Role role) throws IOException {
        for (String bad : new String[] {"ff", "c3", "cebae1bdb9cf83cebcceb5eda080656469746564"}) {
            try (Ends ends = Line.open(role)) {
                ends.peer()
                        .write(ends.peer()
                                .frame(0x80 | RawFrame.CLOSE, HexFormat.of().parseHex("03e8" + bad)));
                ends.failed(1007, "invalid_utf8");
            }
        }
    }

    /** 5.5.1: a reason may fill the frame, and is passed on whole by the gateway where it can be. */
    @ParameterizedTest
    @EnumSource
    void takesTheLongestReason(Role role) throws IOException {
        String reason = "\u00e9".repeat(61) + "x";
        try (Ends ends = Line.open(role)) {
            ends.peer().close(4001, reason);
            assertThat(ends.peer().nextButPings().code()).isEqualTo(4001);
            if (role == Role.CLIENT) {
                assertThat(ends.other().nextButPings().text()).contains("provider_closed");
                RawFrame close = ends.other().nextButPings();
                assertThat(close.code()).isEqualTo(4001);
                assertThat(close.reason()).isEqualTo(reason);
            }
        }
    }

    /** 5.5.1: what comes behind a close is not read, were it wrong or right. */
    @ParameterizedTest
    @EnumSource
    void readsNothingBehindAClose(Role role) throws IOException {
        try (Ends ends = Line.open(role)) {
            byte[] late = ends.peer().frame(0x81, bytes("{\"type\":\"late\"}"));
            byte[] wrong = ends.peer().frame(0xff);
            ends.peer().write(RawPeer.join(ends.peer().closing(1000, ""), late, wrong));
            assertThat(ends.peer().nextButPings().code()).isEqualTo(1000);
            assertThat(ends.peer().rest()).isEmpty();
            for (RawFrame frame = ends.other().nextButPings();
                    ;
                    frame = ends.other().nextButPings()) {
                assertThat(frame.text()).doesNotContain("late");
                if (frame.opcode() == RawFrame.CLOSE) {
                    return;
                }
            }
        }
    }
}
