package dev.parley.testkit.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** RFC 6455 sections 5.1, 5.2 and 5.3: one frame. */
class FramingTest {
    private static final String PROTOCOL_ERROR = "websocket_protocol_error";
    private static final String EVENT = "{\"type\":\"a\"}";

    /** An event of exactly this many bytes. */
    static String event(int length) {
        String empty = "{\"type\":\"a\",\"b\":\"\"}";
        return "{\"type\":\"a\",\"b\":\"" + "x".repeat(length - empty.length()) + "\"}";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** 5.1, 5.3: a client masks every frame, a server none. */
    @ParameterizedTest
    @EnumSource
    void failsAFrameThatIsMaskedAsTheOtherSidesAre(Role role) throws IOException {
        try (Ends ends = Line.open(role)) {
            ends.peer().write(ends.peer().frame(0x81, role == Role.CLIENT, 0, bytes(EVENT)));
            ends.failed(1002, PROTOCOL_ERROR);
        }
    }

    /** 5.1: also control frames. */
    @ParameterizedTest
    @EnumSource
    void failsAControlFrameThatIsMaskedAsTheOtherSidesAre(Role role) throws IOException {
        try (Ends ends = Line.open(role)) {
            ends.peer().write(ends.peer().frame(0x89, role == Role.CLIENT, 0));
            ends.failed(1002, PROTOCOL_ERROR);
        }
    }

    /** 5.2: RSV1 to RSV3 are 0, since no extension is agreed; on data, continuation and control frames alike. */
    @ParameterizedTest
    @CsvSource({"SERVER,4", "SERVER,2", "SERVER,1", "SERVER,7", "CLIENT,4", "CLIENT,2", "CLIENT,1"})
    void failsReservedBits(Role role, int bits) throws IOException {
        for (int opcode : new int[] {RawFrame.TEXT, RawFrame.BINARY, RawFrame.CLOSE, RawFrame.PING, RawFrame.PONG}) {
            try (Ends ends = Line.open(role)) {
                ends.peer().write(ends.peer().frame(0x80 | bits << 4 | opcode));
                ends.failed(1002, PROTOCOL_ERROR);
            }
        }
    }

    /** 5.2: opcodes 3 to 7 and 11 to 15 are reserved. */
    @ParameterizedTest
    @EnumSource
    void failsReservedOpcodes(Role role) throws IOException {
        for (int opcode : new int[] {3, 4, 5, 6, 7, 11, 12, 13, 14, 15}) {
            try (Ends ends = Line.open(role)) {
                ends.peer().write(ends.peer().frame(0x80 | opcode));
                ends.failed(1002, PROTOCOL_ERROR);
            }
        }
    }

    /** 5.2: 7, 16 and 64 bits of length, at each border, both ways; what passes keeps its bytes. */
    @ParameterizedTest
    @EnumSource
    void takesAndWritesEveryFormOfLength(Role role) throws IOException {
        try (Ends ends = Line.open(role)) {
            for (int length :
                    new int[] {19, 125, 126, 127, 128, 255, 256, 32767, 32768, 65535, 65536, 65537, 200_000}) {
                ends.peer().text(event(length));
                ends.arrives(event(length));
            }
        }
    }

    /** 5.2: "the minimal number of bytes MUST be used to encode the length". */
    @ParameterizedTest
    @CsvSource({
        "SERVER,2,20",
        "SERVER,8,20",
        "SERVER,8,125",
        "SERVER,2,125",
        "SERVER,8,126",
        "SERVER,8,65535",
        "CLIENT,2,20",
        "CLIENT,8,20",
        "CLIENT,8,126",
        "CLIENT,8,65535"
    })
    void failsALengthThatIsNotInItsShortestForm(Role role, int lengthBytes, int length) throws IOException {
        try (Ends ends = Line.open(role)) {
            ends.peer().write(ends.peer().frame(0x81, role == Role.SERVER, lengthBytes, bytes(event(length))));
            ends.failed(1002, PROTOCOL_ERROR);
        }
    }

    /** The same for control frames. */
    @ParameterizedTest
    @CsvSource({"SERVER,2", "SERVER,8", "CLIENT,2", "CLIENT,8"})
    void failsAControlFrameWhoseLengthIsNotInItsShortestForm(Role role, int lengthBytes) throws IOException {
        for (int first : new int[] {0x88, 0x89, 0x8a}) {
            try (Ends ends = Line.open(role)) {
                ends.peer().write(ends.peer().frame(first, role == Role.SERVER, lengthBytes, (byte) 3, (byte) 0xe8));
                ends.failed(1002, PROTOCOL_ERROR);
            }
        }
    }

    /** 5.2: the most significant bit of a 64-bit length is 0. It is refused before a byte of the payload has come. */
    @ParameterizedTest
    @EnumSource
    void failsALengthWithItsHighBitSet(Role role) throws IOException {
        String mask = role == Role.SERVER ? "ff" : "7f";
        // The last two are negative by the length of a header: a reader that took them would come back to its start.
        String[] lengths = {
            "8000000000000000", "8000000000000005", "ffffffffffffffff", "fffffffffffffff2", "fffffffffffffff6"
        };
        for (String first : new String[] {"81", "82", "01", "88", "89", "8a"}) {
            for (String length : lengths) {
                try (Ends ends = Line.open(role)) {
                    ends.peer().write(HexFormat.of().parseHex(first + mask + length + "00000000"));
                    ends.failed(1002, PROTOCOL_ERROR);
                }
            }
        }
    }

    /** 5.6, 5.2: an empty text message is a frame like any other, though no event: an error, and the session lives. */
    @ParameterizedTest
    @EnumSource
    void takesAnEmptyFrame(Role role) throws IOException {
        try (Ends ends = Line.open(role)) {
            ends.peer().write(ends.peer().frame(0x81));
            RawPeer told = role == Role.SERVER ? ends.peer() : ends.other();
            assertThat(told.nextButPings().text()).contains("\"type\":\"error\"");
            ends.live();
        }
    }

    /** 5.6: a binary message is well formed, and no event: an error, and the session lives. */
    @ParameterizedTest
    @EnumSource
    void answersABinaryMessageWithAnErrorAndGoesOn(Role role) throws IOException {
        try (Ends ends = Line.open(role)) {
            for (byte[] payload : new byte[][] {{}, {1, 2, (byte) 0xff}, new byte[70_000]}) {
                ends.peer().write(ends.peer().frame(0x82, payload));
                RawPeer told = role == Role.SERVER ? ends.peer() : ends.other();
                String code = role == Role.SERVER ? "invalid_event" : "provider_sent_invalid_event";
                assertThat(told.nextButPings().text()).contains("\"type\":\"error\"", code);
            }
            ends.live();
        }
    }

    /** 5.3: a mask is applied byte by byte from the payload's first; one of zeros is as good as any. */
    @ParameterizedTest
    @EnumSource(names = "SERVER")
    void unmasksEveryLengthWithEveryMask(Role role) throws IOException {
        try (Ends ends = Line.open(role)) {
            for (int length = 19; length < 60; length++) {
                ends.peer().text(event(length));
                ends.arrives(event(length));
            }
            ends.peer().write(RawPeer.join(HexFormat.of().parseHex("818c00000000"), bytes(EVENT)));
            ends.arrives(EVENT);
        }
    }
}
