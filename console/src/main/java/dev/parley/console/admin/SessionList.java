package dev.parley.console.admin;

import dev.parley.RealtimeSessionStats;
import dev.parley.protocol.Json;
import dev.parley.session.SessionTerms;
import dev.parley.watch.ObservedSession;
import dev.parley.watch.Said;
import dev.parley.watch.Waits;
import dev.parley.watch.Watch;
import java.security.Principal;
import java.util.Locale;
import java.util.OptionalLong;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The sessions as the API shows them. */
final class SessionList {
    /** How many sessions are shown at once, and read each second. */
    static final int MOST = 500;

    private static final long MILLI = 1_000_000;

    private final Watch watch;
    private final Rates rates;

    SessionList(Watch watch, Rates rates) {
        this.watch = watch;
        this.rates = rates;
    }

    /** The newest sessions, the newest first. */
    ObjectNode json() {
        ObjectNode json = Json.object().put("total", watch.count());
        ArrayNode array = json.putArray("sessions");
        watch.newest(MOST).forEach(session -> array.add(json(session)));
        return json;
    }

    /** One session, without what was said. */
    ObjectNode json(ObservedSession session) {
        RealtimeSessionStats stats = session.stats();
        long connectedAt = stats.connectedAt().toEpochMilli();
        long age = Math.max(0, System.currentTimeMillis() - connectedAt);
        ObjectNode json = Json.object().put("id", session.id()).put("client_id", stats.clientId());
        json.set("who", who(session.caller()));
        json.put("agent", session.agent().orElse(null))
                .put("provider", stats.provider())
                .put("model", session.model())
                .put("state", session.state().name().toLowerCase(Locale.ROOT))
                .put("speaking", session.speaking().name().toLowerCase(Locale.ROOT))
                .put("connected_at", connectedAt)
                .put("age_ms", age)
                .put("turns", session.turns());
        json.set("voice_to_voice_ms", waits(session.voiceToVoice()));
        json.set("rates", rates.json(stats, System.nanoTime(), age));
        json.put("audio_in_ms", stats.audioMillisSent())
                .put("audio_out_ms", stats.audioMillisReceived())
                .put("events_in", stats.eventsSent())
                .put("events_out", stats.eventsReceived())
                .put("errors", session.errors());
        session.usage()
                .ifPresentOrElse(
                        used -> json.putObject("usage")
                                .put("input_tokens", used.inputTokens())
                                .put("output_tokens", used.outputTokens()),
                        () -> json.putNull("usage"));
        return json;
    }

    /** One session, with what was said. */
    ObjectNode whole(ObservedSession session) {
        ObjectNode json = json(session);
        ArrayNode turns = json.putArray("turns_said");
        session.said(0).forEach(said -> turns.add(json(said)));
        return json;
    }

    static ObjectNode json(Said said) {
        return Json.object()
                .put("item_id", said.itemId())
                .put("role", said.role())
                .put("text", said.text())
                .put("at", said.at().toEpochMilli())
                .put("interrupted", said.interrupted())
                .put("done", said.done());
    }

    private static ObjectNode who(SessionTerms.Caller caller) {
        return Json.object()
                .put("key", caller.key().orElse(null))
                .put("principal", caller.principal().map(Principal::getName).orElse(null))
                .put("remote", caller.remote().orElse(null));
    }

    private static ObjectNode waits(Waits waits) {
        ObjectNode json = Json.object();
        Answers.put(json, "last", millis(waits.last()));
        Answers.put(json, "p50", millis(waits.quantile(0.5)));
        Answers.put(json, "p95", millis(waits.quantile(0.95)));
        return json.put("n", waits.count());
    }

    private static OptionalLong millis(OptionalLong nanos) {
        return nanos.isPresent() ? OptionalLong.of(Math.round(nanos.getAsLong() / (double) MILLI)) : nanos;
    }
}
