package dev.parley.turn;

import dev.parley.protocol.ControlEvent;
import dev.parley.protocol.EventType;
import dev.parley.protocol.Ids;
import dev.parley.protocol.Json;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.ObjectNode;

/** The ids of the events that Parley itself sends to a provider, by which errors that they cause are known. Lane only. */
public final class OwnEvents {
    /** More are never under way at once: an error comes within a round trip. */
    private static final int MOST = 256;

    private final RandomGenerator random;
    private final Set<String> ids = new LinkedHashSet<>();

    /** None so far. */
    public OwnEvents(RandomGenerator random) {
        this.random = random;
    }

    /** The same event with an id of its own. */
    public ControlEvent named(ControlEvent event) {
        String id = Ids.next("event", random);
        if (ids.size() == MOST) {
            ids.remove(ids.iterator().next());
        }
        ids.add(id);
        ObjectNode named = Json.object().put("type", event.type().name()).put("event_id", id);
        named.setAll(event.json());
        return ControlEvent.of(named);
    }

    /** Whether an event of the provider is an error that one of these has caused. */
    public boolean caused(ControlEvent event) {
        return event.type().equals(EventType.ERROR)
                && ids.contains(
                        event.jsonOrEmpty().path("error").path("event_id").asString(""));
    }
}
