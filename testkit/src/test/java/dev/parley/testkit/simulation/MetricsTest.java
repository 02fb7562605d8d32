package dev.parley.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.RealtimeMetrics;
import dev.parley.RealtimeSessionConfig;
import dev.parley.agent.Relay;
import dev.parley.leg.BufferBudget;
import dev.parley.leg.CloseReason;
import dev.parley.leg.Failure;
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

/** What is measured of a session, in virtual time. */
class MetricsTest implements SessionListener {
    private final VirtualLane lane = new VirtualLane(1);
    private final GatewayMeter meter = new GatewayMeter(new BufferBudget(64 << 20));
    private final MemoryProvider provider = new MemoryProvider("memory", Duration.ZERO);
    private final MemoryLeg client = new MemoryLeg(lane, Duration.ZERO);
    private final LiveSession session = LiveSession.begin(
            SessionTerms.of("client", RealtimeSessionConfig.EMPTY, SessionLimits.DEFAULT, Relay::new),
            client,
            provider,
            lane,
            meter,
            this);

    @Override
    public void began(LiveSession which) {}

    @Override
    public void ended(LiveSession which, CloseReason why) {}

    private MemoryLeg opened() {
        client.link(session.clientLink());
        MemoryLeg leg = provider.legs().getFirst();
        leg.open();
        lane.run();
        return leg;
    }

    private static Event event(String json) {
        return new EventScanner().scan(Bytes.utf8(json));
    }

    private static Event delta(int quads) {
        return event("{\"type\":\"response.output_audio.delta\",\"item_id\":\"i\",\"delta\":\"" + "AAAA".repeat(quads)
                + "\"}");
    }

    @Test
    void anEventThatWaitedHasItsOwnTime() {
        MemoryLeg leg = opened();
        leg.arrive(delta(1), delta(1), delta(1));
        lane.run();
        assertThat(meter.read().toClient().latency().events()).isEqualTo(3);
        assertThat(meter.read().toClient().latency().max()).isZero();
        client.writable(false);
        leg.arrive(delta(1));
        lane.advance(Duration.ofSeconds(2));
        leg.arrive(delta(1));
        lane.advance(Duration.ofSeconds(1));
        client.writable(true);
        lane.run();
        RealtimeMetrics.Latency latency = meter.read().toClient().latency();
        assertThat(latency.events()).isEqualTo(5);
        assertThat(latency.sum()).isEqualTo(Duration.ofSeconds(4).toNanos());
        assertThat(latency.max()).isEqualTo(Duration.ofSeconds(3).toNanos());
        client.arrive(event("{\"type\":\"future\"}"));
        lane.run();
        assertThat(meter.read().toProvider().latency().events()).isOne();
    }

    @Test
    void eachWayIsCountedByItself() {
        MemoryLeg leg = opened();
        leg.arrive(delta(16_000), delta(16_000), event("{\"type\":\"rate_limits.updated\"}"));
        client.arrive(event("{\"type\":\"future\"}"));
        lane.run();
        RealtimeMetrics read = meter.read();
        assertThat(read.toClient().events()).isEqualTo(3);
        assertThat(read.toClient().audioEvents()).isEqualTo(2);
        assertThat(read.toClient().audioMillis()).isEqualTo(2_000);
        assertThat(read.toProvider().events()).isOne();
        assertThat(read.toProvider().bytes()).isEqualTo("{\"type\":\"future\"}".length());
        assertThat(read.sessions().live()).isOne();
        client.end(CloseReason.of(Failure.CLIENT_LOST, "gone"));
        lane.advance(Duration.ofSeconds(10));
        assertThat(meter.read().sessions())
                .isEqualTo(new RealtimeMetrics.Sessions(
                        0, 1, meter.read().sessions().ended()));
        assertThat(meter.read().sessions().ended()).containsEntry("client_lost", 1L);
        assertThat(meter.read().toClient().events()).isEqualTo(3);
    }

    @Test
    void pausesAndDropsAreCounted() {
        MemoryLeg leg = opened();
        client.writable(false);
        leg.arrive(delta(200_000), delta(200_000));
        lane.run();
        assertThat(leg.reading()).isFalse();
        assertThat(meter.read().providerPauses()).isEqualTo(new RealtimeMetrics.Pauses(1, 1, 0));
        lane.advance(Duration.ofSeconds(5));
        client.writable(true);
        lane.run();
        assertThat(meter.read().providerPauses())
                .isEqualTo(
                        new RealtimeMetrics.Pauses(1, 0, Duration.ofSeconds(5).toNanos()));
        client.writable(false);
        leg.arrive(delta(1), delta(1));
        lane.run();
        session.handle().interrupt();
        leg.arrive(event("{\"type\":\"rate_limits.updated\"}"));
        lane.run();
        client.end(CloseReason.of(Failure.CLIENT_LOST, "gone"));
        lane.run();
        assertThat(meter.read().toClient().dropped()).isEqualTo(new RealtimeMetrics.Dropped(0, 2, 1));
        assertThat(meter.read().clientPauses().begun()).isZero();
    }

    @Test
    void anEventForWhichTheClientsOutboxHasNoRoomIsCounted() {
        MemoryLeg leg = opened();
        client.writable(false);
        leg.arrive(delta(5_000_000), delta(5_000_000));
        lane.advance(Duration.ofSeconds(10));
        assertThat(meter.read().sessions().ended()).containsEntry("client_too_slow", 1L);
        assertThat(meter.read().toClient().dropped()).isEqualTo(new RealtimeMetrics.Dropped(1, 0, 1));
    }
}
