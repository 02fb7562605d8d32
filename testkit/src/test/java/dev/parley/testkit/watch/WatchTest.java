package dev.parley.testkit.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.parley.RealtimeSessionConfig;
import dev.parley.VoiceAgent;
import dev.parley.agent.AgentSession;
import dev.parley.agent.Relay;
import dev.parley.leg.BufferBudget;
import dev.parley.leg.CloseReason;
import dev.parley.leg.Failure;
import dev.parley.protocol.Bytes;
import dev.parley.protocol.Event;
import dev.parley.protocol.EventScanner;
import dev.parley.session.GatewayMeter;
import dev.parley.session.LiveSession;
import dev.parley.session.Participant;
import dev.parley.session.SessionLimits;
import dev.parley.session.SessionListener;
import dev.parley.session.SessionTerms;
import dev.parley.testkit.MemoryLeg;
import dev.parley.testkit.MemoryProvider;
import dev.parley.testkit.VirtualLane;
import dev.parley.watch.ObservedSession;
import dev.parley.watch.Said;
import dev.parley.watch.Watch;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is seen of a session from outside, in virtual time. */
class WatchTest implements SessionListener {
    /** 100 ms at 24 kHz. */
    private static final String AUDIO = Base64.getEncoder().encodeToString(new byte[4_800]);

    private final VirtualLane lane = new VirtualLane(7);
    private final Watch watch = new Watch(new GatewayMeter(new BufferBudget(64 << 20)));
    private final MemoryProvider memory = new MemoryProvider("memory", Duration.ZERO);
    private final MemoryLeg client = new MemoryLeg(lane, Duration.ZERO);
    private final EventScanner scanner = new EventScanner();

    @Override
    public void began(LiveSession session) {}

    @Override
    public void ended(LiveSession session, CloseReason why) {}

    private ObservedSession begin(Participant.Factory participant) {
        SessionTerms terms = SessionTerms.of("client", RealtimeSessionConfig.EMPTY, SessionLimits.DEFAULT, participant);
        LiveSession session = LiveSession.begin(
                watch.observed(terms), client, memory, lane, new GatewayMeter(new BufferBudget(64 << 20)), this);
        client.link(session.clientLink());
        return watch.session(session.id()).orElseThrow();
    }

    private ObservedSession live(Participant.Factory participant) {
        ObservedSession session = begin(participant);
        assertThat(session.state()).isEqualTo(ObservedSession.State.CONNECTING);
        memory.legs().getFirst().open();
        lane.run();
        says("{'type':'session.created','session':{'type':'realtime','model':'m-1','audio':{'input':{'turn_detection':"
                + "{'type':'server_vad','silence_duration_ms':500}}}}}");
        return session;
    }

    private void says(String... events) {
        for (String json : events) {
            memory.legs().getFirst().arrive(scanner.scan(Bytes.utf8(json.replace('\'', '"'))));
        }
        lane.run();
    }

    private void sends(String json) {
        client.arrive(scanner.scan(Bytes.utf8(json.replace('\'', '"'))));
        lane.run();
    }

    private void item(String id, String role, String content) {
        says("{'type':'conversation.item.added','item':{'id':'" + id + "','type':'message','role':'" + role
                + "','content':[" + content + "]}}");
    }

    private void audio(String item) {
        says("{'type':'response.output_audio.delta','response_id':'r','item_id':'" + item
                + "','output_index':0,'content_index':0,'delta':'" + AUDIO + "'}");
    }

    private void words(String item, String delta) {
        says("{'type':'response.output_audio_transcript.delta','item_id':'" + item + "','content_index':0,'delta':'"
                + delta + "'}");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void measuresFromTheEndOfSpeechToTheFirstAudioDelivered(boolean agent) {
        ObservedSession session =
                live(agent ? AgentSession.of(VoiceAgent.builder().name("desk").build()) : Relay::new);
        assertThat(session.state()).isEqualTo(ObservedSession.State.LIVE);
        assertThat(session.model()).isEqualTo("m-1");
        assertThat(session.agent().orElse("none")).isEqualTo(agent ? "desk" : "none");

        says("{'type':'input_audio_buffer.speech_started','item_id':'u1'}");
        assertThat(session.speaking()).isEqualTo(ObservedSession.Speaker.USER);
        says("{'type':'input_audio_buffer.speech_stopped','item_id':'u1'}");
        assertThat(session.speaking()).isEqualTo(ObservedSession.Speaker.NOBODY);
        item("u1", "user", "{'type':'input_audio'}");
        item("a1", "assistant", "");
        lane.advance(Duration.ofMillis(300));
        audio("a1");
        audio("a1");
        // 500 ms of silence were waited for before the provider said that speech had ended.
        assertThat(session.voiceToVoice().last()).hasValue(800_000_000L);
        assertThat(session.voiceToVoice().count()).isEqualTo(1);
        assertThat(watch.voiceToVoice().all()).isEqualTo(1);
        assertThat(session.turns()).isEqualTo(1);
        assertThat(session.speaking()).isEqualTo(ObservedSession.Speaker.MODEL);
        lane.advance(Duration.ofMillis(199));
        assertThat(session.speaking()).isEqualTo(ObservedSession.Speaker.MODEL);
        lane.advance(Duration.ofMillis(1));
        assertThat(session.speaking()).isEqualTo(ObservedSession.Speaker.NOBODY);
    }

    @Test
    void measuresFromTheClientsCommitToo() {
        ObservedSession session = live(Relay::new);
        sends("{'type':'input_audio_buffer.commit'}");
        says("{'type':'input_audio_buffer.committed','item_id':'u'}");
        lane.advance(Duration.ofMillis(120));
        audio("a1");
        assertThat(session.voiceToVoice().last()).hasValue(120_000_000L);
        sends("{'type':'input_audio_buffer.commit'}");
        says("{'type':'input_audio_buffer.committed','item_id':'u'}");
        says("{'type':'input_audio_buffer.speech_started','item_id':'u2'}");
        audio("a2");
        assertThat(session.voiceToVoice().count()).isEqualTo(1);
    }

    @Test
    void makesNothingForAnEventWithAudio() {
        Participant[] outermost = new Participant[1];
        SessionTerms terms = SessionTerms.of("client", RealtimeSessionConfig.EMPTY, SessionLimits.DEFAULT, Relay::new);
        Participant.Factory observed = watch.observed(terms).participant();
        LiveSession.begin(
                terms.with(floor -> outermost[0] = observed.join(floor)),
                client,
                memory,
                lane,
                new GatewayMeter(new BufferBudget(64 << 20)),
                this);
        Event audio = scanner.scan(Bytes.utf8("{\"type\":\"response.output_audio.delta\",\"item_id\":\"a1\","
                + "\"content_index\":0,\"delta\":\"" + AUDIO + "\"}"));
        for (int i = 0; i < 20_000; i++) {
            outermost[0].delivered(audio);
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 100_000; i++) {
            outermost[0].delivered(audio);
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
    }

    @Test
    void measuresWhatReachesTheClientAndNotWhatWaitsForIt() {
        ObservedSession session = live(Relay::new);
        sends("{'type':'input_audio_buffer.commit'}");
        says("{'type':'input_audio_buffer.committed','item_id':'u'}");
        client.writable(false);
        audio("a1");
        assertThat(session.voiceToVoice().count()).isZero();
        lane.advance(Duration.ofMillis(900));
        client.writable(true);
        lane.run();
        assertThat(session.voiceToVoice().last()).hasValue(900_000_000L);
    }

    @Test
    void keepsWhatIsSaidWithMarkupAsItIs() {
        ObservedSession session = live(Relay::new);
        AtomicInteger told = new AtomicInteger();
        Runnable stop = session.watch(told::incrementAndGet);
        item("u1", "user", "{'type':'input_audio'}");
        item("a1", "assistant", "");
        says("{'type':'conversation.item.input_audio_transcription.completed','item_id':'u1','content_index':0,"
                + "'transcript':'<b>hello</b>'}");
        words("a1", "good ");
        long known = session.revision();
        words("a1", "day");
        assertThat(told.get()).isEqualTo(5);
        stop.run();
        assertThat(session.said(known)).extracting(Said::text).containsExactly("good day");
        assertThat(session.said(0)).extracting(Said::text).containsExactly("<b>hello</b>", "good day");
        says("{'type':'conversation.item.truncated','item_id':'a1','content_index':0,'audio_end_ms':100}");
        assertThat(session.said(0).getLast().interrupted()).isTrue();
        assertThat(session.said(0).getLast().done()).isTrue();
        assertThat(told.get()).isEqualTo(5);
        assertThat(session.said(0).getLast().toString()).doesNotContain("good");
    }

    @Test
    void forgetsTheOldestAndCutsWhatIsLong() {
        ObservedSession session = live(Relay::new);
        for (int i = 0; i < 300; i++) {
            item("u" + i, "user", "{'type':'input_text','text':'number " + i + "'}");
        }
        assertThat(session.turns()).isEqualTo(300);
        assertThat(session.said(0)).hasSize(200);
        assertThat(session.said(0).getFirst().text()).isEqualTo("number 100");
        for (int i = 0; i < 20; i++) {
            item("long" + i, "user", "{'type':'input_text','text':'" + "x".repeat(10_000) + "'}");
        }
        List<Said> kept = session.said(0);
        assertThat(kept.getLast().text()).hasSize(8_192);
        assertThat(kept.stream().mapToInt(said -> said.text().length()).sum()).isLessThanOrEqualTo(65_536);
    }

    @Test
    void countsErrorsAndUsage() {
        ObservedSession session = live(Relay::new);
        assertThat(session.usage()).isEmpty();
        says("{'type':'response.done','response':{'id':'r','usage':{'input_tokens':3,'output_tokens':4}}}");
        says("{'type':'response.done','response':{'id':'r2','usage':{'input_tokens':10,'output_tokens':20}}}");
        assertThat(session.usage()).contains(new ObservedSession.Usage(13, 24));
        says("{'type':'error','error':{'type':'server_error','code':'x','message':'m'}}");
        // One that Parley tells by itself.
        sends("{'type':'input_audio_buffer.append'}");
        assertThat(session.errors()).isEqualTo(2);
    }

    @Test
    void endsASessionAndForgetsIt() {
        ObservedSession session = live(Relay::new);
        assertThat(watch.newest(10)).containsExactly(session);
        session.close();
        lane.run();
        lane.advance(Duration.ofSeconds(1));
        assertThat(client.closeReason().orElseThrow().failure()).isEqualTo(Failure.ENDED_BY_OPERATOR);
        assertThat(client.closeReason().orElseThrow().code()).isEqualTo(1008);
        assertThat(client.sent()
                        .getLast()
                        .wire()
                        .text(0, client.sent().getLast().wire().length()))
                .contains("ended_by_operator");
        assertThat(session.end().orElseThrow().failure()).isEqualTo(Failure.ENDED_BY_OPERATOR);
        assertThat(session.state()).isEqualTo(ObservedSession.State.ENDING);
        assertThat(watch.count()).isZero();
        assertThat(watch.newest(10)).isEmpty();
        assertThat(watch.session(session.id())).isEmpty();
    }
}
