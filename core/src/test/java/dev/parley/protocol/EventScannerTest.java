package dev.parley.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class EventScannerTest {
    private final EventScanner scanner = new EventScanner();

    private Event scan(String message) {
        return scanner.scan(Bytes.utf8(message));
    }

    @Test
    void findsTheAudioWhateverTheOrderOfTheFields() {
        String[] messages = {
            "{\"type\":\"response.output_audio.delta\",\"event_id\":\"e1\",\"item_id\":\"i1\",\"content_index\":2,\"delta\":\"QUJD\"}",
            "{\"delta\":\"QUJD\",\"content_index\":2,\"item_id\":\"i1\",\"event_id\":\"e1\",\"type\":\"response.output_audio.delta\"}",
            " { \"delta\" : \"QUJD\" ,\n\"content_index\":2,\t\"item_id\":\"i1\",\"event_id\":\"e1\",\"type\":\"response.output_audio.delta\"\r\n} ",
            "{\"delta\":\"QUJD\",\"x\":{\"delta\":\"no\",\"type\":\"no\"},\"content_index\":2,\"item_id\":\"i1\",\"event_id\":\"e1\",\"type\":\"response.output_audio.delta\"}",
            "{\"delt\\u0061\":\"QUJD\",\"content_index\":2,\"item_id\":\"i1\",\"event_id\":\"e1\",\"type\":\"response.output_audio.delta\"}",
            "{\"delta\":\"QUJD\",\"content_index\":2,\"item_id\":\"i1\",\"event_id\":\"e1\",\"type\":\"response\\u002eoutput_audio.delta\"}",
        };
        for (String message : messages) {
            Event event = scan(message);
            assertThat(event).as(message).isInstanceOfSatisfying(AudioEvent.class, audio -> {
                assertThat(audio.type()).isEqualTo(EventType.OUTPUT_AUDIO_DELTA);
                assertThat(audio.eventId()).isEqualTo("e1");
                assertThat(audio.item()).isEqualTo(new ItemKey("i1", 2));
                assertThat(audio.audio()).isEqualTo(new byte[] {'A', 'B', 'C'});
                assertThat(audio.audioBytes()).isEqualTo(3);
                assertThat(audio.wire().text(0, audio.wire().length())).isEqualTo(message);
            });
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 100, 4799, 4800, 4801})
    void countsAudioBytesWithAndWithoutPadding(int size) {
        byte[] audio = new byte[size];
        String padded = java.util.Base64.getEncoder().encodeToString(audio);
        for (String payload : new String[] {padded, padded.replace("=", "")}) {
            Event event = scan("{\"type\":\"input_audio_buffer.append\",\"audio\":\"" + payload + "\"}");
            assertThat(((AudioEvent) event).audioBytes()).isEqualTo(size);
        }
    }

    @Test
    void readsAnEscapedPayload() {
        AudioEvent event = (AudioEvent) scan("{\"type\":\"input_audio_buffer.append\",\"audio\":\"\\/\\/\\/\\/\"}");
        assertThat(event.audio()).isEqualTo(new byte[] {-1, -1, -1});
        assertThat(event.audioBytes()).isEqualTo(3);
    }

    @Test
    void tellsBadBase64OnlyWhenItIsDecodedAndQuotesNothing() {
        AudioEvent event = (AudioEvent) scan("{\"type\":\"input_audio_buffer.append\",\"audio\":\"MARK*ER\"}");
        assertThat(event.audioBytes()).isPositive();
        org.assertj.core.api.Assertions.assertThatThrownBy(event::audio)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("*");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "x",
                "[]",
                "\"x\"",
                "{",
                "{\"type\":\"a\"",
                "{\"type\":\"a",
                "{\"type\":\"a\"}}",
                "{\"type\":\"a\",}",
                "{type:\"a\"}",
                "{\"type\" \"a\"}",
                "{\"type\":\"a\" \"b\":1}",
                "{\"type\":}",
                "{\"b\":[1,2,\"type\":\"a\"}",
                "{\"b\":1}",
                "{\"type\":1}",
                "{\"type\":null}",
                "{\"type\":\"input_audio_buffer.append\",\"audio\":\"QUJD",
                "{\"type\":\"input_audio_buffer.append\",\"audio\":\"QUJD\\\"}",
                "{\"type\":\"input_audio_buffer.append\",\"audio\":\"QUJD\",\"x\":tru}",
                "{\"type\":\"input_audio_buffer.append\",\"audio\":\"QUJD\",\"x\":01}",
                "{\"type\":\"input_audio_buffer.append\",\"audio\":\"QUJD\",\"x\":[}"
            })
    void tellsWhatIsNoEvent(String message) {
        assertThat(scan(message)).isInstanceOf(MalformedEvent.class);
    }

    @Test
    void knowsNoAudioWithoutAPayload() {
        assertThat(scan("{\"type\":\"input_audio_buffer.append\"}")).isInstanceOf(ControlEvent.class);
        assertThat(scan("{\"type\":\"input_audio_buffer.append\",\"audio\":null}"))
                .isInstanceOf(ControlEvent.class);
    }

    /** Whatever Jackson reads as an object with a type, the scan reads the same way; whatever it does not, neither. */
    @Test
    void agreesWithAParserOnDamagedMessages() {
        String[] seeds = {
            "{\"type\":\"response.output_audio.delta\",\"event_id\":\"e\",\"item_id\":\"i\",\"content_index\":0,\"delta\":\"QUJDRA==\"}",
            "{\"type\":\"input_audio_buffer.append\",\"audio\":\"QUJDRA==\",\"n\":-1.5e3,\"b\":true,\"z\":null}",
            "{\"event_id\":\"x\\\"y\",\"session\":{\"type\":\"realtime\",\"a\":[1,{\"b\":\"}\"}]},\"type\":\"session.update\"}",
        };
        char[] alphabet = "{}[]\",:\\ a0e1.-+tnQ=é".toCharArray();
        SplittableRandom dice = new SplittableRandom(1);
        for (int i = 0; i < 60_000; i++) {
            StringBuilder message = new StringBuilder(seeds[dice.nextInt(seeds.length)]);
            for (int k = dice.nextInt(4); k > 0; k--) {
                int at = dice.nextInt(message.length());
                switch (dice.nextInt(3)) {
                    case 0 -> message.setCharAt(at, alphabet[dice.nextInt(alphabet.length)]);
                    case 1 -> message.deleteCharAt(at);
                    default -> message.insert(at, alphabet[dice.nextInt(alphabet.length)]);
                }
            }
            compare(message.toString());
        }
    }

    private void compare(String message) {
        ObjectNode json;
        try {
            json = Json.parse(Bytes.utf8(message));
        } catch (Json.JsonSyntaxException e) {
            json = null;
        }
        Event event = scan(message);
        if (event instanceof AudioEvent audio) {
            if (json == null) {
                throw new AssertionError("taken for audio, though it is no JSON: " + message);
            }
            assertThat(audio.type().name()).isEqualTo(json.path("type").asString());
            String payload = audio.type().equals(EventType.INPUT_AUDIO_APPEND) ? "audio" : "delta";
            String found = json.path(payload).asString();
            String stripped = found.endsWith("==")
                    ? found.substring(0, found.length() - 2)
                    : found.endsWith("=") ? found.substring(0, found.length() - 1) : found;
            assertThat(audio.audioBytes())
                    .as(message)
                    .isEqualTo(stripped.getBytes(java.nio.charset.StandardCharsets.UTF_8).length * 3 / 4);
            assertThat(audio.eventId()).isEqualTo(json.path("event_id").asString(null));
        } else if (event instanceof ControlEvent control) {
            if (json != null) {
                assertThat(control.type().name())
                        .as(message)
                        .isEqualTo(json.path("type").asString());
                assertThat(control.json()).isEqualTo(json);
            }
        } else {
            assertThat(json == null || !json.path("type").isString())
                    .as(message)
                    .isTrue();
        }
    }

    @Test
    void knowsTypesWithoutMakingNewOnes() {
        assertThat(scan("{\"type\":\"response.done\"}").type()).isSameAs(EventType.RESPONSE_DONE);
        assertThat(scan("{\"type\":\"response.dono\"}").type()).isEqualTo(EventType.of("response.dono"));
    }
}
