package dev.parley.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whatever text comes, the scan and Jackson agree: on what is no event, on the type and the ids, on the payload and the
 * audio's length. The scan alone may be laxer: on a control event, whose JSON is checked when it is first wanted, and on
 * what stands inside strings, control characters and wrong escapes, at which whoever reads them will stop.
 */
class EventScannerFuzzTest {
    private static final int ROUNDS = 10_000;
    private static final String[] PIECES = {
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        " ",
        "\n",
        "\\",
        "\\\"",
        "\\u0061",
        "null",
        "true",
        "-1.5e3",
        "0",
        "01",
        "12345678901",
        "\"type\":",
        "\"event_id\":",
        "\"item_id\":",
        "\"content_index\":",
        "\"delta\":",
        "\"audio\":",
        "\"x\":",
        "\"response.output_audio.delta\"",
        "\"input_audio_buffer.append\"",
        "\"response.done\"",
        "\"QUJD\"",
        "\"QUI=\"",
        "\"QQ==\"",
        "\"=\"",
        "\"\"",
        "\"\u00e9\"",
        "{\"type\":\"x\"}",
        "[1,{\"a\":\"]\"}]",
        "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"",
    };

    private final EventScanner scanner = new EventScanner();

    @FuzzTest(maxDuration = "20s")
    void agreesWithJackson(byte[] data) {
        // A frame's text is UTF-8, and has been checked when it is scanned.
        compare(new String(data, StandardCharsets.UTF_8));
    }

    /** Objects of pieces that are right by themselves, and an event's in front of them for the most part. */
    @Test
    void agreesWithJacksonOnEventsByChance() {
        for (int seed = 0; seed < ROUNDS; seed++) {
            SplittableRandom dice = new SplittableRandom(seed);
            StringBuilder text = new StringBuilder("{");
            for (int fields = dice.nextInt(7); fields > 0; fields--) {
                text.append(PIECES[18 + dice.nextInt(7)])
                        .append(PIECES[dice.nextInt(4) == 0 ? dice.nextInt(18) : 25 + dice.nextInt(12)]);
                text.append(fields > 1 ? "," : "");
            }
            text.append('}');
            for (int changes = dice.nextInt(3); changes > 0; changes--) {
                text.insert(dice.nextInt(text.length() + 1), PIECES[dice.nextInt(PIECES.length)]);
            }
            compare(text.toString());
        }
    }

    private void compare(String text) {
        Bytes message = Bytes.utf8(text);
        ObjectNode json = parsed(message);
        Event event = scanner.scan(message);
        switch (event) {
            case AudioEvent audio -> {
                if (json != null) {
                    check(text, audio, json);
                } else if (text.chars().noneMatch(c -> c < ' ' || c == '\\')) {
                    throw new AssertionError("taken for audio, though it is no JSON: " + text);
                }
            }
            case ControlEvent control -> {
                if (json != null) {
                    assertThat(control.type().name())
                            .as(text)
                            .isEqualTo(json.path("type").asString());
                    checkId(text, control.eventId(), json.path("event_id"));
                }
            }
            case MalformedEvent malformed ->
                assertThat(json == null || !json.path("type").isString())
                        .as(text)
                        .isTrue();
        }
    }

    private static void check(String text, AudioEvent audio, ObjectNode json) {
        assertThat(audio.type().name()).as(text).isEqualTo(json.path("type").asString());
        checkId(text, audio.eventId(), json.path("event_id"));
        String payload = json.path(audio.type().equals(EventType.INPUT_AUDIO_APPEND) ? "audio" : "delta")
                .asString();
        int padding = payload.endsWith("==") ? 2 : payload.endsWith("=") ? 1 : 0;
        int length = payload.getBytes(StandardCharsets.UTF_8).length - padding;
        assertThat(audio.audioBytes()).as(text).isEqualTo(length * 3 / 4);
        ItemKey item = audio.item();
        checkId(text, item == null ? null : item.itemId(), json.path("item_id"));
    }

    /** What is no string is no id; then either way has its own idea, and nothing depends on it. */
    private static void checkId(String text, @Nullable String found, JsonNode expected) {
        if (expected.isString() || expected.isMissingNode()) {
            assertThat(found).as(text).isEqualTo(expected.asString(null));
        }
    }

    private static @Nullable ObjectNode parsed(Bytes message) {
        try {
            return Json.parse(message);
        } catch (Json.JsonSyntaxException e) {
            return null;
        }
    }
}
