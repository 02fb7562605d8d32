package dev.parley.testkit.turns;

import dev.parley.ConversationListener;
import dev.parley.RealtimeSession;
import dev.parley.Turn;
import dev.parley.VoiceAgent;
import dev.parley.agent.AgentSession;
import dev.parley.agent.Relay;
import dev.parley.leg.BufferBudget;
import dev.parley.leg.CloseReason;
import dev.parley.protocol.Bytes;
import dev.parley.protocol.Event;
import dev.parley.protocol.EventScanner;
import dev.parley.protocol.Json;
import dev.parley.session.GatewayMeter;
import dev.parley.session.LiveSession;
import dev.parley.session.Participant;
import dev.parley.session.SessionLimits;
import dev.parley.session.SessionListener;
import dev.parley.session.SessionTerms;
import dev.parley.testkit.MemoryLeg;
import dev.parley.testkit.MemoryProvider;
import dev.parley.testkit.VirtualLane;
import dev.parley.turn.ResponseWish;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A session of an agent in virtual time, with both of its peers in the hands of a test. */
final class Talk implements SessionListener, ConversationListener {
    final VirtualLane lane;
    final MemoryLeg client;
    final MemoryLeg provider;
    final LiveSession session;
    private final Participant participant;
    private final EventScanner scanner = new EventScanner();
    /** The turns that were told, and at the end the transcript. */
    final BlockingQueue<Turn> told = new LinkedBlockingQueue<>();

    final BlockingQueue<List<Turn>> transcripts = new LinkedBlockingQueue<>();

    @Nullable
    CloseReason end;

    /** A session with this configuration of turn detection: JSON, or {@code null}. */
    Talk(long seed, String turnDetection) {
        this(seed, turnDetection, true);
    }

    Talk(long seed, String turnDetection, boolean agent) {
        lane = new VirtualLane(seed);
        MemoryProvider memory = new MemoryProvider("memory", Duration.ZERO);
        client = new MemoryLeg(lane, Duration.ZERO);
        VoiceAgent voice = VoiceAgent.builder().listener(this).build();
        Participant.Factory made = agent ? AgentSession.of(voice) : Relay::new;
        Participant[] joined = new Participant[1];
        Participant.Factory participant = floor -> joined[0] = made.join(floor);
        session = LiveSession.begin(
                SessionTerms.of("client", voice.config(), SessionLimits.DEFAULT, participant),
                client,
                memory,
                lane,
                new GatewayMeter(new BufferBudget(64 << 20)),
                this);
        this.participant = joined[0];
        client.link(session.clientLink());
        provider = memory.legs().getFirst();
        provider.open();
        lane.run();
        says("{'type':'session.created','session':{'type':'realtime','audio':{'input':{'transcription':{'model':'t'},"
                + "'turn_detection':" + turnDetection + "},'output':{'format':{'type':'audio/pcm','rate':24000}}}}}");
    }

    /** An event in JSON, with {@code '} for quotes. */
    Event event(String json) {
        return scanner.scan(Bytes.utf8(json.replace('\'', '"')));
    }

    /** The provider sends events, in one batch. */
    void says(String... events) {
        for (String json : events) {
            provider.arrive(event(json));
        }
        lane.run();
    }

    /** The client sends events. */
    void sends(String... events) {
        for (String json : events) {
            client.arrive(event(json));
        }
        lane.run();
    }

    /** The agent wants a response. */
    void wants(ResponseWish wish) {
        participant.want(wish);
        lane.run();
    }

    void passes(long ms) {
        lane.advance(Duration.ofMillis(ms));
    }

    /** The provider begins a response with one item of audio. */
    void answer(String response, String item) {
        says(
                "{'type':'response.created','response':{'id':'" + response + "','conversation_id':'conv'}}",
                "{'type':'response.output_item.added','response_id':'" + response + "','item':{'id':'" + item
                        + "','type':'message','role':'assistant','content':[]}}",
                "{'type':'conversation.item.added','previous_item_id':null,'item':{'id':'" + item
                        + "','type':'message','role':'assistant','status':'in_progress','content':[]}}");
    }

    /** The provider sends audio of an item: PCM at 24 kHz. */
    void audio(String item, int ms) {
        says("{'type':'response.output_audio.delta','item_id':'" + item + "','content_index':0,'delta':'"
                + Base64.getEncoder().encodeToString(new byte[48 * ms]) + "'}");
    }

    /** The provider ends a response. */
    void done(String response, String item, String status, String text) {
        String content = "[{'type':'output_audio','transcript':'" + text + "'}]";
        says(
                "{'type':'response.output_audio_transcript.done','item_id':'" + item
                        + "','content_index':0,'transcript':'" + text + "'}",
                "{'type':'conversation.item.done','item':{'id':'" + item
                        + "','type':'message','role':'assistant','status':'completed','content':" + content + "}}",
                "{'type':'response.done','response':{'id':'" + response + "','conversation_id':'conv','status':'"
                        + status
                        + "','output':[{'id':'" + item + "','type':'message','role':'assistant','content':" + content
                        + "}]}}");
    }

    /** What has gone to a peer. */
    static List<ObjectNode> sent(MemoryLeg to) {
        List<ObjectNode> all = new ArrayList<>();
        for (Event event : to.sent()) {
            all.add(Json.parse(event.wire()));
        }
        return all;
    }

    /** What has gone to a peer of one type. */
    static List<ObjectNode> sent(MemoryLeg to, String type) {
        return sent(to).stream()
                .filter(event -> event.path("type").asString("").equals(type))
                .toList();
    }

    /** The next turn that the listener is told of, on whatever thread that is. */
    Turn nextTurn() throws InterruptedException {
        Turn turn = told.poll(10, TimeUnit.SECONDS);
        if (turn == null) {
            throw new AssertionError("no turn was told");
        }
        return turn;
    }

    /** The transcript that the listener is told of at the end. */
    List<Turn> transcript() throws InterruptedException {
        List<Turn> transcript = transcripts.poll(10, TimeUnit.SECONDS);
        if (transcript == null) {
            throw new AssertionError("no transcript was told");
        }
        return transcript;
    }

    @Override
    public void turn(RealtimeSession which, Turn turn) {
        told.add(turn);
    }

    @Override
    public void ended(RealtimeSession which, List<Turn> transcript) {
        transcripts.add(transcript);
    }

    @Override
    public void began(LiveSession which) {}

    @Override
    public void ended(LiveSession which, CloseReason why) {
        end = why;
    }
}
