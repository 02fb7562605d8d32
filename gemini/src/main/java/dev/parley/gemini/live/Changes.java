package dev.parley.gemini.live;

import dev.parley.gemini.setup.GeminiModel;
import dev.parley.gemini.setup.SessionSettings;
import dev.parley.gemini.setup.Setup;
import dev.parley.protocol.ErrorDetail;
import dev.parley.protocol.EventType;
import dev.parley.provider.reply.Outlet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A session's settings: those in force, those that are wanted, and the {@code session.update}s between them that are not
 * answered before the change is there. Lane only.
 */
final class Changes {
    private final Outlet outlet;
    private final GeminiModel model;
    private SessionSettings inForce;
    /** What the last setup or update told Gemini. */
    private SessionSettings told;

    private SessionSettings wanted;
    private final List<@Nullable String> unanswered = new ArrayList<>();

    Changes(Outlet outlet, GeminiModel model, SessionSettings initial) {
        this.outlet = outlet;
        this.model = model;
        this.inForce = initial;
        this.told = initial;
        this.wanted = initial;
    }

    SessionSettings inForce() {
        return inForce;
    }

    /**
     * Takes a {@code session.update}.
     *
     * @param started whether Gemini has been told any settings
     * @return what it takes
     * @throws dev.parley.provider.reply.Refused if it cannot be honoured
     */
    Setup.Change want(ObjectNode session, @Nullable String eventId, boolean heard, boolean started) {
        SessionSettings next = wanted.with(session, heard);
        Setup.Change change = started ? Setup.change(wanted, next, model) : Setup.Change.NONE;
        boolean waiting = started && (outdated() || waiting());
        wanted = next;
        if (change == Setup.Change.RENEW || waiting) {
            unanswered.add(eventId);
            return waiting && change == Setup.Change.UPDATE ? Setup.Change.RENEW : change;
        }
        inForce = next;
        if (change == Setup.Change.NONE) {
            told = next;
        }
        tell(EventType.SESSION_UPDATED);
        return change;
    }

    /** The message that tells Gemini what is wanted, where that needs no new connection. */
    ObjectNode contextUpdate() {
        ObjectNode update = Setup.contextUpdate(told, wanted, model);
        told = wanted;
        return update;
    }

    /** The first message of a connection, with what is wanted. */
    ObjectNode setup(@Nullable String handle, boolean history) {
        told = wanted;
        return Setup.message(wanted, model, handle, history);
    }

    /** Whether a new connection is needed for what is wanted. */
    boolean outdated() {
        return Setup.change(inForce, wanted, model) == Setup.Change.RENEW;
    }

    /** Whether a change waits for a new connection. */
    boolean waiting() {
        return !unanswered.isEmpty();
    }

    /** A connection has been set up. */
    void ready() {
        inForce = told;
        if (!outdated()) {
            unanswered.forEach(each -> tell(EventType.SESSION_UPDATED));
            unanswered.clear();
        }
    }

    /** The connection with what is wanted could not be had. */
    void refused() {
        wanted = inForce;
        told = inForce;
        ErrorDetail fault = ErrorDetail.invalid(
                "provider_rejected_request",
                "Gemini did not accept the new settings; the session keeps those it had.",
                "session");
        unanswered.forEach(each -> outlet.error(fault, each));
        unanswered.clear();
    }

    /** Tells the client what is in force. */
    void tell(EventType type) {
        ObjectNode event = outlet.event(type);
        event.set("session", inForce.json());
        outlet.send(event);
    }
}
