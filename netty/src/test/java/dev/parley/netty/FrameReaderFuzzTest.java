package dev.parley.netty;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Whatever bytes come, in whatever pieces, {@link FrameReader} tells what the naive reader tells. */
class FrameReaderFuzzTest {
    private static final int MAX_MESSAGE = 1_000;
    private static final int ROUNDS = 8_000;

    /** The first byte chooses the role and the pieces, all others are the wire. */
    @FuzzTest(maxDuration = "20s")
    void agreesWithTheNaiveReader(byte[] data) {
        if (data.length > 0) {
            compare(Arrays.copyOfRange(data, 1, data.length), (data[0] & 1) == 1, data[0]);
        }
    }

    /** Frames that are right for the most part, since bytes by chance are refused at once for the most part. */
    @Test
    void agreesWithTheNaiveReaderOnFramesByChance() {
        for (int seed = 0; seed < ROUNDS; seed++) {
            SplittableRandom dice = new SplittableRandom(seed);
            boolean masked = dice.nextBoolean();
            ByteArrayOutputStream wire = new ByteArrayOutputStream();
            for (int frames = 1 + dice.nextInt(6); frames > 0; frames--) {
                wire.writeBytes(frame(dice, masked));
            }
            byte[] bytes = wire.toByteArray();
            if (dice.nextInt(3) == 0) {
                bytes[dice.nextInt(bytes.length)] ^= (byte) (1 << dice.nextInt(8));
            }
            compare(bytes, masked, seed);
        }
    }

    private static void compare(byte[] wire, boolean masked, int seed) {
        List<String> expected = NaiveFrames.read(wire, masked, MAX_MESSAGE);
        for (int longest : new int[] {Integer.MAX_VALUE - 8, 1, 7, 300}) {
            SplittableRandom dice = new SplittableRandom(seed);
            assertThat(FrameTrace.of(wire, masked, MAX_MESSAGE, dice, longest))
                    .as("seed %d, pieces of up to %d", seed, longest)
                    .isEqualTo(expected);
        }
    }

    private static byte[] frame(SplittableRandom dice, boolean masked) {
        int[] firsts = {0x81, 0x81, 0x01, 0x00, 0x80, 0x80, 0x82, 0x02, 0x89, 0x8a, 0x88, dice.nextInt(256)};
        int first = firsts[dice.nextInt(firsts.length)];
        int length = dice.nextInt(dice.nextInt(4) == 0 ? 1_100 : 140);
        int form = length < 126 ? length : 126;
        if (dice.nextInt(60) == 0) {
            form = 126 + dice.nextInt(2);
        }
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(first);
        frame.write(form | (masked ? 0x80 : 0));
        for (int bytes = form == 127 ? 8 : form == 126 ? 2 : 0; bytes > 0; bytes--) {
            frame.write(bytes > 4 ? 0 : length >>> (8 * (bytes - 1)));
        }
        byte[] mask = new byte[4];
        if (masked) {
            dice.nextBytes(mask);
            frame.writeBytes(mask);
        }
        byte[] payload = payload(dice, first, length);
        for (int i = 0; i < length; i++) {
            frame.write(payload[i] ^ mask[i & 3]);
        }
        return frame.toByteArray();
    }

    private static byte[] payload(SplittableRandom dice, int first, int length) {
        byte[] payload = new byte[length];
        if (dice.nextInt(10) == 0) {
            dice.nextBytes(payload);
            return payload;
        }
        // The four bytes of one character, so that cuts go through it.
        byte[] letters = {(byte) 0xf0, (byte) 0x9f, (byte) 0x98, (byte) 0x80};
        boolean ascii = dice.nextBoolean();
        for (int i = 0; i < length; i++) {
            payload[i] = ascii ? (byte) (32 + dice.nextInt(95)) : letters[i & 3];
        }
        if ((first & 15) == 8 && length > 1) {
            int[] codes = {1000, 1005, 1015, 3000, 4999, 5000};
            int code = codes[dice.nextInt(codes.length)];
            payload[0] = (byte) (code >> 8);
            payload[1] = (byte) code;
        }
        return payload;
    }
}
