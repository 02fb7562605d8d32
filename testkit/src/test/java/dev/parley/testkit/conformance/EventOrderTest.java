package dev.parley.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.Json;
import dev.parley.testkit.EventOrder;
import dev.parley.testkit.conformance.Recording.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@link EventOrder} finds nothing wrong with what OpenAI sent, and what is wrong with it when it was changed. */
class EventOrderTest {
    @TestFactory
    Stream<DynamicTest> whatOpenAiSendsIsInOrder() throws IOException {
        return Recordings.each(Set.of("openai", "azure"), recording -> {
            List<ObjectNode> events = fromProvider(recording);
            if (!events.isEmpty()) {
                assertThat(new EventOrder().acceptAll(events).finish()).isEmpty();
            }
        });
    }

    /** Any event of a response that is left out, doubled or swapped with its neighbour is missed, unless order is free there. */
    @TestFactory
    Stream<DynamicTest> whatIsLeftOutOrDoubledIsFound() throws IOException {
        return Recordings.each(Set.of("openai"), recording -> {
            List<ObjectNode> events = fromProvider(recording);
            for (int i = 0; i < events.size(); i++) {
                String type = events.get(i).path("type").asString("");
                List<ObjectNode> without = new ArrayList<>(events);
                without.remove(i);
                boolean free = type.matches("session.updated|rate_limits.updated|response.output_audio.delta"
                        + "|response.output_(audio_)?(transcript|text)\\.done|input_audio_buffer.*|.*item.done"
                        + "|.*completed|.*cleared|response.content_part.done|.*\\.delta|.*truncated|.*deleted");
                if (!free && i < events.size() - 1) {
                    assertThat(new EventOrder().acceptAll(without).finish())
                            .as("without event %d, %s", i, type)
                            .isNotEmpty();
                }
                List<ObjectNode> doubled = new ArrayList<>(events);
                doubled.add(i, events.get(i));
                assertThat(new EventOrder().acceptAll(doubled).finish())
                        .as("twice %s", type)
                        .isNotEmpty();
            }
        });
    }

    @org.junit.jupiter.api.Test
    void aTranscriptThatIsNotTheSumOfItsPiecesIsFound() {
        EventOrder order = new EventOrder();
        for (String event : """
                {'type':'session.created'}
                {'type':'response.created','response':{'id':'r','conversation_id':'c'}}
                {'type':'response.output_item.added','response_id':'r','output_index':0,'item':{'id':'i'}}
                {'type':'conversation.item.added','item':{'id':'i','role':'assistant'}}
                {'type':'response.content_part.added','response_id':'r','output_index':0,'item_id':'i','content_index':0,'part':{'type':'text'}}
                {'type':'response.output_text.delta','response_id':'r','output_index':0,'item_id':'i','content_index':0,'delta':'a'}
                {'type':'response.output_text.done','response_id':'r','output_index':0,'item_id':'i','content_index':0,'text':'ab'}
                {'type':'response.output_audio.delta','response_id':'r','output_index':0,'item_id':'i','content_index':0,'delta':''}
                """.replace('\'', '"').lines().toList()) {
            ObjectNode json = Json.parse(event.getBytes(StandardCharsets.UTF_8));
            order.accept(json.put("event_id", "e" + event.hashCode()));
        }
        assertThat(order.faults())
                .containsExactly(
                        "event 7, response.output_text.done: its text is not the sum of its deltas",
                        "event 8, response.output_audio.delta: its part is of another kind");
        assertThat(order.finish()).hasSize(3);
    }

    private static List<ObjectNode> fromProvider(Recording recording) {
        return recording.messages().stream()
                .filter(Message::fromProvider)
                .map(Message::event)
                .toList();
    }
}
