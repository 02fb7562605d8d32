package dev.parley.session;

import dev.parley.OpenAIRealtimeSession;
import dev.parley.RealtimeSessionConfig;
import dev.parley.RealtimeSessionStats;
import dev.parley.leg.CloseReason;
import dev.parley.leg.Failure;
import dev.parley.protocol.Bytes;
import dev.parley.protocol.ControlEvent;
import dev.parley.protocol.EventScanner;
import dev.parley.protocol.Json;

/** What the application holds of a session: every call becomes a task on the session's lane. */
final class SessionHandle implements OpenAIRealtimeSession {
    private final LiveSession session;
    private final String providerName;

    SessionHandle(LiveSession session, String providerName) {
        this.session = session;
        this.providerName = providerName;
    }

    @Override
    public String id() {
        return session.id();
    }

    @Override
    public String clientId() {
        return session.clientId();
    }

    @Override
    public String provider() {
        return providerName;
    }

    @Override
    public void handleClientMessage(String json) {
        fromClient(Bytes.utf8(json));
    }

    @Override
    public void appendAudio(byte[] audio) {
        fromClient(Json.write(Requests.append(audio)));
    }

    private void fromClient(Bytes message) {
        session.post(() -> session.fromClient(new EventScanner().scan(message)));
    }

    @Override
    public void sendText(String text) {
        session.post(() -> {
            session.toProvider(Requests.userText(text));
            session.wantResponse();
        });
    }

    @Override
    public void interrupt() {
        session.post(session::interrupt);
    }

    @Override
    public void updateConfig(RealtimeSessionConfig changes) {
        changes.session().ifPresent(update -> session.post(() -> session.fromClient(Requests.update(update))));
    }

    @Override
    public void send(ControlEvent event) {
        session.post(() -> session.toProvider(event));
    }

    @Override
    public RealtimeSessionStats stats() {
        return session.stats();
    }

    @Override
    public void disconnect() {
        session.end(CloseReason.of(Failure.NORMAL, ""));
    }
}
