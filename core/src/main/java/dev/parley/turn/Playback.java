package dev.parley.turn;

import dev.parley.lane.Lane;
import dev.parley.protocol.AudioEvent;
import dev.parley.protocol.ControlEvent;
import dev.parley.protocol.EventType;
import dev.parley.protocol.Ids;
import dev.parley.protocol.ItemKey;
import dev.parley.protocol.Json;
import dev.parley.provider.Capabilities;
import dev.parley.turn.BargeIn.Action;
import dev.parley.turn.BargeIn.Audio;
import dev.parley.turn.BargeIn.Input;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the listener of a session hears of the assistant, and how that is cut off. Lane only. */
public final class Playback {
    private static final int REMEMBERED = 64;

    /** Where what is to be done goes. */
    public interface Stage {
        /** Sends an event of the gateway's own to the provider. */
        void toProvider(ControlEvent event);

        /** Sends an event of the gateway's own to the client. */
        void toClient(ControlEvent event);

        /** Nothing more of this part is to be heard: what waits of it is dropped. */
        void drop(ItemKey part);

        /** An item was cut off when so many ms of it had been heard. */
        void cut(String itemId, long heardMillis, long generatedMillis);
    }

    private final Lane lane;
    private final Capabilities provider;
    private final OwnEvents own;
    private final Responses responses;
    private final Stage stage;
    private final PlayoutClock clock = new PlayoutClock();
    /** The response of each item that has audio, or may have. */
    private final Map<String, String> responseOf = new LinkedHashMap<>();

    /** The responses that are not done. */
    private final Set<String> live = new LinkedHashSet<>();
    /** Of these, the ones whose items are not in the conversation. */
    private final Set<String> outOfBand = new LinkedHashSet<>();

    private BargeIn.State state = BargeIn.State.START;
    private long cutAt;
    /** Whether the response that was asked for is to end as soon as it begins. */
    private boolean stopsNext;

    /** Nothing was said. */
    public Playback(Lane lane, Capabilities provider, OwnEvents own, Responses responses, Stage stage) {
        this.lane = lane;
        this.provider = provider;
        this.own = own;
        this.responses = responses;
        this.stage = stage;
    }

    /** What was heard so far. */
    public PlayoutClock clock() {
        return clock;
    }

    // ---- From the provider -----------------------------------------------------------------------------------------

    /** Audio has come from the provider; answers whether it goes on. */
    public boolean received(AudioEvent audio) {
        if (state.any()) {
            ItemKey part = audio.item();
            if (part != null && state.cut(part.itemId())) {
                perform(new Input.Late(part, (lane.nanoTime() - cutAt) / 1_000_000));
                return false;
            }
        }
        clock.generated(audio);
        return true;
    }

    /** Audio goes to the client. */
    public void delivered(AudioEvent audio) {
        clock.delivered(audio, lane.nanoTime());
    }

    /** An event of the provider, which {@link Responses} knows already; answers whether it goes on. */
    public boolean received(ControlEvent event) {
        EventType type = event.type();
        if (type.equals(EventType.OUTPUT_TRANSCRIPT_DELTA)) {
            return !state.any()
                    || !state.cut(event.jsonOrEmpty().path("item_id").asString(""));
        }
        if (type.equals(EventType.SPEECH_STARTED)) {
            if (responses.settings().interrupts()) {
                stop(true, true);
            }
        } else if (type.equals(EventType.RESPONSE_CREATED)) {
            begun(event.jsonOrEmpty().path("response"));
        } else if (type.equals(EventType.RESPONSE_DONE)) {
            String id = event.jsonOrEmpty().path("response").path("id").asString("");
            live.remove(id);
            perform(new Input.Done(id));
        } else if (type.equals(EventType.OUTPUT_ITEM_ADDED)) {
            itemBegun(event.jsonOrEmpty());
        } else if (type.equals(EventType.SESSION_CREATED) || type.equals(EventType.SESSION_UPDATED)) {
            clock.format(responses.settings().output());
        }
        stopsNext &= responses.busy();
        return true;
    }

    private void begun(JsonNode response) {
        String id = response.path("id").asString("");
        keep(live, id);
        if (response.path("conversation_id").isNull()) {
            keep(outOfBand, id);
        } else if (stopsNext) {
            stopsNext = false;
            stop(false, true);
        }
    }

    private void itemBegun(ObjectNode event) {
        String response = event.path("response_id").asString("");
        String item = event.path("item").path("id").asString("");
        if (responseOf.size() == REMEMBERED) {
            responseOf.remove(responseOf.keySet().iterator().next());
        }
        responseOf.put(item, response);
        perform(new Input.ItemBegun(response, item));
    }

    private static void keep(Set<String> ids, String id) {
        if (ids.size() == REMEMBERED) {
            ids.remove(ids.iterator().next());
        }
        ids.add(id);
    }

    // ---- From the client and the application -----------------------------------------------------------------------

    /** The client has told how far its loudspeaker is. */
    public void reported(PlaybackReport report) {
        clock.reported(report, lane.nanoTime());
    }

    /** An event of the client; answers whether it goes on to the provider. */
    public boolean fromClient(ControlEvent event) {
        if (event.type().equals(EventType.ITEM_TRUNCATE)) {
            return clientTruncates(event.jsonOrEmpty());
        }
        if (event.type().equals(EventType.OUTPUT_AUDIO_CLEAR)) {
            // Where the provider itself plays to the client, as over WebRTC, none of the audio passes here.
            if (clock.uncut().isEmpty()) {
                return true;
            }
            stop(false, false);
            return false;
        }
        return true;
    }

    private boolean clientTruncates(ObjectNode event) {
        ItemKey part = new ItemKey(
                event.path("item_id").asString(""), event.path("content_index").asInt(0));
        long now = lane.nanoTime();
        long heard = Math.clamp(event.path("audio_end_ms").asLong(0), 0L, (long) Integer.MAX_VALUE);
        if (!clock.heard(part, now)) {
            clock.played(part, heard, now);
        }
        List<Action> actions = step(new Input.ClientTruncates(audio(part, now)));
        actions.forEach(this::act);
        return actions.contains(new Action.Pass());
    }

    /** The application, or a guardrail, ends what is being said. */
    public void interrupt() {
        stopsNext = responses.active().isEmpty() && responses.busy();
        stop(false, true);
    }

    /** What has come of a part and was not delivered was dropped on its way. */
    public void dropped(ItemKey part) {
        long generated = clock.generatedMillis(part.itemId());
        clock.dropped(part).ifPresent(delivered -> stage.cut(part.itemId(), delivered, generated));
    }

    // ---- The machine -----------------------------------------------------------------------------------------------

    private void stop(boolean byProvider, boolean generation) {
        long now = lane.nanoTime();
        List<Audio> audio = new ArrayList<>();
        for (ItemKey part : clock.uncut()) {
            Audio each = audio(part, now);
            if (!each.all() || each.live()) {
                audio.add(each);
            }
        }
        cutAt = now;
        String active = responses.active().orElse(null);
        List<String> items = responseOf.entrySet().stream()
                .filter(entry -> entry.getValue().equals(active))
                .map(Map.Entry::getKey)
                .toList();
        perform(new Input.Stop(audio, active, items, byProvider, generation));
    }

    private Audio audio(ItemKey part, long now) {
        String response = responseOf.getOrDefault(part.itemId(), "");
        return new Audio(
                part,
                response,
                live.contains(response),
                !outOfBand.contains(response),
                clock.heardMillis(part, now),
                clock.heard(part, now));
    }

    private void perform(Input input) {
        step(input).forEach(this::act);
    }

    private List<Action> step(Input input) {
        List<Action> actions = new ArrayList<>();
        state = BargeIn.step(state, input, actions::add);
        return actions;
    }

    private void act(Action action) {
        switch (action) {
            case Action.Pass pass -> {}
            case Action.Drop drop -> {
                String item = drop.part().itemId();
                clock.cut(drop.part(), lane.nanoTime());
                stage.cut(item, clock.heardMillis(item, lane.nanoTime()), clock.generatedMillis(item));
                stage.drop(drop.part());
            }
            case Action.Clear clear -> stage.toClient(cleared(clear.responseId()));
            case Action.Cancel cancel -> {
                if (provider.cancels()) {
                    stage.toProvider(own.named(Requests.cancel(cancel.responseId())));
                }
            }
            case Action.Truncate truncate -> {
                if (provider.truncates()) {
                    stage.toProvider(own.named(Requests.truncate(truncate.part(), truncate.heardMillis())));
                }
            }
        }
    }

    private ControlEvent cleared(String responseId) {
        return ControlEvent.of(Json.object()
                .put("type", EventType.OUTPUT_AUDIO_CLEARED.name())
                .put("event_id", Ids.next("event", lane.random()))
                .put("response_id", responseId));
    }
}
