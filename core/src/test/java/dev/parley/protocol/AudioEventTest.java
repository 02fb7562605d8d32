package dev.parley.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class AudioEventTest {
    @Test
    void otherAudioLeavesAllElseAsItIsInAnyOrderOfFields() {
        Random random = new Random(5);
        List<String> fields = new ArrayList<>(List.of(
                "\"type\":\"response.output_audio.delta\"",
                "\"event_id\":\"event_1\"",
                "\"item_id\" : \"item_1\"",
                "\"content_index\":2",
                "\"new\":\"ü\\\"\"",
                "\"delta\":\"AAEC\""));
        for (int round = 0; round < 200; round++) {
            Collections.shuffle(fields, random);
            List<String> some = round % 2 == 0
                    ? fields
                    : fields.stream().filter(f -> !f.contains("new")).toList();
            judge("{" + String.join(", ", some) + "}", random.nextInt(9));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"response.output_audio.delta\",\"delta\":\"\",\"item_id\":\"i\",\"event_id\":\"e\"}",
                "{\"type\":\"response.output_audio.delta\",\"delta\":\"AA\\u0041A\",\"item_id\":\"i\",\"event_id\":\"e\"}",
                "{\"type\":\"response.output_audio.delta\",\"delta\":\"AAAA\",\"x\":{\"delta\":\"B\"},\"event_id\":\"e\"}"
            })
    void unusualOnesToo(String json) {
        judge(json, 5);
    }

    private static void judge(String json, int length) {
        AudioEvent before = (AudioEvent) new EventScanner().scan(Bytes.utf8(json));
        byte[] audio = new byte[length];
        Arrays.fill(audio, (byte) length);
        AudioEvent after = before.withAudio(audio);
        judge(before, after, audio, String.valueOf(before.eventId()));
        judge(before, before.withAudio(audio, "another_and_longer"), audio, "another_and_longer");
    }

    private static void judge(AudioEvent before, AudioEvent after, byte[] audio, String id) {
        ObjectNode expected = Json.parse(before.wire());
        expected.put("delta", Base64.getEncoder().encodeToString(audio)).put("event_id", id);
        assertThat(Json.parse(after.wire())).isEqualTo(expected);
        assertThat(after.audio()).isEqualTo(audio);
        assertThat(after.audioBytes()).isEqualTo(audio.length);
        assertThat(after.eventId()).isEqualTo(id);
        assertThat(after.item()).isEqualTo(before.item());
        assertThat(after.type()).isEqualTo(before.type());
        // As if it had come so.
        AudioEvent scanned = (AudioEvent) new EventScanner().scan(after.wire());
        assertThat(scanned.item()).isEqualTo(after.item());
    }
}
