package dev.parley.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.leg.Failure;
import dev.parley.protocol.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** RFC 6455, one clause a test. */
class FrameReaderTest implements FrameReader.Handler {
    private final List<String> told = new ArrayList<>();
    private FrameReader reader = new FrameReader(this, false, 100_000);

    @Override
    public void text(Bytes message) {
        told.add("text " + message.text(0, message.length()));
    }

    @Override
    public void binary(Bytes message) {
        told.add("binary " + ByteBufUtil.hexDump(message.array(0, message.length())));
    }

    @Override
    public void ping(Bytes payload) {
        told.add("ping " + payload.text(0, payload.length()));
    }

    @Override
    public void pong() {
        told.add("pong");
    }

    @Override
    public void close(int code, String reason) {
        told.add("close " + code + " " + reason);
    }

    @Override
    public void fault(Failure failure, String text) {
        told.add("fault " + failure);
    }

    private void read(String hex) {
        reader.read(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex.replace(" ", ""))));
    }

    private void client(int maxMessage) {
        reader = new FrameReader(this, true, maxMessage);
    }

    @Test
    void readsTheExamplesOfSection57() {
        read("81 05 48 65 6c 6c 6f");
        read("01 03 48 65 6c");
        read("80 02 6c 6f");
        read("89 05 48 65 6c 6c 6f");
        client(100);
        read("81 85 37 fa 21 3d 7f 9f 4d 51 58");
        assertThat(told).containsExactly("text Hello", "text Hello", "ping Hello", "text Hello");
    }

    @Test
    void takesControlFramesBetweenFragments() {
        read("01 01 61 89 01 70 8a 00 00 01 62 80 01 63");
        assertThat(told).containsExactly("ping p", "pong", "text abc");
    }

    @Test
    void takesBinaryMessagesOfAnyBytesInAnyFragments() {
        read("82 03 c3 28 00 02 01 ff 00 00 80 02 fe 00 82 00");
        assertThat(told).containsExactly("binary c32800", "binary fffe00", "binary ");
    }

    @Test
    void refusesBinaryMessagesThatAreTooLong() {
        reader = new FrameReader(this, false, 10);
        read("82 0a 00000000000000000000");
        read("02 06 000000000000 80 05");
        assertThat(told).containsExactly("binary " + "00".repeat(10), "fault TOO_BIG");
    }

    @Test
    void refusesReservedBits() {
        read("c1 00");
        assertThat(told).containsExactly("fault PROTOCOL_ERROR");
    }

    @Test
    void refusesUnknownOpcodes() {
        read("83 00");
        assertThat(told).containsExactly("fault PROTOCOL_ERROR");
    }

    @Test
    void refusesMaskedFramesOfServersAndBareOnesOfClients() {
        read("81 80 00 00 00 00");
        client(100);
        read("81 00");
        assertThat(told).containsExactly("fault PROTOCOL_ERROR", "fault PROTOCOL_ERROR");
    }

    @Test
    void refusesFragmentedAndLongControlFrames() {
        read("09 00");
        reader = new FrameReader(this, false, 100);
        read("89 7e 00 7e");
        assertThat(told).containsExactly("fault PROTOCOL_ERROR", "fault PROTOCOL_ERROR");
    }

    @Test
    void refusesAContinuationOfNothingAndAMessageInsideAnother() {
        read("80 00");
        reader = new FrameReader(this, false, 100);
        read("01 00 81 00");
        assertThat(told).containsExactly("fault PROTOCOL_ERROR", "fault PROTOCOL_ERROR");
    }

    @Test
    void refusesWhatIsTooLongBeforeItHasCome() {
        client(10);
        read("81 8b 00 00 00 00");
        client(10);
        read("01 88 00000000 6161616161616161 80 83 00000000");
        client(10);
        read("81 ff 7fffffffffffffff 00000000");
        client(10);
        read("81 ff ffffffffffffffff 00000000");
        assertThat(told).containsExactly("fault TOO_BIG", "fault TOO_BIG", "fault TOO_BIG", "fault PROTOCOL_ERROR");
    }

    @Test
    void refusesTextThatIsNotUtf8() {
        for (String bad : new String[] {"ff", "c0 80", "e0 80 80", "ed a0 80", "f4 90 80 80", "c3", "f0 9f 98"}) {
            told.clear();
            reader = new FrameReader(this, false, 100);
            int length = bad.split(" ").length;
            read("81 0" + length + bad);
            assertThat(told).as(bad).containsExactly("fault INVALID_UTF8");
        }
    }

    @Test
    void takesUtf8ThatIsSplitBetweenFragments() {
        read("01 02 f0 9f 80 02 98 80");
        assertThat(told).containsExactly("text 😀");
    }

    @Test
    void readsCloses() {
        read("88 00");
        reader = new FrameReader(this, false, 100);
        read("88 05 0f a0 62 79 65");
        for (String bad : new String[] {"88 01 03", "88 02 03 ed", "88 02 03 e7", "88 02 0b b7", "88 02 13 88"}) {
            reader = new FrameReader(this, false, 100);
            read(bad);
        }
        assertThat(told.subList(0, 2)).containsExactly("close 1005 ", "close 4000 bye");
        assertThat(told.subList(2, 7)).containsOnly("fault PROTOCOL_ERROR");
    }

    @Test
    void readsNothingBehindAClose() {
        read("88 00 81 01 61");
        read("81 01 61");
        assertThat(told).containsExactly("close 1005 ");
    }

    /** Whatever is written is read the same way, however the bytes arrive and whatever their buffers look like. */
    @Test
    void readsWhatTheWriterWritesInAnyPieces() {
        SplittableRandom dice = new SplittableRandom(7);
        for (int round = 0; round < 300; round++) {
            boolean masked = dice.nextBoolean();
            told.clear();
            reader = new FrameReader(this, masked, 300_000);
            FrameWriter writer = new FrameWriter(masked);
            ByteBuf wire = Unpooled.buffer();
            List<String> expected = new ArrayList<>();
            for (int i = 1 + dice.nextInt(5); i > 0; i--) {
                String text =
                        (dice.nextBoolean() ? "a" : "ü").repeat(dice.nextInt(3) == 0 ? 70_000 : dice.nextInt(300));
                if (dice.nextInt(5) == 0) {
                    writer.ping(wire);
                    expected.add("ping ");
                }
                if (dice.nextInt(3) == 0) {
                    byte[] noText = new byte[text.length()];
                    Arrays.fill(noText, (byte) 0xff);
                    writer.binary(wire, Bytes.of(noText));
                    expected.add("binary " + "ff".repeat(noText.length));
                }
                writer.text(wire, new byte[] {'<'}, Bytes.utf8(text), new byte[] {'>'});
                expected.add("text <" + text + ">");
            }
            while (wire.isReadable()) {
                int piece = Math.min(wire.readableBytes(), 1 + dice.nextInt(dice.nextBoolean() ? 10 : 50_000));
                ByteBuf part = dice.nextBoolean() ? Unpooled.directBuffer(piece) : Unpooled.buffer(piece);
                part.writeBytes(wire, piece);
                reader.read(part);
            }
            assertThat(told).isEqualTo(expected);
            reader.release();
        }
    }

    @Test
    void survivesGarbage() {
        SplittableRandom dice = new SplittableRandom(3);
        for (int round = 0; round < 20_000; round++) {
            told.clear();
            reader = new FrameReader(this, dice.nextBoolean(), 1_000);
            byte[] garbage = new byte[1 + dice.nextInt(60)];
            dice.nextBytes(garbage);
            reader.read(Unpooled.copiedBuffer(garbage));
            reader.release();
        }
        assertThat(told).hasSizeLessThan(60);
    }

    @Test
    void freesTheBufferWhenWhoIsToldFails() {
        FrameReader.Handler failing = new FrameReaderTest() {
            @Override
            public void text(Bytes message) {
                throw new IllegalStateException("on purpose");
            }
        };
        ByteBuf in = Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump("810548656c6c6f"));
        FrameReader failed = new FrameReader(failing, false, 100);
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> failed.read(in))
                .hasMessage("on purpose");
        assertThat(in.refCnt()).isZero();
    }
}
