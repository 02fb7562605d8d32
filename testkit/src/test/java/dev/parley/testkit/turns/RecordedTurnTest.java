package dev.parley.testkit.turns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Turn;
import dev.parley.protocol.Bytes;
import dev.parley.protocol.Event;
import dev.parley.protocol.EventScanner;
import dev.parley.protocol.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Turns in the order in which OpenAI sends their events, both sides played into a session of an agent. */
class RecordedTurnTest {
    private final EventScanner scanner = new EventScanner();

    private Talk played(String recording) throws IOException {
        Talk talk = new Talk(1, "null");
        int events = 0;
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("/turns/" + recording))) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                JsonNode entry = Json.parse(line.getBytes(StandardCharsets.UTF_8));
                Event event = scanner.scan(Bytes.utf8(entry.path("data").toString()));
                (entry.path("dir").asString("").equals("sent") ? talk.client : talk.provider).arrive(event);
                talk.passes(10);
                events++;
            }
        }
        talk.passes(5_000);
        // One event is the beginning of the session that every talk has.
        assertThat(talk.client.sent().size() + talk.provider.sent().size()).isEqualTo(events + 1);
        return talk;
    }

    @Test
    void aSpokenTurnWhoseTranscriptComesWithTheAnswer() throws Exception {
        Talk talk = played("spoken-turn.jsonl");
        Turn user = talk.nextTurn();
        assertThat(user.role()).isEqualTo(Turn.Role.USER);
        assertThat(user.text()).isEqualTo("Which floor is it?");
        Turn answer = talk.nextTurn();
        assertThat(answer.role()).isEqualTo(Turn.Role.ASSISTANT);
        assertThat(answer.heard()).isEqualTo("The third floor.");
        assertThat(answer.interrupted()).isFalse();
        assertThat(talk.lane.waiting()).isZero();
    }

    @Test
    void aRoundOfAToolOfTheClients() throws Exception {
        Talk talk = played("tool-round.jsonl");
        assertThat(talk.nextTurn().text()).isEqualTo("Is the pool open?");
        assertThat(talk.nextTurn().text()).isEqualTo("Yes.");
        assertThat(Talk.sent(talk.provider, "response.create")).hasSize(2);
        assertThat(talk.lane.waiting()).isZero();
    }
}
