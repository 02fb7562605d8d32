package dev.parley.agent;

import dev.parley.RealtimeSessionConfig;
import dev.parley.Turn;
import dev.parley.VoiceAgent;
import dev.parley.lane.Mailbox;
import dev.parley.leg.CloseReason;
import dev.parley.protocol.Event;
import dev.parley.protocol.ItemKey;
import dev.parley.provider.Capabilities;
import dev.parley.session.Floor;
import dev.parley.session.Participant;
import dev.parley.tool.RealtimeTool;
import dev.parley.turn.ResponseWish;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * The participant of an agent's session: wires the stages that each event passes, in reading order. From the provider:
 * turns, tools, guardrails; from the client: tools, guardrails, turns. Lane only.
 */
public final class AgentSession implements Participant {
    private static final Logger LOG = LoggerFactory.getLogger(AgentSession.class);
    /** How many notices may wait for the agent's code, and for its listeners. */
    private static final int NOTICES = 1_000;

    private final Floor floor;
    private final VoiceAgent agent;
    private final AgentObject object;
    private final HookStage hooks;
    private final TurnStage turns;
    private final ToolStage tools;
    private final GuardStage guards;

    private AgentSession(Floor floor, VoiceAgent agent) {
        this.floor = floor;
        this.agent = agent;
        Mailbox mailbox = new Mailbox(NOTICES);
        this.object = new AgentObject(agent);
        this.hooks = new HookStage(floor, agent.hooks(), object, mailbox);
        this.turns = new TurnStage(floor, agent, this::toProvider, this::drop, mailbox);
        this.guards = new GuardStage(floor, agent.guardrails(), this);
        this.tools = new ToolStage(floor, agent, object, guards, this);
        turns.toolsBusy(tools::busy);
    }

    /** Makes the participants of an agent's sessions. */
    public static Participant.Factory of(VoiceAgent agent) {
        return new Joining(agent);
    }

    /** Joins an agent to sessions. */
    private record Joining(VoiceAgent agent) implements Participant.Factory {
        @Override
        public Participant join(Floor floor) {
            return new AgentSession(floor, agent);
        }

        @Override
        public RealtimeSessionConfig configured(RealtimeSessionConfig asked, Capabilities provider) {
            return agent.wantsTranscripts() && !asked.transcribes()
                    ? provider.transcriptionModel()
                            .map(model ->
                                    asked.toBuilder().transcriptionModel(model).build())
                            .orElse(asked)
                    : asked;
        }
    }

    // ---- The two ways of an event ----------------------------------------------------------------------------------

    @Override
    public void fromClient(Event event) {
        hooks.fromClient(event);
        Event now = tools.fromClient(event);
        now = now == null ? null : guards.fromClient(now);
        now = now == null ? null : turns.fromClient(now);
        if (now != null) {
            toProvider(now);
        }
    }

    @Override
    public void fromApplication(Event event) {
        Event now = turns.fromClient(tools.fromApplication(event));
        if (now != null) {
            toProvider(now);
        }
    }

    /**
     * Sends an event to the provider, past the stages but for the guardrails, and lets them know. One that the guardrails
     * let wait counts as sent.
     */
    void toProvider(Event event) {
        Event now = guards.toProvider(event);
        if (now != null) {
            floor.toProvider(now);
        }
        Event known = now == null ? event : now;
        turns.sent(known);
        tools.sent(known);
        guards.sent(known);
    }

    /** A call of a tool is answered: what waited for it may go on. */
    void answered() {
        turns.settled();
    }

    /** Sends an event to the provider that counts as sent already. */
    void release(Event event) {
        floor.toProvider(event);
    }

    /** A request for a response is not sent after all: as if the provider had refused it. */
    void refused(Event error, boolean byClient) {
        Event now = turns.fromProvider(error);
        if (now != null && byClient) {
            toClient(now);
        }
    }

    @Override
    public void fromProvider(Event event) {
        hooks.fromProvider(event);
        Event now = turns.fromProvider(event);
        now = now == null ? null : tools.fromProvider(now);
        now = now == null ? null : guards.fromProvider(now);
        if (now != null) {
            toClient(now);
        }
    }

    /** Sends an event that has passed all stages to the client. */
    void toClient(Event event) {
        floor.toClient(event);
    }

    @Override
    public void delivered(Event event) {
        turns.delivered(event);
    }

    /** Drops what waits of an item's audio, here and before the client. */
    private void drop(ItemKey item) {
        guards.drop(item);
        floor.dropUnsent(item);
    }

    /** Audio of a part was dropped at a gate and will never be delivered. */
    void dropped(ItemKey part) {
        turns.dropped(part);
    }

    // ---- Its life --------------------------------------------------------------------------------------------------

    @Override
    public void began() {
        hooks.began();
        turns.began();
        tools.began();
        guards.began();
        if (!agent.greeting().isEmpty()) {
            want(ResponseWish.say(agent.greeting(), floor.provider().verbatim(), response -> {}));
        }
    }

    @Override
    public void want(ResponseWish wish) {
        guards.wanted(wish);
        turns.want(wish);
    }

    @Override
    public void follow(Consumer<JsonNode> done) {
        turns.follow(done);
    }

    @Override
    public void interrupt() {
        turns.interrupt();
    }

    @Override
    public void hangUp() {
        turns.hangUp();
    }

    @Override
    public List<Turn> conversation() {
        return turns.conversation();
    }

    @Override
    public void tools(List<RealtimeTool> instead) {
        tools.replace(instead);
    }

    @Override
    public Optional<String> agent() {
        return Optional.of(agent.name());
    }

    @Override
    public void ended(CloseReason why) {
        List<Runnable> ends = List.of(tools::ended, guards::ended, turns::ended, () -> hooks.ended(why));
        for (Runnable end : ends) {
            try {
                end.run();
            } catch (RuntimeException e) {
                // The others have to end all the same.
                LOG.error(
                        "A stage of session {} could not end: {}",
                        floor.session().id(),
                        e.getClass().getName());
            }
        }
    }
}
