package dev.parley.testkit.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** RFC 6455 section 8.1 (and 5.6): text is UTF-8 as RFC 3629 has it, whatever the frames and packets it comes in. */
class TextTest {
    /** The last two are U+FFFE and U+FFFF, which are no characters and well encoded all the same. */
    private static final String[] GOOD = {
        "ceba e1bdb9 cf83 cebc ceb5",
        "c280",
        "dfbf",
        "e0a080",
        "efbfbd",
        "ed9fbf",
        "ee8080",
        "f0908080",
        "f48fbfbf",
        "f09f9880",
        "7f",
        "efbfbe",
        "efbfbf",
    };

    /** Lone and missing continuations, overlong forms, surrogates, what is above U+10FFFF, bytes that never occur. */
    private static final String[] BAD = {
        "80",
        "bf",
        "8080",
        "c0",
        "c3",
        "c328",
        "c0af",
        "c1bf",
        "e0809f",
        "e09fbf",
        "e2",
        "e282",
        "e28228",
        "eda080",
        "edbfbf",
        "eda080edb080",
        "f0",
        "f09f",
        "f09f98",
        "f0808080",
        "f08fbfbf",
        "f4908080",
        "f5808080",
        "f8888080",
        "fc8480808080",
        "fe",
        "ff",
        "feff",
        "cebae1bdb9cf83cebcceb5eda080656469746564",
    };

    private static byte[] event(String hex) {
        return RawPeer.join(
                "{\"type\":\"a\",\"b\":\"".getBytes(StandardCharsets.US_ASCII),
                HexFormat.of().parseHex(hex.replace(" ", "")),
                "\"}".getBytes(StandardCharsets.US_ASCII));
    }

    @ParameterizedTest
    @EnumSource
    void takesUtf8InOneFrameAndCutAnywhere(Role role) throws IOException {
        try (Ends ends = Line.open(role)) {
            for (String good : GOOD) {
                byte[] message = event(good);
                String text = new String(message, StandardCharsets.UTF_8);
                ends.peer().write(ends.peer().frame(0x81, message));
                ends.arrives(text);
                for (int cut = 15; cut < message.length; cut++) {
                    ends.peer().write(ends.peer().frame(RawFrame.TEXT, Arrays.copyOf(message, cut)));
                    ends.peer().write(ends.peer().frame(0x80, Arrays.copyOfRange(message, cut, message.length)));
                    ends.arrives(text);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void failsTextThatIsNotUtf8(Role role) throws IOException {
        for (String bad : BAD) {
            try (Ends ends = Line.open(role)) {
                ends.peer().write(ends.peer().frame(0x81, event(bad)));
                ends.failed(1007, "invalid_utf8");
            }
        }
    }

    /** A character that is cut off by the message's end. */
    @ParameterizedTest
    @EnumSource
    void failsTextThatEndsInsideACharacter(Role role) throws IOException {
        for (String bad : new String[] {"c3", "e282", "f09f98"}) {
            try (Ends ends = Line.open(role)) {
                ends.peer().write(ends.peer().frame(0x81, HexFormat.of().parseHex(bad)));
                ends.failed(1007, "invalid_utf8");
            }
        }
    }

    /** It is found when the message is whole, at the latest. */
    @ParameterizedTest
    @EnumSource
    void failsTextThatIsNotUtf8InFragments(Role role) throws IOException {
        for (String bad : BAD) {
            try (Ends ends = Line.open(role)) {
                byte[] message = event(bad);
                ends.peer()
                        .write(RawPeer.join(
                                ends.peer().frame(RawFrame.TEXT, Arrays.copyOf(message, 16)),
                                ends.peer().frame(0x00, Arrays.copyOfRange(message, 16, message.length - 1)),
                                ends.peer()
                                        .frame(0x80, Arrays.copyOfRange(message, message.length - 1, message.length))));
                ends.failed(1007, "invalid_utf8");
            }
        }
    }

    /** One wrong byte in a long message, at each place of a word and near the borders of the buffers. */
    @ParameterizedTest
    @EnumSource
    void failsOneWrongByteInALongMessage(Role role) throws IOException {
        for (int at : new int[] {20, 21, 22, 23, 24, 25, 26, 27, 1023, 65_535, 65_536, 99_990, 99_997}) {
            try (Ends ends = Line.open(role)) {
                byte[] message = FramingTest.event(100_000).getBytes(StandardCharsets.US_ASCII);
                message[at] = (byte) 0xfe;
                ends.peer().write(ends.peer().frame(0x81, message));
                ends.failed(1007, "invalid_utf8");
            }
        }
    }
}
