package dev.parley.benchmarks.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/**
 * The text of every audio event of one kind and size: each byte follows from the session's number and the event's, so
 * that a receiver can compare all of it.
 *
 * <p>The payload begins with both numbers, eight hexadecimal digits each, which are base64 as well; the rest is one of
 * sixteen fillings.
 */
public final class AudioScript {
    /** Characters of the payload that hold the two numbers. */
    public static final int TAG = 16;

    private static final int FILLINGS = 16;
    private static final byte[] ALPHABET = ascii("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
    private static final byte[] DIGITS = ascii("0123456789abcdef");

    private final ByteBuffer[] texts = new ByteBuffer[FILLINGS];
    private final int tagAt;
    private final int length;
    private final int typeEnd;

    /**
     * A script.
     *
     * @param payload characters of base64 in each event, at least {@link #TAG}
     */
    public AudioScript(AudioKind kind, int payload) {
        byte[] before = ascii(kind.before());
        byte[] after = ascii(AudioKind.AFTER);
        tagAt = before.length;
        length = before.length + payload + after.length;
        typeEnd = kind.typeEnd();
        Random random = new Random(payload);
        for (int i = 0; i < FILLINGS; i++) {
            ByteBuffer text = ByteBuffer.allocateDirect(length).put(before);
            for (int j = 0; j < payload; j++) {
                text.put(ALPHABET[random.nextInt(ALPHABET.length)]);
            }
            texts[i] = text.put(after).flip();
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Bytes of each event. */
    public int length() {
        return length;
    }

    int tagAt() {
        return tagAt;
    }

    ByteBuffer text(int filling) {
        return texts[filling].duplicate();
    }

    static int fillings() {
        return FILLINGS;
    }

    static int filling(int session, int number) {
        return (session + number) & (FILLINGS - 1);
    }

    /** Writes both numbers' digits, masked. */
    static void putTag(ByteBuffer to, int at, int session, int number, int mask, int phase) {
        for (int i = 0; i < TAG; i++) {
            int value = i < 8 ? session >>> (28 - 4 * i) : number >>> (28 - 4 * (i - 8));
            to.put(at + i, (byte) (DIGITS[value & 15] ^ maskByte(mask, phase + i)));
        }
    }

    private static int maskByte(int mask, int i) {
        return mask >>> (24 - 8 * (i & 3));
    }

    /** Whether a message says that it is of this script's kind; its payload may still be damaged. */
    public boolean isKind(ByteBuffer in, int at, int size, int mask) {
        return size >= typeEnd && same(in, at, texts[0], 0, typeEnd, mask);
    }

    /**
     * The numbers of a whole and unaltered event: the session's in the upper half, the event's in the lower; or -1 if
     * any of its bytes is not as it was sent.
     */
    public long verify(ByteBuffer in, int at, int size, int mask) {
        if (size != length) {
            return -1;
        }
        long tag = 0;
        for (int i = 0; i < TAG; i++) {
            int digit = Character.digit((byte) (in.get(at + tagAt + i) ^ maskByte(mask, tagAt + i)), 16);
            if (digit < 0) {
                return -1;
            }
            tag = (tag << 4) | digit;
        }
        ByteBuffer text = texts[filling((int) (tag >>> 32), (int) tag)];
        boolean whole = tag >= 0 && same(in, at, text, 0, tagAt, mask) && same(in, at, text, tagAt + TAG, length, mask);
        return whole ? tag : -1;
    }

    private static boolean same(ByteBuffer in, int at, ByteBuffer text, int from, int to, int mask) {
        int turned = Integer.rotateLeft(mask, 8 * (from & 3));
        long wide = ((long) turned << 32) | (turned & 0xffffffffL);
        int i = from;
        for (; i + 8 <= to; i += 8) {
            if ((in.getLong(at + i) ^ wide) != text.getLong(i)) {
                return false;
            }
        }
        for (; i < to; i++) {
            if ((byte) (in.get(at + i) ^ maskByte(mask, i)) != text.get(i)) {
                return false;
            }
        }
        return true;
    }
}
