package dev.parley.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.event.codec.Codec;
import dev.parley.protocol.EventType;
import dev.parley.protocol.Json;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every name that the protocol lists is an event of its own, and nothing else is. */
class EventTypesTest {
    @Test
    void everyNameHasARecord() {
        List<String> records = new ArrayList<>(Codec.of(ClientEvent.class).types());
        assertThat(records).hasSize(11);
        records.addAll(Codec.of(ServerEvent.class).types());
        assertThat(records).hasSize(57);
        List<String> constants = Arrays.stream(EventType.class.getFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()))
                .map(field -> {
                    try {
                        return ((EventType) field.get(null)).name();
                    } catch (IllegalAccessException e) {
                        throw new LinkageError(e.getMessage(), e);
                    }
                })
                .toList();
        assertThat(records).containsExactlyInAnyOrderElementsOf(constants);
    }

    @Test
    void anEventOfAListedTypeIsNeverUnknownHoweverLittleItHolds() {
        for (String type : Codec.of(ServerEvent.class).types()) {
            ServerEvent event = ServerEvent.decode(Json.object().put("type", type));
            assertThat(event).isNotInstanceOf(ServerEvent.Unknown.class);
            assertThat(event.type()).isEqualTo(EventType.of(type));
            assertThat(event.eventId()).isEmpty();
        }
        for (String type : Codec.of(ClientEvent.class).types()) {
            ClientEvent event = ClientEvent.decode(Json.object().put("type", type));
            assertThat(event).isNotInstanceOf(ClientEvent.Unknown.class);
            assertThat(event.type()).isEqualTo(EventType.of(type));
        }
    }

    @Test
    void whatIsNotListedIsUnknownAndKept() {
        for (String type : List.of("ping", "transcription_session.updated", "response.audio.delta")) {
            ServerEvent event =
                    ServerEvent.decode(Json.object().put("type", type).put("event_id", "e"));
            assertThat(event).isInstanceOf(ServerEvent.Unknown.class);
            assertThat(event.type().name()).isEqualTo(type);
            assertThat(event.eventId()).isEqualTo("e");
        }
        assertThat(ClientEvent.decode(Json.object().put("type", "transcription_session.update")))
                .isInstanceOf(ClientEvent.Unknown.class);
    }
}
