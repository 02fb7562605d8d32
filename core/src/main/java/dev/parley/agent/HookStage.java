package dev.parley.agent;

import dev.parley.lane.Mailbox;
import dev.parley.leg.BufferBudget;
import dev.parley.leg.CloseReason;
import dev.parley.protocol.ControlEvent;
import dev.parley.protocol.Event;
import dev.parley.protocol.EventType;
import dev.parley.session.Floor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls the agent's {@link Hook}s with copies of what passes, on the session's mailbox. Lane only. */
final class HookStage {
    private static final Logger LOG = LoggerFactory.getLogger(HookStage.class);

    private final Floor floor;
    private final AgentObject object;
    private final Mailbox mailbox;
    private final BufferBudget.Account room;
    private final List<Hook> connect = new ArrayList<>();
    private final List<Hook> disconnect = new ArrayList<>();
    private final List<Hook> message = new ArrayList<>();
    private final Map<EventType, List<Hook>> events = new HashMap<>();

    HookStage(Floor floor, List<Hook> hooks, AgentObject object, Mailbox mailbox) {
        this.floor = floor;
        this.object = object;
        this.mailbox = mailbox;
        this.room = floor.room();
        for (Hook hook : hooks) {
            switch (hook.kind()) {
                case CONNECT -> connect.add(hook);
                case DISCONNECT -> disconnect.add(hook);
                case MESSAGE -> message.add(hook);
                case EVENT ->
                    hook.types()
                            .forEach(type -> events.computeIfAbsent(type, t -> new ArrayList<>())
                                    .add(hook));
            }
        }
    }

    void began() {
        connect.forEach(hook -> mailbox.post(() -> call(hook, null, null)));
    }

    void fromClient(Event event) {
        if (event instanceof ControlEvent && !message.isEmpty()) {
            post(message, event);
        }
        fromProvider(event);
    }

    void fromProvider(Event event) {
        if (!events.isEmpty()) {
            List<Hook> subscribed = events.get(event.type());
            if (subscribed != null) {
                post(subscribed, event);
            }
        }
    }

    void ended(CloseReason why) {
        disconnect.forEach(hook -> mailbox.postLast(() -> call(hook, null, why)));
    }

    /** What waits for slow code counts as what waits for a slow peer: it is the client that decides how much it is. */
    private void post(List<Hook> hooks, Event event) {
        int size = event.wire().length();
        for (Hook hook : hooks) {
            if (!room.take(size)) {
                continue;
            }
            Event kept = event.copy();
            boolean posted = mailbox.post(() -> {
                try {
                    call(hook, kept, null);
                } finally {
                    room.giveBack(size);
                }
            });
            if (!posted) {
                room.giveBack(size);
            }
        }
    }

    private void call(Hook hook, @Nullable Event event, @Nullable CloseReason why) {
        try {
            hook.body().on(new Occasion(floor.session(), object.get(), event, why));
        } catch (Exception e) {
            // Its text may hold what was said.
            LOG.error(
                    "An agent's code for {} failed with {}",
                    hook.kind(),
                    e.getClass().getName());
        }
    }
}
