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
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One session with Gemini Live, wired: what the client sends goes to the parts that know of it, and what Gemini sends, too.
 * Lane only.
 */
final class GeminiSession implements Owner, Responses.Owner, Patience.Watched {
    /** What the leg does for its session. */
    interface Host {
        void opened();

        /** The client was told of the session. */
        void created();

        void batchEnd();

        /** Whether more can be sent may have changed. */
        void changed();

        void ended(CloseReason why);

        BufferBudget.Account room();
    }

    /** How long a connection is left without a setup, which says whether key and model are right. */
    private static final Duration IDLE = Duration.ofSeconds(1);

    private static final String SAY = "Say exactly the following, word for word, and nothing else: ";

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
    private final Mentions mentions;
    private final Memory memory;
    private final ToolResults results;
    private final ClientItems items;
    private final Changes changes;
    private final Patience patience;
    private final ModelStream stream;

    private boolean created;
    private boolean ready;

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
        mentions = new Mentions(pending, responses, uplink, work);
        memory = new Memory(model, conversation, changes, tools);
        results = new ToolResults(
                tools, conversation, items, pending, work, this::giveResults, mentions::later, responses::active);
        patience = new Patience(work, model, this);
        stream = new ModelStream(this, responses, user, tools, uplink, patience);
        audio.manual(settings.manual());
    }

    Uplink uplink() {
        return uplink;
    }

    ClientItems items() {
        return items;
    }

    /** Whether audio can go on at once, without a word to the client. */
    boolean passes() {
        return created && !audio.manual() && pending.isEmpty();
    }

    void append(AudioEvent event) {
        if (!pending.isEmpty() && !audio.manual()) {
            mentions.now();
        }
        audio.append(event);
    }

    void commit() {
        audio.check();
        if (audio.manual()) {
            byte[] pcm = audio.take();
            pending.check(pcm.length);
            pending.add(pcm);
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
        mentions.later();
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

    /**
     * The client asks for a response.
     *
     * @param words that it is to say; null: it answers
     */
    void respond(ObjectNode response, @Nullable String words) {
        ResponseWish asked = ResponseWish.of(response, changes.inForce());
        ResponseWish wish = words == null ? asked : new ResponseWish(SAY + words, asked.metadata());
        if (results.claimed()) {
            // The model goes on already.
            if (!responses.active()) {
                responses.create(wish);
            }
            return;
        }
        responses.check();
        responses.create(wish);
        mentions.stop();
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
        mentions.seeds(true);
        pending.ask(wish.instructions());
        user.asked();
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

    /** Functions were called, or are no longer. */
    void settled() {
        audio.hold(model.holdsAudioInCalls() && tools.open());
        results.settled();
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
        if (user.open() || (!tools.open() && !patience.waiting() && !results.volunteered())) {
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
            uplink.resumption().sound();
        }
        if (!pending.isEmpty()) {
            mentions.later();
        }
        uplink.quiet();
    }

    @Override
    public boolean able() {
        return uplink.ready() && !tools.open();
    }

    @Override
    public void impatient(Patience.Step step) {
        switch (step) {
            case NUDGE -> pending.nudge();
            case RENEW -> uplink.renewNow();
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

    @Override
    public void opened() {
        host.opened();
        changes.tell(EventType.SESSION_CREATED);
        host.created();
        created = true;
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
        return memory.setup(handle, ready, mentions.seeds());
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
        return memory.history(answered);
    }

    @Override
    public boolean quiet() {
        return !responses.active() && !tools.open() && !tools.collected() && !user.open();
    }

    @Override
    public void interrupted(boolean lost) {
        if (!lost && (responses.awaited() || !responses.active())) {
            return;
        }
        patience.end();
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
        audio.hold(model.holdsAudioInCalls() && tools.open());
        if (patience.resume()) {
            pending.nudge();
        }
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
