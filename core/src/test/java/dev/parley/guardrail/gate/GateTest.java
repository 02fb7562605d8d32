package dev.parley.guardrail.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.RealtimeAudioFormat;
import dev.parley.protocol.AudioEvent;
import dev.parley.protocol.Bytes;
import dev.parley.protocol.ControlEvent;
import dev.parley.protocol.Event;
import dev.parley.protocol.EventScanner;
import dev.parley.protocol.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Answers in every order of words and audio, with verdicts at any time. */
class GateTest {
    private static final int BLOCKED = 7;
    private final EventScanner scanner = new EventScanner();
    private final List<Event> client = new ArrayList<>();

    private Event scan(String json) {
        return scanner.scan(Bytes.utf8(json.replace('\'', '"')));
    }

    private void take(Gate gate, Event event) {
        if (event instanceof AudioEvent audio) {
            if (gate.take(audio, RealtimeAudioFormat.PCM_24K)) {
                client.add(event.copy());
            }
        } else {
            Event passes = gate.take((ControlEvent) event);
            if (passes != null) {
                client.add(passes.copy());
            }
        }
        gate.release(each -> client.add(each.copy()));
    }

    /** A sentence of a word for each 300 ms of audio, the words before the audio or behind it. */
    private List<Event> answer(SplittableRandom random, int words, boolean audioFirst) {
        List<Event> events = new ArrayList<>();
        events.add(scan("{'type':'response.output_item.added','response_id':'r','item':{'id':'i','type':'message'}}"));
        int said = 0;
        int heard = 0;
        while (said < words || heard < words) {
            boolean say = said < words && (audioFirst ? said < heard : said <= heard || random.nextBoolean());
            if (say) {
                events.add(scan(
                        "{'type':'response.output_audio_transcript.delta','response_id':'r','item_id':'i','content_index':0,'delta':'word"
                                + (said % 10) + (random.nextInt(4) == 0 ? ". " : " ") + "','n':" + said + "}"));
                said++;
            } else {
                events.add(scan(
                        "{'type':'response.output_audio.delta','response_id':'r','item_id':'i','content_index':0,'n':"
                                + heard + ",'delta':'" + "A".repeat(19_200) + "'}"));
                heard++;
            }
        }
        events.add(
                scan(
                        "{'type':'response.output_audio_transcript.done','response_id':'r','item_id':'i','content_index':0,'transcript':''}"));
        events.add(scan("{'type':'response.done','response':{'id':'r','status':'completed','output':[]}}"));
        return events;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void allLeavesInOrderWhenAllIsAllowed(boolean audioFirst) {
        for (int seed = 0; seed < 300; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            client.clear();
            Gate gate = new Gate("r", false, true);
            List<Event> events = answer(random, 1 + random.nextInt(40), audioFirst);
            boolean asked = false;
            for (Event event : events) {
                take(gate, event);
                asked |= gate.due(random.nextInt(20) == 0) != null;
                if (asked && random.nextBoolean()) {
                    gate.allow();
                    asked = false;
                    gate.release(each -> client.add(each.copy()));
                }
            }
            for (int i = 0; i < 3 && !gate.over(); i++) {
                if (asked || gate.due(true) != null) {
                    gate.allow();
                    asked = false;
                }
                gate.release(each -> client.add(each.copy()));
            }
            assertThat(client.stream().map(GateTest::text).toList())
                    .isEqualTo(events.stream().map(GateTest::text).toList());
            assertThat(gate.bytes()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nothingOfABlockedWordIsHeard(boolean audioFirst) {
        for (int seed = 0; seed < 300; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            client.clear();
            Gate gate = new Gate("r", false, true);
            for (Event event : answer(random, 30, audioFirst)) {
                take(gate, event);
                String asked = gate.due(random.nextInt(20) == 0);
                if (asked != null && asked.contains("word" + BLOCKED)) {
                    client.addAll(gate.cut());
                } else if (asked != null) {
                    gate.allow();
                    gate.release(each -> client.add(each.copy()));
                }
            }
            for (Event event : client) {
                String text = text(event);
                assertThat(text).doesNotContain("word" + BLOCKED);
                int at = text.indexOf("\"n\":");
                if (event instanceof AudioEvent && at > 0) {
                    assertThat(Integer.parseInt(text.substring(at + 4, text.indexOf(',', at))))
                            .isLessThan(BLOCKED);
                }
            }
            assertThat(text(client.getLast())).contains("content_filter");
            assertThat(gate.over()).isTrue();
        }
    }

    /** A part is as long as its own format tells, whatever holds for the session by now. */
    @Test
    void audioLastsAsLongAsTheFormatInWhichItBegan() {
        Part part = new Part();
        assertThat(part.hear(8_000, RealtimeAudioFormat.PCMU)).isEqualTo(1_000_000);
        assertThat(part.hear(8_000, RealtimeAudioFormat.PCM_24K)).isEqualTo(2_000_000);
        JsonNode unknown = Json.parse(
                scan("{'audio':{'output':{'format':{'type':'audio/new'}}}}").wire());
        assertThat(OutputGate.named(unknown, RealtimeAudioFormat.PCM_24K)).isEqualTo(RealtimeAudioFormat.PCMU);
    }

    private static String text(Event event) {
        return event.wire().text(0, event.wire().length());
    }
}
