package dev.parley.guardrail.gate;

import dev.parley.protocol.ControlEvent;
import dev.parley.protocol.EventType;
import dev.parley.protocol.Ids;
import dev.parley.protocol.Json;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/** The items that gates take out of the conversation. Lane only. */
final class Deletions {
    private static final int MOST = 64;

    private final RandomGenerator random;
    private final Outlet outlet;
    private final Set<String> requests = latest();
    private final Set<String> unknown = latest();
    /** Those from before the provider was connected, whose deletion may have found no room on its way. */
    private final Set<String> early = new LinkedHashSet<>();

    private boolean began;

    Deletions(RandomGenerator random, Outlet outlet) {
        this.random = random;
        this.outlet = outlet;
    }

    /** A set that forgets its oldest members. */
    static Set<String> latest() {
        return Collections.newSetFromMap(new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                return size() > MOST;
            }
        });
    }

    /** The provider is connected: what was to be deleted before is, again. */
    void began() {
        began = true;
        List<String> again = List.copyOf(early);
        early.clear();
        again.forEach(this::send);
    }

    /** Whether deletions may have been lost, so that nothing may be answered. */
    boolean open() {
        return !early.isEmpty();
    }

    /**
     * Takes an item out.
     *
     * @param known whether the client has been told of it
     */
    void delete(String itemId, boolean known) {
        if (!known) {
            unknown.add(itemId);
        }
        if (!began) {
            early.add(itemId);
        }
        send(itemId);
    }

    private void send(String itemId) {
        String id = Ids.next("event", random);
        requests.add(id);
        outlet.toProvider(ControlEvent.of(Json.object()
                .put("type", EventType.ITEM_DELETE.name())
                .put("event_id", id)
                .put("item_id", itemId)));
    }

    /** Whether an event of the provider answers to this and is nothing to the client. */
    boolean concerns(ControlEvent event) {
        if (event.type().equals(EventType.ERROR)) {
            return requests.remove(
                    event.jsonOrEmpty().path("error").path("event_id").asString(""));
        }
        return event.type().equals(EventType.ITEM_DELETED)
                && unknown.remove(event.jsonOrEmpty().path("item_id").asString(""));
    }
}
