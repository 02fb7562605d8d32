package dev.parley.audio;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A WAV file's sound, mixed down to one channel of 16-bit samples.
 *
 * @param hertz sample rate, 8000 to 48000 Hz
 * @param samples 16-bit signed mono; the array is not copied
 */
@SuppressWarnings("ArrayRecordComponent")
public record Wav(int hertz, short[] samples) {
    private static final int HEADER = 44;
    private static final int PCM = 1;
    private static final int EXTENSIBLE = 0xFFFE;

    /**
     * Reads a file of 8, 16, 24 or 32-bit PCM with one or more channels, which are averaged. Unknown chunks are skipped,
     * and the size of a stream that was never finished (0 or 0xFFFFFFFF) means all that follows.
     *
     * @throws IOException when the file cannot be read
     * @throws IllegalArgumentException when it is not such a file; the message says what it is and what to do
     */
    public static Wav read(Path file) throws IOException {
        return parse(Files.readAllBytes(file), String.valueOf(file.getFileName()));
    }

    /**
     * Reads a file from a stream, to its end.
     *
     * @param name of the file, for messages
     * @throws IOException when the stream cannot be read
     * @throws IllegalArgumentException when it is not a PCM WAV file
     */
    public static Wav read(InputStream in, String name) throws IOException {
        return parse(in.readAllBytes(), name);
    }

    /**
     * Reads a file's bytes.
     *
     * @param name of the file, for messages
     * @throws IllegalArgumentException when they are not a PCM WAV file
     */
    public static Wav parse(byte[] bytes, String name) {
        return new WavParser(bytes, name).parse();
    }

    /** Writes a mono file of 16 bits. */
    public void write(Path file) throws IOException {
        Files.write(file, encode(hertz, 1, samples, samples.length));
    }

    /** How long it plays, in ms. */
    public long millis() {
        return samples.length * 1000L / hertz;
    }

    /**
     * Makes the bytes of a 16-bit file.
     *
     * @param channels 1, or 2 when the samples go left, right, left, right, …
     * @param interleaved the samples
     * @param length how many of them, all channels together
     */
    public static byte[] encode(int hertz, int channels, short[] interleaved, int length) {
        ByteBuffer out = ByteBuffer.allocate(HEADER + 2 * length).order(ByteOrder.LITTLE_ENDIAN);
        out.put(ascii("RIFF"))
                .putInt(HEADER - 8 + 2 * length)
                .put(ascii("WAVEfmt "))
                .putInt(16);
        out.putShort((short) PCM).putShort((short) channels).putInt(hertz).putInt(hertz * channels * 2);
        out.putShort((short) (channels * 2)).putShort((short) 16);
        out.put(ascii("data")).putInt(2 * length);
        for (int i = 0; i < length; i++) {
            out.putShort(interleaved[i]);
        }
        return out.array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static boolean isPcm(int format) {
        return format == PCM;
    }

    static boolean isExtensible(int format) {
        return format == EXTENSIBLE;
    }
}
