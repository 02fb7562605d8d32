package dev.parley.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WavTest {
    private static final short[] SAMPLES = {0, 1000, -1000, Short.MAX_VALUE, Short.MIN_VALUE, 7};

    @Test
    void readsWhatItWrites(@TempDir Path folder) throws IOException {
        new Wav(24000, SAMPLES).write(folder.resolve("a.wav"));
        Wav read = Wav.read(folder.resolve("a.wav"));
        assertThat(read.hertz()).isEqualTo(24000);
        assertThat(read.samples()).isEqualTo(SAMPLES);
    }

    @Test
    void mixesStereoDown() {
        short[] stereo = {100, 300, -100, -300, Short.MAX_VALUE, Short.MAX_VALUE};
        Wav read = Wav.parse(Wav.encode(8000, 2, stereo, stereo.length), "a.wav");
        assertThat(read.samples()).containsExactly(200, -200, Short.MAX_VALUE);
    }

    @Test
    void readsOtherWidths() {
        assertThat(Wav.parse(file(1, 1, 16000, 8, new byte[] {0, (byte) 128, (byte) 255}), "a")
                        .samples())
                .containsExactly(-32768, 0, 127 << 8);
        assertThat(Wav.parse(file(1, 1, 16000, 24, new byte[] {9, 1, 2, 9, 0, -1}), "a")
                        .samples())
                .containsExactly(0x0201, -256);
        assertThat(Wav.parse(file(1, 1, 16000, 32, new byte[] {9, 9, 1, 2}), "a")
                        .samples())
                .containsExactly(0x0201);
    }

    @Test
    void readsTheExtensibleFormat() {
        byte[] format = new byte[40];
        ByteBuffer.wrap(format)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) 0xFFFE)
                .putShort((short) 1)
                .putInt(48000)
                .putInt(96000)
                .putShort((short) 2)
                .putShort((short) 16)
                .putShort((short) 22)
                .putShort((short) 16)
                .putInt(4)
                .putShort((short) 1);
        byte[] bytes = riff(chunk("fmt ", format), chunk("data", new byte[] {1, 2}));
        assertThat(Wav.parse(bytes, "a").samples()).containsExactly(0x0201);
    }

    @Test
    void skipsOddAndUnknownChunks() {
        byte[] plain = file(1, 1, 16000, 16, new byte[] {1, 2});
        byte[] format = Arrays.copyOfRange(plain, 20, 36);
        byte[] bytes = riff(
                chunk("LIST", new byte[3]),
                chunk("fmt ", format),
                chunk("fact", new byte[4]),
                chunk("data", new byte[] {5, 6, 7}));
        assertThat(Wav.parse(bytes, "a").samples()).containsExactly(0x0605);
    }

    @Test
    void takesAllOfAnUnfinishedStream() {
        for (int size : new int[] {0, -1}) {
            byte[] bytes = Wav.encode(16000, 1, SAMPLES, SAMPLES.length);
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(40, size);
            assertThat(Wav.parse(bytes, "a").samples()).isEqualTo(SAMPLES);
        }
    }

    @Test
    void saysWhatIsWrong() {
        byte[] good = Wav.encode(16000, 1, SAMPLES, SAMPLES.length);
        assertWrong(new byte[0], "talk.wav is empty");
        assertWrong("hello, this is text".getBytes(StandardCharsets.US_ASCII), "talk.wav is not a WAV file");
        assertWrong(Arrays.copyOf(good, good.length - 1), "talk.wav is cut off");
        assertWrong(Arrays.copyOf(good, 36), "talk.wav has no audio: there is no data chunk");
        assertWrong(Arrays.copyOf(good, 44), "talk.wav is cut off");
        assertWrong(file(85, 1, 16000, 16, new byte[2]), "talk.wav is not PCM: format code 85 (MP3); convert it with");
        assertWrong(file(1, 0, 16000, 16, new byte[2]), "0 channels");
        assertWrong(file(1, 1, 96000, 16, new byte[2]), "96000 Hz");
        assertWrong(file(1, 1, 16000, 12, new byte[2]), "12 bits");
        assertWrong(riff(chunk("data", new byte[4])), "no format chunk");
        assertWrong(file(1, 1, 16000, 16, new byte[0]), "its data chunk is empty");
    }

    private static void assertWrong(byte[] bytes, String message) {
        assertThatThrownBy(() -> Wav.parse(bytes, "talk.wav"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    private static byte[] file(int code, int channels, int hertz, int bits, byte[] data) {
        byte[] format = new byte[16];
        ByteBuffer.wrap(format)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) code)
                .putShort((short) channels)
                .putInt(hertz)
                .putInt(hertz * channels * bits / 8)
                .putShort((short) (channels * bits / 8))
                .putShort((short) bits);
        return riff(chunk("fmt ", format), chunk("data", data));
    }

    private static byte[] chunk(String id, byte[] content) {
        ByteBuffer out =
                ByteBuffer.allocate(8 + content.length + content.length % 2).order(ByteOrder.LITTLE_ENDIAN);
        return out.put(id.getBytes(StandardCharsets.US_ASCII))
                .putInt(content.length)
                .put(content)
                .array();
    }

    private static byte[] riff(byte[]... chunks) {
        int size = 4 + Arrays.stream(chunks).mapToInt(c -> c.length).sum();
        ByteBuffer out = ByteBuffer.allocate(8 + size).order(ByteOrder.LITTLE_ENDIAN);
        out.put("RIFF".getBytes(StandardCharsets.US_ASCII))
                .putInt(size)
                .put("WAVE".getBytes(StandardCharsets.US_ASCII));
        for (byte[] chunk : chunks) {
            out.put(chunk);
        }
        return out.array();
    }
}
