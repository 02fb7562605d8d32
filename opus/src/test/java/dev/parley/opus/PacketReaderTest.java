package dev.parley.opus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.audio.FrameCodec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Packets that libopus 1.3.1 has made of {@link Sound#voice}, in all modes, lengths and rates; and packets that are
 * none.
 */
class PacketReaderTest {
    /**
     * What libopus made of a sound.
     *
     * @param name mode and bandwidth
     * @param millis length of each packet
     */
    record Recorded(String name, double millis, List<byte[]> packets) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** A line of the file is a name, a packet's length in ms, and packets in base64. */
    static Stream<Recorded> recorded() throws IOException {
        try (InputStream in = Objects.requireNonNull(PacketReaderTest.class.getResourceAsStream("libopus.txt"))) {
            List<Recorded> all = new ArrayList<>();
            for (String line : new String(in.readAllBytes(), StandardCharsets.US_ASCII).split("\n")) {
                String[] words = line.split(" ");
                if (!line.startsWith("#")) {
                    List<byte[]> packets = Arrays.stream(words)
                            .skip(2)
                            .map(Base64.getDecoder()::decode)
                            .toList();
                    all.add(new Recorded(words[0], Double.parseDouble(words[1]), packets));
                }
            }
            return all.stream();
        }
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void readsWhatLibopusWrites(Recorded recorded) {
        FrameCodec.Decoder decoder = new PacketReader();
        for (byte[] packet : recorded.packets()) {
            assertThat(decoder.decode(packet)).hasSize((int) (recorded.millis() * 24));
        }
        short[] back = Sound.decoded(recorded.packets());
        short[] voice = Sound.voice(back.length);
        int from = back.length / 4;
        int to = back.length - 600;
        int delay = Sound.delay(voice, back, from, to);
        assertThat(delay).isBetween(90, 240);
        assertThat(Sound.likeness(voice, back, delay, from, to)).isGreaterThan(0.9);
        double level = Sound.level(back, from, to) / Sound.level(voice, from, to);
        assertThat(level).isBetween(0.85, 1.15);
    }

    /** Nothing; a code 3 without a count, with none, with 140 ms; frames of unequal lengths; a length beyond the end. */
    @ParameterizedTest
    @ValueSource(strings = {"", "4b", "4b00", "4b07ff", "49ff", "4aff", "4b82ff"})
    void refusesWhatIsNoPacket(String hex) throws IOException {
        PacketReader reader = new PacketReader();
        byte[] packet = HexFormat.of().parseHex(hex);
        assertThatThrownBy(() -> reader.decode(packet))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("(" + packet.length + " bytes)");
        Recorded recorded = recorded().toList().get(1);
        recorded.packets().forEach(good -> assertThat(reader.decode(good)).hasSize(480));
    }

    /** A frame that the encoder cannot take is bridged, and what follows is heard. */
    @Test
    void aFrameThatCannotBeWrittenIsBridged() {
        PacketWriter writer = new PacketWriter();
        PacketReader reader = new PacketReader();
        assertThat(reader.decode(writer.encode(new short[3]))).hasSize(480);
        assertThat(reader.decode(writer.encode(new short[480]))).hasSize(480);
    }

    /** Any bytes may come; and after them, what is right is heard again. */
    @Test
    void survivesGarbage() throws IOException {
        Random dice = new Random(5);
        List<Recorded> all = recorded().toList();
        PacketReader reader = new PacketReader();
        int refused = 0;
        for (int i = 0; i < 1_500; i++) {
            byte[] packet = new byte[1 + dice.nextInt(dice.nextInt(10) == 0 ? 1_500 : 60)];
            dice.nextBytes(packet);
            if (dice.nextBoolean()) {
                List<byte[]> packets = all.get(dice.nextInt(all.size())).packets();
                packet = packets.get(dice.nextInt(packets.size())).clone();
                packet[dice.nextInt(packet.length)] ^= (byte) (1 << dice.nextInt(8));
                packet = Arrays.copyOf(packet, 1 + dice.nextInt(packet.length));
            }
            try {
                assertThat(reader.decode(packet)).hasSizeBetween(60, 2_880);
            } catch (IllegalArgumentException e) {
                refused++;
            }
        }
        assertThat(refused).isBetween(50, 1_000);
        short[] voice = Sound.voice(FrameCodec.HERTZ);
        List<byte[]> packets = Sound.encoded(voice);
        short[] back = new short[FrameCodec.HERTZ];
        for (int i = 0; i < 50; i++) {
            System.arraycopy(reader.decode(packets.get(i)), 0, back, i * 480, 480);
        }
        assertThat(Sound.likeness(Sound.decoded(packets), back, 0, 12_000, 24_000))
                .isGreaterThan(0.99);
    }
}
