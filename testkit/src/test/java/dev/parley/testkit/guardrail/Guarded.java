package dev.parley.testkit.guardrail;

import dev.parley.RealtimeSession;
import dev.parley.RealtimeSessionConfig;
import dev.parley.VoiceAgent;
import dev.parley.agent.AgentSession;
import dev.parley.guardrail.Guardrail;
import dev.parley.guardrail.Verdict;
import dev.parley.leg.BufferBudget;
import dev.parley.leg.CloseReason;
import dev.parley.protocol.Bytes;
import dev.parley.protocol.Event;
import dev.parley.protocol.EventScanner;
import dev.parley.protocol.Json;
import dev.parley.session.GatewayMeter;
import dev.parley.session.LiveSession;
import dev.parley.session.SessionLimits;
import dev.parley.session.SessionListener;
import dev.parley.session.SessionTerms;
import dev.parley.testkit.MemoryLeg;
import dev.parley.testkit.MemoryProvider;
import dev.parley.testkit.VirtualLane;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A session of an agent with guardrails, in virtual time; the guardrails run on real threads of their own. */
final class Guarded implements SessionListener {
    private static final Duration SOON = Duration.ofSeconds(10);

    final VirtualLane lane = new VirtualLane(1);
    final BufferBudget budget = new BufferBudget(64 << 20);
    final MemoryLeg client = new MemoryLeg(lane, Duration.ZERO);
    final MemoryLeg provider;
    final LiveSession session;
    private final EventScanner scanner = new EventScanner();
    Optional<CloseReason> ended = Optional.empty();

    Guarded(VoiceAgent agent) {
        this(agent, new MemoryProvider("memory", Duration.ZERO));
    }

    Guarded(VoiceAgent agent, MemoryProvider memory) {
        session = LiveSession.begin(
                SessionTerms.of(
                        "client",
                        agent.sessionConfig(RealtimeSessionConfig.EMPTY),
                        SessionLimits.DEFAULT,
                        AgentSession.of(agent)),
                client,
                memory,
                lane,
                new GatewayMeter(budget),
                this);
        client.link(session.clientLink());
        provider = memory.legs().getFirst();
        provider.open();
        lane.run();
    }

    static Guarded by(Guardrail... guardrails) {
        VoiceAgent.Builder agent = VoiceAgent.builder();
        for (Guardrail each : guardrails) {
            agent.guardrail(each);
        }
        return new Guarded(agent.build());
    }

    /** Code of a guardrail. */
    interface Check {
        Verdict of(String text) throws Exception;
    }

    static Guardrail input(Check check) {
        return new Guardrail() {
            @Override
            public Set<Point> points() {
                return Set.of(Point.INPUT);
            }

            @Override
            public Verdict input(String transcript, RealtimeSession session) throws Exception {
                return check.of(transcript);
            }
        };
    }

    static Guardrail output(Check check) {
        return new Guardrail() {
            @Override
            public Set<Point> points() {
                return Set.of(Point.OUTPUT);
            }

            @Override
            public Verdict output(String text, RealtimeSession session) throws Exception {
                return check.of(text);
            }
        };
    }

    @Override
    public void began(LiveSession begun) {}

    @Override
    public void ended(LiveSession over, CloseReason why) {
        ended = Optional.of(why);
    }

    // ---- What the two sides do -------------------------------------------------------------------------------------

    Event scan(String json) {
        return scanner.scan(Bytes.utf8(json.replace('\'', '"')));
    }

    /** The provider tells this; single quotes stand for double ones. */
    Guarded told(String... events) {
        for (String event : events) {
            provider.arrive(scan(event));
            lane.run();
        }
        return this;
    }

    /** The client sends this. */
    Guarded sends(String... events) {
        for (String event : events) {
            client.arrive(scan(event));
            lane.run();
        }
        return this;
    }

    /** The user says something, of which the transcript comes. */
    Guarded says(String itemId, String words) {
        return told(
                "{'type':'input_audio_buffer.committed','item_id':'" + itemId + "'}",
                "{'type':'conversation.item.added','item':{'id':'" + itemId
                        + "','type':'message','role':'user','content':[{'type':'input_audio'}]}}",
                "{'type':'conversation.item.input_audio_transcription.completed','item_id':'" + itemId
                        + "','transcript':'" + words + "'}");
    }

    /** A response begins with an item of the same number. */
    Guarded begins(int number) {
        return told(
                "{'type':'response.created','response':{'id':'r" + number + "','conversation_id':'c','output':[]}}",
                "{'type':'response.output_item.added','response_id':'r" + number + "','item':{'id':'i" + number
                        + "','type':'message','role':'assistant','content':[]}}",
                "{'type':'conversation.item.added','item':{'id':'i" + number
                        + "','type':'message','role':'assistant','content':[]}}");
    }

    Guarded words(int number, String delta) {
        return told("{'type':'response.output_audio_transcript.delta','response_id':'r" + number + "','item_id':'i"
                + number + "','content_index':0,'delta':'" + delta + "'}");
    }

    /** So many ms of audio. */
    Guarded audio(int number, int millis, String id) {
        return told(audioOf(number, millis, id));
    }

    static String audioOf(int number, int millis, String id) {
        return ("{'type':'response.output_audio.delta','event_id':'" + id + "','response_id':'r" + number
                        + "','item_id':'i" + number + "','content_index':0,'delta':'" + "A".repeat(millis * 64) + "'}")
                .replace('\'', '"');
    }

    Guarded transcribed(int number, String all) {
        return told(
                "{'type':'response.output_audio.done','response_id':'r" + number + "','item_id':'i" + number + "'}",
                "{'type':'response.output_audio_transcript.done','response_id':'r" + number + "','item_id':'i" + number
                        + "','content_index':0,'transcript':'" + all + "'}");
    }

    Guarded done(int number, String status, String all) {
        return told("{'type':'response.done','response':{'id':'r" + number + "','conversation_id':'c','status':'"
                + status + "','output':[{'id':'i" + number
                + "','type':'message','role':'assistant','content':[{'type':'output_audio','transcript':'" + all
                + "'}]}]}}");
    }

    // ---- What they see ---------------------------------------------------------------------------------------------

    static List<ObjectNode> seen(MemoryLeg leg) {
        return leg.sent().stream().map(event -> Json.parse(event.wire())).toList();
    }

    static List<ObjectNode> seen(MemoryLeg leg, String type) {
        return seen(leg).stream()
                .filter(event -> event.path("type").asString().equals(type))
                .toList();
    }

    static List<String> types(MemoryLeg leg) {
        return seen(leg).stream().map(event -> event.path("type").asString()).toList();
    }

    /** The requests for responses that the provider got. */
    List<JsonNode> requests() {
        return seen(provider, "response.create").stream()
                .map(event -> event.path("response"))
                .toList();
    }

    /** The ids of the audio that the client got. */
    List<String> heard() {
        return seen(client, "response.output_audio.delta").stream()
                .map(event -> event.path("event_id").asString())
                .toList();
    }

    /** All that the client got, as one text. */
    String all() {
        return String.join("\n", seen(client).stream().map(Object::toString).toList());
    }

    /** Runs the lane until something has come about. */
    void until(Callable<Boolean> what) {
        Awaitility.await()
                .atMost(SOON)
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> {
                    lane.run();
                    return what.call();
                });
    }

    static String all(MemoryLeg leg, String type) {
        return seen(leg, type).toString();
    }

    void until(String type) {
        until(() -> types(client).contains(type));
    }
}
