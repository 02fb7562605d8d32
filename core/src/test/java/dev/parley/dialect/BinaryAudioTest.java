package dev.parley.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.AudioEvent;
import dev.parley.protocol.Bytes;
import dev.parley.protocol.Event;
import dev.parley.protocol.EventScanner;
import dev.parley.protocol.EventType;
import dev.parley.protocol.Json;
import dev.parley.protocol.MalformedEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bytes of {@code parley.binary}, as docs/wire/client.md has them. */
class BinaryAudioTest implements Dialect.Messages {
    private final Dialect dialect = new BinaryAudio(WireForm.GA.ofClient());
    /** What was written: text as it is, binary messages in hexadecimal. */
    private final List<String> written = new ArrayList<>();

    @Override
    public void text(Bytes message) {
        written.add(message.text(0, message.length()));
    }

    @Override
    public void binary(Bytes message) {
        written.add(HexFormat.of().formatHex(message.array(0, message.length())));
    }

    /** The one event that a client's message comes to; its array is something else's afterwards. */
    private Event read(byte[] message) {
        List<Event> events = new ArrayList<>();
        byte[] lent = new byte[message.length + 7];
        System.arraycopy(message, 0, lent, 5, message.length);
        dialect.binary(Bytes.lend(lent, 5, message.length), event -> events.add(event.copy()));
        Arrays.fill(lent, (byte) 'x');
        assertThat(events).hasSize(1);
        return events.getFirst();
    }

    private void write(String json) {
        byte[] around = ("??" + json + "?").getBytes(StandardCharsets.UTF_8);
        dialect.outbound(new EventScanner().scan(Bytes.lend(around, 2, around.length - 3)), this);
    }

    private static String delta(String id, int contentIndex, byte[] audio) {
        return Json.object()
                .put("type", "response.output_audio.delta")
                .put("item_id", id)
                .put("content_index", contentIndex)
                .put("delta", Base64.getEncoder().encodeToString(audio))
                .toString();
    }

    @Test
    void audioOfAClientBecomesTheEventThatSaysTheSame() {
        Random dice = new Random(4);
        for (int size : new int[] {1, 2, 3, 4, 5, 960, 4_801, 1 << 20}) {
            byte[] message = new byte[4 + size];
            dice.nextBytes(message);
            Arrays.fill(message, 0, 4, (byte) 0);
            message[0] = 1;
            byte[] audio = Arrays.copyOfRange(message, 4, message.length);
            assertThat(read(message)).isInstanceOfSatisfying(AudioEvent.class, event -> {
                assertThat(event.wire().text(0, event.wire().length()))
                        .isEqualTo("{\"type\":\"input_audio_buffer.append\",\"audio\":\""
                                + Base64.getEncoder().encodeToString(audio) + "\"}");
                assertThat(event.type()).isEqualTo(EventType.INPUT_AUDIO_APPEND);
                assertThat(event.audioBytes()).isEqualTo(size);
                assertThat(event.audio()).isEqualTo(audio);
                assertThat(event.eventId()).isNull();
                assertThat(event.item()).isNull();
            });
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', 0 bytes in all",
        "01, 1 byte in all",
        "010000, 3 bytes in all",
        "01000000, holds no audio",
        "00000000ff, kind 0",
        "02000000ff, kind 2",
        "ff000000ff, kind 255",
        "7b227479706522, kind 123",
        "01010000ff, Byte 1 of the header",
        "0100026100ff, Byte 2 of the header",
        "010000ffff, is 255; it must be 0",
    })
    void whatIsNoAudioIsAnErrorThatSaysWhy(String hex, String why) {
        assertThat(read(HexFormat.of().parseHex(hex))).isInstanceOfSatisfying(MalformedEvent.class, event -> {
            assertThat(event.error().code()).isEqualTo("invalid_event");
            assertThat(event.error().message()).contains(why);
        });
    }

    @Test
    void audioForAClientHasItsItemBeforeIt() {
        write(delta("item_1", 0, new byte[] {1, 2, 3}));
        write(delta("abcd", 3, new byte[] {(byte) 0xff}));
        write(delta("item_1", 255, new byte[0]));
        assertThat(written)
                .containsExactly(
                        "02000600" + "6974656d5f31" + "0000" + "010203",
                        "02030400" + "61626364" + "ff",
                        "02ff0600" + "6974656d5f31" + "0000");
    }

    @Test
    void audioBeginsAtAMultipleOfFourWhateverTheItemIsCalled() {
        for (int length = 1; length <= 255; length++) {
            written.clear();
            String id = "i".repeat(length);
            write(delta(id, 0, new byte[] {9}));
            byte[] message = HexFormat.of().parseHex(written.getFirst());
            assertThat(message).hasSizeBetween(4 + length + 1, 4 + length + 4);
            assertThat((message.length - 1) % 4).isZero();
            assertThat(message[2] & 0xff).isEqualTo(length);
            assertThat(new String(message, 4, length, StandardCharsets.US_ASCII))
                    .isEqualTo(id);
            assertThat(Arrays.copyOfRange(message, 4 + length, message.length - 1))
                    .isEqualTo(new byte[(4 - length % 4) % 4]);
            assertThat(message[message.length - 1]).isEqualTo((byte) 9);
        }
    }

    @Test
    void escapesAndFieldsOfAnyOrderMakeNoDifference() {
        write("{\"delta\":\"\\/\\/\\/\\/\",\"x\":{},\"content_index\":1,\"item_id\":\"abc\\u0064\","
                + "\"type\":\"response.output_audio.delta\"}");
        assertThat(written).containsExactly("02010400" + "61626364" + "ffffff");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"response.output_audio.delta\",\"delta\":\"AAAA\"}",
                "{\"type\":\"response.output_audio.delta\",\"item_id\":\"\",\"delta\":\"AAAA\"}",
                "{\"type\":\"response.output_audio.delta\",\"item_id\":\"ä\",\"delta\":\"AAAA\"}",
                "{\"type\":\"response.output_audio.delta\",\"item_id\":\"i\",\"content_index\":256,\"delta\":\"AAAA\"}",
                "{\"type\":\"response.output_audio.delta\",\"item_id\":\"i\",\"delta\":\"AA*A\"}",
                "{\"type\":\"response.output_audio.delta\",\"item_id\":\"i\",\"delta\":null}",
                "{\"type\":\"response.output_audio.done\",\"item_id\":\"i\"}",
                "{\"type\":\"response.output_text.delta\",\"item_id\":\"i\",\"delta\":\"AAAA\"}",
                "{\"type\":\"input_audio_buffer.append\",\"audio\":\"AAAA\"}",
            })
    void whatTheHeaderCannotSayGoesAsItIs(String json) {
        write(delta("i", 0, new byte[1]));
        write(json);
        write(delta("i", 0, new byte[1]));
        assertThat(written).containsExactly("020001006900000000", json, "020001006900000000");
    }

    @Test
    void anItemWhoseNameIsTooLongGoesAsJson() {
        String json = delta("i".repeat(256), 0, new byte[1]);
        write(json);
        assertThat(written).containsExactly(json);
    }

    @Test
    void textsKeepTheirForm() {
        Dialect beta = new BinaryAudio(WireForm.BETA.ofClient());
        beta.outbound(
                new EventScanner().scan(Bytes.utf8("{\"type\":\"response.output_audio.done\",\"item_id\":\"i\"}")),
                this);
        beta.outbound(new EventScanner().scan(Bytes.utf8(delta("i", 0, new byte[] {5}))), this);
        beta.inbound(
                Bytes.utf8("{\"type\":\"input_audio_buffer.append\",\"audio\":\"QUJD\"}"),
                event -> written.add(event.type().name()));
        assertThat(written)
                .containsExactly(
                        "{\"type\":\"response.audio.done\",\"item_id\":\"i\"}",
                        "020001006900000005",
                        "input_audio_buffer.append");
    }
}
