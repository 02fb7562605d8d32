package dev.parley.testkit.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.RealtimeSessionConfig;
import dev.parley.agent.Relay;
import dev.parley.leg.BufferBudget;
import dev.parley.leg.CloseReason;
import dev.parley.protocol.Bytes;
import dev.parley.protocol.EventScanner;
import dev.parley.session.GatewayMeter;
import dev.parley.session.LiveSession;
import dev.parley.session.SessionLimits;
import dev.parley.session.SessionListener;
import dev.parley.session.SessionTerms;
import dev.parley.testkit.MemoryLeg;
import dev.parley.testkit.MemoryProvider;
import dev.parley.testkit.VirtualLane;
import dev.parley.watch.ObservedSession;
import dev.parley.watch.Watch;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A watched session whose answers are cut off, whose waits come to nothing, and whose watch fails. */
class WatchCutsTest implements SessionListener {
    /** 10 s at 24 kHz. */
    private static final String AUDIO = Base64.getEncoder().encodeToString(new byte[480_000]);

    private final VirtualLane lane = new VirtualLane(7);
    private final Watch watch = new Watch(new GatewayMeter(new BufferBudget(64 << 20)));
    private final MemoryProvider memory = new MemoryProvider("memory", Duration.ZERO);
    private final MemoryLeg client = new MemoryLeg(lane, Duration.ZERO);
    private final EventScanner scanner = new EventScanner();
    private final ObservedSession session = begin();

    @Override
    public void began(LiveSession session) {}

    @Override
    public void ended(LiveSession session, CloseReason why) {}

    private ObservedSession begin() {
        SessionTerms terms = SessionTerms.of("client", RealtimeSessionConfig.EMPTY, SessionLimits.DEFAULT, Relay::new);
        LiveSession begun = LiveSession.begin(
                watch.observed(terms), client, memory, lane, new GatewayMeter(new BufferBudget(64 << 20)), this);
        client.link(begun.clientLink());
        memory.legs().getFirst().open();
        lane.run();
        return watch.session(begun.id()).orElseThrow();
    }

    private void says(String json) {
        memory.legs().getFirst().arrive(scanner.scan(Bytes.utf8(json.replace('\'', '"'))));
        lane.run();
    }

    private void sends(String json) {
        client.arrive(scanner.scan(Bytes.utf8(json.replace('\'', '"'))));
        lane.run();
    }

    private void silence(long millis) {
        says("{'type':'session.updated','session':{'audio':{'input':{'turn_detection':{'type':'server_vad',"
                + "'silence_duration_ms':" + millis + "}}}}}");
    }

    private void spoke() {
        says("{'type':'input_audio_buffer.speech_started','item_id':'u'}");
        says("{'type':'input_audio_buffer.speech_stopped','item_id':'u'}");
    }

    private void audio(String item) {
        says("{'type':'response.output_audio.delta','response_id':'r','item_id':'" + item
                + "','output_index':0,'content_index':0,'delta':'" + AUDIO + "'}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'conversation.item.truncated','item_id':'a','content_index':0,'audio_end_ms':100}",
                "{'type':'output_audio_buffer.cleared','response_id':'r'}",
                "{'type':'response.done','response':{'id':'r','status':'cancelled','output':[]}}"
            })
    void nobodySpeaksWhereTheAnswerIsCutOff(String event) {
        audio("a");
        assertThat(session.speaking()).isEqualTo(ObservedSession.Speaker.MODEL);
        says(event);
        assertThat(session.speaking()).isEqualTo(ObservedSession.Speaker.NOBODY);
    }

    @Test
    void aCommitThatIsRefusedIsNotWaitedFor() {
        sends("{'type':'input_audio_buffer.commit'}");
        says("{'type':'error','error':{'type':'invalid_request_error','code':'input_audio_buffer_commit_empty',"
                + "'message':'m'}}");
        audio("a");
        assertThat(session.voiceToVoice().count()).isZero();
    }

    @Test
    void theCommitOfTurnDetectionDoesNotMoveTheEndOfSpeech() {
        silence(500);
        spoke();
        says("{'type':'input_audio_buffer.committed','item_id':'u'}");
        audio("a");
        assertThat(session.voiceToVoice().last()).hasValue(500_000_000L);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anAnswerToATextIsNoneToSpeech(boolean application) {
        spoke();
        if (application) {
            session.sendText("hello");
            lane.run();
        } else {
            sends("{'type':'conversation.item.create','item':{'type':'message','role':'user',"
                    + "'content':[{'type':'input_text','text':'hello'}]}}");
        }
        audio("a");
        assertThat(session.voiceToVoice().count()).isZero();
    }

    @Test
    void theSilenceIsWithinBoundsAndStaysWhereNothingIsSaidOfIt() {
        silence(9_000_000_000_000_000L);
        spoke();
        audio("a1");
        assertThat(session.voiceToVoice().last()).hasValue(10_000_000_000L);
        silence(-700);
        spoke();
        audio("a2");
        assertThat(session.voiceToVoice().last()).hasValue(0);
        silence(500);
        says("{'type':'session.updated','session':{'instructions':'x'}}");
        spoke();
        audio("a3");
        assertThat(session.voiceToVoice().last()).hasValue(500_000_000L);
    }

    @Test
    void aWatchThatFailsEndsNoSession() {
        session.watch(() -> {
            throw new IllegalStateException("of the onlooker");
        });
        spoke();
        audio("a");
        assertThat(session.state()).isEqualTo(ObservedSession.State.LIVE);
        assertThat(client.closeReason()).isEmpty();
        assertThat(client.sent().getLast().type().toString()).contains("audio");
    }
}
