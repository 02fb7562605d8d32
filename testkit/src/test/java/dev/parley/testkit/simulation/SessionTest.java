package dev.parley.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.RealtimeSessionConfig;
import dev.parley.agent.Relay;
import dev.parley.leg.BufferBudget;
import dev.parley.leg.CloseReason;
import dev.parley.protocol.Bytes;
import dev.parley.protocol.Event;
import dev.parley.protocol.EventScanner;
import dev.parley.session.GatewayMeter;
import dev.parley.session.LiveSession;
import dev.parley.session.SessionLimits;
import dev.parley.session.SessionListener;
import dev.parley.session.SessionTerms;
import dev.parley.testkit.MemoryLeg;
import dev.parley.testkit.MemoryProvider;
import dev.parley.testkit.VirtualLane;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Single sessions in virtual time, each in a state that is hard to meet by chance. */
class SessionTest implements SessionListener {
    private static final RealtimeSessionConfig BRIEF =
            RealtimeSessionConfig.builder().instructions("Be brief.").build();
    private final VirtualLane lane = new VirtualLane(1);
    private final MemoryProvider provider = new MemoryProvider("memory", Duration.ZERO);
    private final MemoryLeg client = new MemoryLeg(lane, Duration.ZERO);
    private final EventScanner scanner = new EventScanner();

    @Override
    public void began(LiveSession session) {}

    @Override
    public void ended(LiveSession session, CloseReason why) {}

    private LiveSession begin(RealtimeSessionConfig config, SessionLimits limits, long budget) {
        LiveSession session = LiveSession.begin(
                SessionTerms.of("client", config, limits, Relay::new),
                client,
                provider,
                lane,
                new GatewayMeter(new BufferBudget(budget)),
                this);
        client.link(session.clientLink());
        return session;
    }

    private Event scan(String json) {
        return scanner.scan(Bytes.utf8(json));
    }

    private Event audio(int size) {
        return scan("{\"type\":\"input_audio_buffer.append\",\"audio\":\"" + "A".repeat(size) + "\"}");
    }

    private MemoryLeg opened() {
        MemoryLeg leg = provider.legs().getFirst();
        leg.open();
        lane.run();
        return leg;
    }

    private long told(String code) {
        return client.sent().stream()
                .map(event -> event.wire().text(0, event.wire().length()))
                .filter(json -> json.contains(code))
                .count();
    }

    @Test
    void aClientThatWasSlowBeforeAnInterruptIsNotTakenForStuckLater() {
        LiveSession session = begin(RealtimeSessionConfig.EMPTY, SessionLimits.DEFAULT, 1 << 20);
        MemoryLeg leg = opened();
        client.writable(false);
        leg.arrive(scan("{\"type\":\"response.output_audio.delta\",\"item_id\":\"i\",\"delta\":\"AAAA\"}"));
        lane.run();
        session.handle().interrupt();
        lane.run();
        client.writable(true);
        lane.advance(Duration.ofMinutes(1));
        assertThat(client.closeReason()).isEmpty();
        assertThat(lane.waiting()).isZero();
    }

    @Test
    void eachRunOfDroppedAudioIsTold() {
        begin(
                RealtimeSessionConfig.EMPTY,
                SessionLimits.builder()
                        .dialBuffer(10_000)
                        .outbox(10_000)
                        .highWater(10_000)
                        .build(),
                1 << 20);
        MemoryLeg leg = opened();
        for (int run = 1; run <= 2; run++) {
            leg.writable(false);
            client.arrive(audio(6_000), audio(6_000), audio(6_000));
            lane.run();
            assertThat(told("input_buffer_full")).isEqualTo(run);
            leg.writable(true);
            lane.run();
        }
        assertThat(leg.sent()).hasSize(2);
    }

    @Test
    void theSessionsConfigurationGoesOutAndIsCountedThoughTheBudgetIsUsedUp() {
        LiveSession session = begin(BRIEF, SessionLimits.DEFAULT, 10);
        MemoryLeg leg = opened();
        assertThat(leg.sent()).hasSize(1);
        assertThat(session.handle().stats().eventsSent()).isOne();
    }

    @Test
    void manyTinyEventsDoNotTakeMuchMoreMemoryThanIsCounted() {
        begin(RealtimeSessionConfig.EMPTY, SessionLimits.DEFAULT, 100_000);
        Event tiny = scan("{\"type\":\"a\"}");
        for (int i = 0; i < 2_000; i++) {
            client.arrive(tiny);
        }
        lane.run();
        assertThat(told("input_buffer_full")).isPositive();
    }
}
