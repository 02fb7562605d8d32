package dev.parley.agent;

import dev.parley.lane.Mailbox;
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
    private final List<Hook> connect = new ArrayList<>();
    private final List<Hook> disconnect = new ArrayList<>();
    private final List<Hook> message = new ArrayList<>();
    private final Map<EventType, List<Hook>> events = new HashMap<>();

    HookStage(Floor floor, List<Hook> hooks, AgentObject object, Mailbox mailbox) {
        this.floor = floor;
        this.object = object;
        this.mailbox = mailbox;
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
        call(connect, null, null);
    }

    void fromClient(Event event) {
        if (event instanceof ControlEvent && !message.isEmpty()) {
            call(message, event.copy(), null);
        }
        fromProvider(event);
    }

    void fromProvider(Event event) {
        if (!events.isEmpty()) {
            List<Hook> subscribed = events.get(event.type());
            if (subscribed != null) {
                call(subscribed, event.copy(), null);
            }
        }
    }

    void ended(CloseReason why) {
        call(disconnect, null, why);
    }

    private void call(List<Hook> hooks, @Nullable Event event, @Nullable CloseReason why) {
        for (Hook hook : hooks) {
            mailbox.post(() -> call(hook, event, why));
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
