package dev.parley.local.engine;

import dev.parley.local.settings.ResponseSettings;
import dev.parley.local.work.Parts;
import dev.parley.local.work.Workers;
import dev.parley.protocol.EventType;
import dev.parley.provider.reply.LaneWork;
import dev.parley.provider.reply.Outlet;
import dev.parley.provider.reply.Refused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A session's responses: at most one that writes to the conversation, and a few outside of it. Used on the lane. */
final class Responses {
    /** The most responses outside the conversation at once. */
    private static final int MOST_ALONE = 8;

    /** What a session does about the responses that write to its conversation. */
    interface Listener {
        /** One began. */
        void responseStarted();

        /**
         * One ended.
         *
         * @param playback until it has been heard out
         */
        void responseEnded(Duration playback);
    }

    private final Parts parts;
    private final Workers workers;
    private final LaneWork lane;
    private final Outlet outlet;
    private final Conversation conversation;
    private final Listener listener;
    private final String conversationId;
    private final List<ResponseRun> alone = new ArrayList<>();
    private @Nullable ResponseRun active;
    /** A turn that ended while a response was active which it did not interrupt. */
    private @Nullable ResponseSettings next;

    private @Nullable String voice;
    private boolean paused;

    Responses(
            Parts parts, Workers workers, LaneWork lane, Outlet outlet, Conversation conversation, Listener listener) {
        this.parts = parts;
        this.workers = workers;
        this.lane = lane;
        this.outlet = outlet;
        this.conversation = conversation;
        this.listener = listener;
        conversationId = outlet.id("conv");
    }

    /** Refuses a further response where there can be none. */
    void check(boolean outside) {
        if (outside && alone.size() >= MOST_ALONE) {
            throw Refused.of(
                    "too_many_responses",
                    "There are " + MOST_ALONE + " responses outside the conversation already; wait for one to end.",
                    "response.conversation");
        }
        ResponseRun running = active;
        if (!outside && running != null) {
            throw Refused.of(
                    "conversation_already_has_active_response",
                    "Conversation already has an active response in progress: " + running.id()
                            + ". Wait until the response is finished before creating a new one.",
                    null);
        }
    }

    /**
     * Starts a response.
     *
     * @param context what it answers to instead of the conversation, or null
     */
    void create(ResponseSettings settings, @Nullable Conversation context) {
        ResponseRun run = begin(settings);
        Conversation asked = context == null ? conversation : context;
        // The context may refer to items of the conversation, so that both must have been heard.
        conversation.whenHeard(() -> asked.whenHeard(() -> run.think(asked.items())));
    }

    /** Starts a response that says these words; what was said before does not matter to it. */
    void say(ResponseSettings settings, String words) {
        begin(settings).read(words);
    }

    private ResponseRun begin(ResponseSettings settings) {
        boolean outside = settings.alone();
        ResponseRun run = new ResponseRun(
                parts, workers, lane, outlet, settings, outside ? null : conversation, conversationId, this::ended);
        if (outside) {
            alone.add(run);
        } else {
            active = run;
            listener.responseStarted();
        }
        run.pause(paused);
        run.created();
        return run;
    }

    /** Answers a turn that the server found: now, or after the active response. */
    void answer(ResponseSettings settings) {
        if (active == null) {
            create(settings, null);
        } else {
            next = settings;
        }
    }

    private void ended(ResponseRun run) {
        alone.remove(run);
        rateLimits();
        if (run == active) {
            voice = voiceHeard();
            active = null;
            ResponseSettings waiting = next;
            next = null;
            if (waiting == null) {
                listener.responseEnded(run.playback());
            } else {
                lane.post(() -> answer(waiting));
            }
        }
    }

    /** There are no limits, which clients that wait for this event are told. */
    private void rateLimits() {
        ObjectNode event = outlet.event(EventType.RATE_LIMITS_UPDATED);
        ObjectNode limit = event.putArray("rate_limits").addObject();
        limit.put("name", "tokens").put("limit", Integer.MAX_VALUE).put("remaining", Integer.MAX_VALUE);
        limit.put("reset_seconds", 0.0);
        outlet.send(event);
    }

    /** The voice in which the assistant has been heard in the conversation, which fixes it; null: it has not been. */
    @Nullable
    String voiceHeard() {
        return voice == null && active != null ? active.voiceHeard() : voice;
    }

    /** Ends the active response early; answers whether there was one. */
    boolean interrupt(String reason) {
        ResponseRun running = active;
        next = null;
        if (running == null) {
            return false;
        }
        running.cancel(reason);
        return true;
    }

    /** Ends the response with this id early; answers whether there was one. */
    boolean cancel(String id) {
        if (active != null && active.id().equals(id)) {
            return interrupt("client_cancelled");
        }
        for (ResponseRun run : alone) {
            if (run.id().equals(id)) {
                run.cancel("client_cancelled");
                return true;
            }
        }
        return false;
    }

    /** This item's message, if it is being put out. */
    @Nullable
    Speech puttingOut(Item item) {
        return active == null ? null : active.puttingOut(item);
    }

    void pause(boolean on) {
        paused = on;
        if (active != null) {
            active.pause(on);
        }
        List.copyOf(alone).forEach(run -> run.pause(on));
    }

    void abandon() {
        if (active != null) {
            active.abandon();
        }
        alone.forEach(ResponseRun::abandon);
    }
}
