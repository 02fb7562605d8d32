package dev.parley.gemini.live;

import dev.parley.gemini.setup.ResponseWish;
import dev.parley.gemini.wire.ServerMessage;
import dev.parley.gemini.wire.TokenUsage;
import dev.parley.protocol.Bytes;
import dev.parley.provider.reply.LaneWork;
import dev.parley.provider.reply.Outlet;
import dev.parley.provider.reply.Refused;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A session's responses, one at a time: told from Gemini's stream, which ends a generation twice (when all is generated, and
 * when it takes it for played), tells of an interruption before or after that, and now and then leaves an end out. Lane only.
 */
final class Responses {
    /** How long the last words and the usage of a response are waited for when all its audio is there. */
    private static final Duration LAST_WORDS = Duration.ofMillis(250);
    /** How long what was cut off may still come, where its end is never told. */
    private static final Duration CUT_OFF = Duration.ofMillis(1500);

    private static final Set<String> FAILED =
            Set.of("MALFORMED_FUNCTION_CALL", "RESPONSE_REJECTED", "MAX_REGENERATION_REACHED");
    private static final Set<String> HARMLESS = Set.of("", "TURN_COMPLETE_REASON_UNSPECIFIED", "NEED_MORE_INPUT");

    /** What a session does about its responses. */
    interface Owner {
        /** The model speaks by itself, in answer to what the user said. */
        void answers();

        /** What a response has that nobody asked for by an event. */
        ObjectNode response(ResponseWish wish, String id, String conversationId);

        /** Whether answers are spoken. */
        boolean speaks();

        /** One ended; {@code whole} if nothing was wrong. */
        void ended(boolean whole);
    }

    private static final ResponseWish UNASKED = new ResponseWish(null, MissingNode.getInstance());

    private final Outlet outlet;
    private final LaneWork work;
    private final Conversation conversation;
    private final ToolCalls tools;
    private final Owner owner;
    private final String conversationId;
    private @Nullable ResponseRun run;
    /** Whether the end of a generation that is over here is still to come. */
    private boolean owed;
    /** Whether words may still come of a response that is over. */
    private boolean trailing;
    /** Whether what comes is of a generation that was cut off. */
    private boolean cutOff;

    /** Whether an interruption is to be expected that is the client's doing. */
    private boolean ownDoing;

    private boolean heard;
    private Runnable timer = () -> {};

    Responses(Outlet outlet, LaneWork work, Conversation conversation, ToolCalls tools, Owner owner) {
        this.outlet = outlet;
        this.work = work;
        this.conversation = conversation;
        this.tools = tools;
        this.owner = owner;
        conversationId = outlet.id("conv");
    }

    /** Whether there is one. */
    boolean active() {
        return run != null;
    }

    /** Whether the client asked for one of which nothing has come. */
    boolean awaited() {
        return run != null && !run.produced();
    }

    /** Whether the model takes what it said last for being played. */
    boolean owed() {
        return owed;
    }

    /** Whether the model has been heard in this conversation. */
    boolean heard() {
        return heard;
    }

    /** This item is being said now. */
    boolean saying(String itemId) {
        return run != null && run.saying(itemId);
    }

    // ---- What the client wants ----------------------------------------------------------------------------------

    /**
     * Refuses a response where there is one.
     *
     * @throws Refused if one is active
     */
    void check() {
        ResponseRun active = run;
        if (active != null && active.closing()) {
            finish();
        } else if (active != null) {
            throw Refused.of(
                    "conversation_already_has_active_response",
                    "Conversation already has an active response in progress: " + active.id()
                            + ". Wait until the response is finished before creating a new one.",
                    null);
        }
    }

    /** Begins the response that a client asked for. */
    void create(ResponseWish wish) {
        open(wish, true);
    }

    /**
     * Ends the response that the client no longer wants.
     *
     * @param id its id; null: whichever there is
     * @throws Refused if it is not active
     */
    void cancel(@Nullable String id) {
        ResponseRun active = run;
        if (active == null || (id != null && !id.equals(active.id()))) {
            throw Refused.of("response_cancel_not_active", "Cancellation failed: no active response found", null);
        }
        cut("client_cancelled");
    }

    private void cut(String reason) {
        ResponseRun active = run;
        if (active != null) {
            boolean whole = active.closing();
            run = null;
            cutOff = !whole;
            owed = whole;
            ownDoing = whole && reason.equals("client_cancelled");
            timer.run();
            timer = work.later(() -> cutOff = false, CUT_OFF);
            active.cancel(reason);
            owner.ended(false);
        }
    }

    /** What was under way is lost. */
    void lost(String code, String text) {
        ResponseRun active = run;
        forget();
        if (active != null && active.closing()) {
            active.complete();
            owner.ended(true);
        } else if (active != null) {
            active.fail(code, text);
            owner.ended(false);
        }
    }

    private void forget() {
        run = null;
        owed = false;
        cutOff = false;
        ownDoing = false;
        timer.run();
    }

    // ---- What Gemini sends --------------------------------------------------------------------------------------

    void audio(Bytes base64, int bytes) {
        ResponseRun to = taking();
        if (to != null) {
            heard = true;
            to.audio(base64, bytes);
        }
    }

    void said(String words) {
        // Words may come late: those of a response that is over are of no use, and begin no other.
        if (trailing && (run == null || !run.produced())) {
            return;
        }
        ResponseRun to = run != null && run.closing() ? run : taking();
        if (to != null) {
            to.said(words);
        }
    }

    void text(String words) {
        if (!owner.speaks()) {
            ResponseRun to = taking();
            if (to != null) {
                to.text(words);
            }
        }
    }

    /** Functions are called, which ends the response; those that were called before are not called again. */
    void calls(List<ServerMessage.Call> calls, @Nullable ObjectNode usage) {
        cutOff = false;
        boolean any = false;
        for (ServerMessage.Call call : calls) {
            String id = tools.called(call);
            ResponseRun to = id == null ? null : taking();
            if (to != null && id != null) {
                to.call(id, call.name(), ToolCalls.arguments(call.args()));
                any = true;
            }
        }
        if (usage != null) {
            used(usage);
        }
        if (any) {
            finish();
            trailing = false;
        }
    }

    /** The response that what comes belongs to; null: what comes was cut off. */
    private @Nullable ResponseRun taking() {
        if (cutOff) {
            return null;
        }
        if (run != null && run.closing()) {
            finish();
        }
        owed = false;
        trailing = false;
        if (run == null) {
            owner.answers();
            open(UNASKED, false);
        }
        return run;
    }

    private void open(ResponseWish wish, boolean asked) {
        ObjectNode response = owner.response(wish, outlet.id("resp"), conversationId);
        run = new ResponseRun(outlet, conversation, response, asked, owner.speaks());
    }

    void used(ObjectNode usage) {
        ResponseRun active = run;
        // What comes late is of a response that has told its usage, or has gone without.
        if (active != null && active.produced()) {
            active.usage(TokenUsage.of(usage));
        }
    }

    void generationComplete() {
        ResponseRun active = run;
        if (active != null && active.produced() && !active.closing()) {
            active.close();
            timer.run();
            timer = work.later(this::finish, LAST_WORDS);
        }
    }

    /**
     * The turn is over.
     *
     * @return whether that is the end of what was asked for last, and not of something before
     */
    boolean turnComplete(String reason) {
        ResponseRun active = run;
        boolean of = owed && (active == null || !active.produced());
        boolean cut = cutOff;
        owed = false;
        trailing = false;
        cutOff = false;
        ownDoing = false;
        if (of || cut) {
            return active == null;
        }
        if (!HARMLESS.contains(reason)) {
            refused(reason);
        } else if (active != null) {
            finish();
            owed = false;
            trailing = false;
        }
        return true;
    }

    /** Somebody speaks: what comes from now on answers that. */
    void newTurn() {
        trailing = false;
    }

    /** The model did not answer, and says why. */
    private void refused(String reason) {
        ResponseRun refused = run == null ? taking() : run;
        if (refused == null) {
            return;
        }
        run = null;
        owed = false;
        timer.run();
        if (FAILED.contains(reason)) {
            refused.fail(
                    "gemini_" + reason.toLowerCase(java.util.Locale.ROOT), "Gemini gave no answer: " + reason + ".");
        } else {
            refused.filtered();
        }
        owner.ended(false);
    }

    /**
     * The model was interrupted.
     *
     * @return whether somebody may have spoken: not, where it was the client's own doing
     */
    boolean interrupted() {
        ResponseRun active = run;
        if (cutOff || ownDoing || (owed && active != null && !active.produced())) {
            return false;
        }
        if (active != null && active.closing()) {
            finish();
        }
        return true;
    }

    /** What was being said is cut off since somebody speaks. */
    void silence() {
        cut("turn_detected");
    }

    private void finish() {
        ResponseRun done = run;
        timer.run();
        run = null;
        if (done != null) {
            owed = true;
            trailing = true;
            done.complete();
            owner.ended(true);
        }
    }
}
