package dev.parley.gemini.live;

import dev.parley.gemini.setup.GeminiModel;
import dev.parley.gemini.setup.ResponseWish;
import dev.parley.gemini.setup.SessionSettings;
import dev.parley.gemini.uplink.Dialler;
import dev.parley.gemini.uplink.Owner;
import dev.parley.gemini.uplink.Uplink;
import dev.parley.gemini.uplink.Waiting;
import dev.parley.gemini.wire.Messages;
import dev.parley.leg.BufferBudget;
import dev.parley.leg.CloseReason;
import dev.parley.protocol.AudioEvent;
import dev.parley.protocol.ControlEvent;
import dev.parley.protocol.ErrorDetail;
import dev.parley.protocol.EventType;
import dev.parley.provider.reply.LaneWork;
import dev.parley.provider.reply.Outlet;
import dev.parley.provider.reply.Refused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One session with Gemini Live, wired: what the client sends goes to the parts that know of it, and what Gemini sends, too.
 * Lane only.
 */
final class GeminiSession implements Owner, Responses.Owner {
    /** What the leg does for its session. */
    interface Host {
        void opened();

        void batchEnd();

        /** Whether more can be sent may have changed. */
        void changed();

        void ended(CloseReason why);

        BufferBudget.Account room();
    }

    /** How long items wait to be asked about before the model is told of them. */
    private static final Duration TELLING = Duration.ofMillis(300);
    /** How long a connection is left without a setup, which says whether key and model are right. */
    private static final Duration IDLE = Duration.ofSeconds(1);

    private final LaneWork work;
    private final Outlet outlet;
    private final Host host;
    private final GeminiModel model;
    private final Uplink uplink;
    private final Conversation conversation = new Conversation();
    private final ToolCalls tools;
    private final InputAudio audio;
    private final UserTurn user;
    private final Responses responses;
    private final PendingTurns pending;
    private final ToolResults results;
    private final ClientItems items;
    private final Changes changes;
    private final Patience patience;
    private final ModelStream stream;
    /** Whether the first connection is told a history before everything else. */
    private boolean seeds;

    private boolean ready;
    private Runnable telling = () -> {};

    GeminiSession(
            Dialler dialler, GeminiModel model, SessionSettings settings, LaneWork work, Outlet outlet, Host host) {
        this.work = work;
        this.outlet = outlet;
        this.host = host;
        this.model = model;
        uplink = new Uplink(dialler, model, work, this);
        tools = new ToolCalls(outlet, model.toolIds());
        audio = new InputAudio(uplink, work);
        changes = new Changes(outlet, model, settings);
        user = new UserTurn(
                outlet, work, conversation, audio, () -> changes.inForce().transcribes());
        responses = new Responses(outlet, work, conversation, tools, this);
        pending = new PendingTurns(model, uplink, audio);
        items = new ClientItems(outlet, conversation);
        results = new ToolResults(tools, conversation, items, pending, work, this::giveResults, this::mentionLater);
        patience = new Patience(work, model, this::impatient);
        stream = new ModelStream(this, responses, user, tools, uplink, patience);
        audio.manual(settings.manual());
    }

    Uplink uplink() {
        return uplink;
    }

    ClientItems items() {
        return items;
    }

    // ---- What the client sends ----------------------------------------------------------------------------------

    /** Whether audio can go on at once, without a word to the client. */
    boolean passes() {
        return !audio.manual() && pending.isEmpty();
    }

    void append(AudioEvent event) {
        audio.append(event);
        if (!pending.isEmpty() && !audio.manual() && !responses.active()) {
            mention();
        }
    }

    void commit() {
        audio.check();
        if (audio.manual()) {
            pending.add(audio.take());
        } else {
            audio.streamEnd();
            patience.begin();
        }
        user.commit();
    }

    void clear() {
        audio.clear();
        outlet.send(outlet.event(EventType.INPUT_AUDIO_CLEARED));
    }

    void update(ObjectNode session, @Nullable String eventId) {
        switch (changes.want(session, eventId, responses.heard(), uplink.started())) {
            case NONE -> {}
            case UPDATE -> uplink.send(changes.contextUpdate(), Waiting.Kind.CONTENT);
            case RENEW -> uplink.renew();
        }
        audio.manual(changes.inForce().manual());
    }

    void create(JsonNode sent, @Nullable String previousId) {
        ObjectNode item = items.read(sent, previousId);
        if (item.path("type").asString("").equals("function_call_output")) {
            results.take(item);
            return;
        }
        ObjectNode told = ClientItems.told(item, sent);
        pending.check(told);
        items.add(item);
        pending.add(told);
        mentionLater();
    }

    private void giveResults() {
        patience.begin();
        if (uplink.paused()) {
            // The next connection may not know the calls.
            return;
        }
        uplink.send(Messages.toolResponse(tools.take()), Waiting.Kind.RESULT);
        audio.hold(model.holdsAudioInCalls() && tools.open());
    }

    private void mentionLater() {
        telling.run();
        telling = work.later(this::mention, TELLING);
    }

    private void mention() {
        if (!responses.active()) {
            seeds |= !uplink.started() && pending.history(false);
            pending.mention();
        }
    }

    void respond(ObjectNode response) {
        ResponseWish wish = ResponseWish.of(response, changes.inForce());
        if (responses.active() && results.claimed()) {
            // It has begun before it was asked for.
            return;
        }
        responses.check();
        responses.create(wish);
        telling.run();
        if (tools.collected()) {
            results.give();
            if (pending.isEmpty() && wish.instructions() == null) {
                return;
            }
        }
        if (tools.open() && pending.isEmpty() && wish.instructions() == null) {
            // The model goes on by itself when it has all results.
            return;
        }
        seeds |= !uplink.started() && pending.history(true);
        pending.ask(wish.instructions());
        patience.begin();
    }

    void cancel(@Nullable String id) {
        responses.cancel(id);
        stop();
    }

    /** Makes the model stop, where it can be made to. */
    private void stop() {
        patience.end();
        if (model.cancels()) {
            uplink.send(Messages.content(List.of(), false), Waiting.Kind.CONTENT);
        }
    }

    void truncate(String itemId, int contentIndex, int audioEndMs) {
        if (responses.saying(itemId)) {
            responses.cancel(null);
            stop();
        }
        items.truncate(itemId, contentIndex, audioEndMs);
    }

    // ---- What Gemini sends --------------------------------------------------------------------------------------

    @Override
    public void message(ControlEvent message) {
        stream.take(message);
    }

    /** Functions were called. */
    void called() {
        audio.hold(model.holdsAudioInCalls() && tools.open());
    }

    /** Somebody has interrupted the model, or the model itself. */
    void cutIn() {
        if (audio.live()) {
            responses.newTurn();
            user.starts();
        }
        responses.silence();
    }

    @Override
    public void answers() {
        if (user.open() || (!tools.open() && !patience.waiting())) {
            user.answered();
        }
    }

    @Override
    public ObjectNode response(ResponseWish wish, String id, String conversationId) {
        return wish.response(id, conversationId, changes.inForce());
    }

    @Override
    public boolean speaks() {
        return changes.inForce().speaks();
    }

    @Override
    public void ended(boolean whole) {
        results.ended();
        if (whole) {
            uplink.sound();
        }
        if (!pending.isEmpty()) {
            mentionLater();
        }
        uplink.quiet();
    }

    /** Nothing has come for a long time that was asked for. */
    private void impatient(Patience.Step step) {
        switch (step) {
            case NUDGE -> pending.nudge();
            case RENEW -> uplink.renew();
            case GIVE_UP -> {
                if (responses.active()) {
                    responses.lost("provider_stalled", "Gemini did not answer.");
                } else {
                    outlet.error(
                            ErrorDetail.server(
                                    "provider_stalled", "Gemini did not answer what was said last; say it again."),
                            null);
                }
            }
        }
    }

    // ---- What the way to Gemini asks for ------------------------------------------------------------------------

    @Override
    public void opened() {
        host.opened();
        changes.tell(EventType.SESSION_CREATED);
        if (model.textInput() == GeminiModel.TextInput.CONTENT) {
            work.later(uplink::start, IDLE);
        }
    }

    /** Adds what was said before this session. */
    void seed(List<ObjectNode> history) {
        for (ObjectNode item : history) {
            try {
                create(item, null);
            } catch (Refused refused) {
                outlet.error(refused.detail(), null);
            }
        }
    }

    @Override
    public void batchEnd() {
        host.batchEnd();
    }

    @Override
    public void writable() {
        host.changed();
    }

    @Override
    public ObjectNode setup(@Nullable String handle) {
        boolean history = model.initialHistory() && handle == null && (ready ? !conversation.isEmpty() : seeds);
        tools.setUp();
        return changes.setup(handle, history);
    }

    @Override
    public boolean outdated() {
        return changes.outdated();
    }

    @Override
    public boolean changing() {
        return changes.waiting();
    }

    @Override
    public List<ObjectNode> history(boolean answered) {
        tools.forget();
        audio.hold(false);
        List<ObjectNode> turns = conversation.history();
        List<ObjectNode> messages = new ArrayList<>();
        if (!turns.isEmpty()) {
            messages.add(Messages.content(turns, model.initialHistory() || answered));
        }
        if (answered && model.initialHistory()) {
            messages.add(
                    model.textInput() == GeminiModel.TextInput.CONTENT
                            ? Messages.content(List.of(Messages.turn("user", Messages.text(model.nudge()))), true)
                            : Messages.realtimeText(model.nudge()));
        }
        return messages;
    }

    @Override
    public boolean quiet() {
        return !responses.active() && !tools.open() && !tools.collected() && !user.open();
    }

    @Override
    public void interrupted() {
        responses.lost("provider_lost", "The connection to Gemini broke while it answered.");
    }

    @Override
    public void ready() {
        ready = true;
        tools.ready().forEach(results::tell);
        changes.ready();
        if (audio.manual() != changes.inForce().manual()) {
            // What waits was meant for the other way of finding turns, and would be refused.
            uplink.dropAudio();
            audio.manual(!audio.manual());
        }
        if (tools.collected() && patience.waiting()) {
            giveResults();
        }
        patience.resume();
    }

    @Override
    public void notRenewed() {
        changes.refused();
    }

    @Override
    public void ended(CloseReason why) {
        patience.end();
        host.ended(why);
    }

    @Override
    public BufferBudget.Account room() {
        return host.room();
    }
}
