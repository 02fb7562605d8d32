package dev.parley.session;

import dev.parley.OpenAIRealtimeSession;
import dev.parley.RealtimeException;
import dev.parley.RealtimeSessionConfig;
import dev.parley.RealtimeSessionStats;
import dev.parley.Turn;
import dev.parley.leg.CloseReason;
import dev.parley.leg.Failure;
import dev.parley.protocol.Bytes;
import dev.parley.protocol.ControlEvent;
import dev.parley.protocol.EventScanner;
import dev.parley.protocol.Json;
import dev.parley.tool.RealtimeTool;
import dev.parley.tool.Toolbox;
import dev.parley.turn.Answer;
import dev.parley.turn.Requests;
import dev.parley.turn.ResponseWish;
import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** What the application holds of a session: every call becomes a task on the session's lane. */
final class SessionHandle implements OpenAIRealtimeSession {
    private final LiveSession session;
    private final String providerName;
    private final Map<String, Object> attributes = new ConcurrentHashMap<>();

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
    public Optional<Principal> principal() {
        return session.terms().caller().principal();
    }

    @Override
    public Map<String, Object> attributes() {
        return attributes;
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
        with(participant -> {
            participant.fromApplication(Requests.text("user", text));
            participant.want(ResponseWish.next());
        });
    }

    @Override
    public CompletableFuture<Turn> say(String words) {
        boolean verbatim = session.provider().verbatim();
        return answer(participant -> {}, done -> ResponseWish.say(words, verbatim, done));
    }

    @Override
    public CompletableFuture<Turn> ask(String text) {
        return answer(participant -> participant.fromApplication(Requests.text("user", text)), ResponseWish::answer);
    }

    private CompletableFuture<Turn> answer(
            Consumer<Participant> first, Function<Consumer<JsonNode>, ResponseWish> wish) {
        Answer answer = new Answer();
        session.post(
                () -> {
                    Instant began = Instant.ofEpochMilli(session.lane().epochMillis());
                    first.accept(session.participant());
                    session.participant().want(wish.apply(response -> settle(answer, response, began)));
                },
                () -> answer.fail("the session " + id() + " has ended"));
        return answer.future();
    }

    /** An agent's tools are called before there are words: these come with a response that follows. */
    private void settle(Answer answer, JsonNode response, Instant began) {
        if (session.participant().agent().isPresent() && Answer.onlyCalls(response)) {
            session.participant().follow(next -> settle(answer, next, began));
        } else {
            answer.settle(response, began);
        }
    }

    @Override
    public void interrupt() {
        with(Participant::interrupt);
    }

    @Override
    public void updateConfig(RealtimeSessionConfig changes) {
        changes.session().ifPresent(update -> send(Requests.update(update)));
    }

    @Override
    public void updateTools(List<RealtimeTool> tools) {
        if (session.participant().agent().isEmpty()) {
            throw new RealtimeException.InvalidConfig("the session " + id()
                    + " has no agent whose tools could be changed; let its client connect to an agent's path");
        }
        List<RealtimeTool> distinct = new Toolbox(tools).tools();
        with(participant -> participant.tools(distinct));
    }

    @Override
    public List<Turn> conversation() {
        return session.participant().conversation();
    }

    @Override
    public void send(ControlEvent event) {
        with(participant -> participant.fromApplication(event));
    }

    private void with(Consumer<Participant> command) {
        session.post(() -> command.accept(session.participant()));
    }

    @Override
    public RealtimeSessionStats stats() {
        return session.stats();
    }

    @Override
    public void hangUp() {
        with(Participant::hangUp);
    }

    @Override
    public void disconnect() {
        session.end(CloseReason.of(Failure.NORMAL, ""));
    }
}
