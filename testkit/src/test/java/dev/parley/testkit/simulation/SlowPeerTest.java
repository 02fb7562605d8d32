package dev.parley.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Clients and providers that are slow to read, or stop, in each state of a session; in virtual time. */
class SlowPeerTest implements SessionListener {
    private static final int BIG = 50_000;

    private final VirtualLane lane = new VirtualLane(1);
    private final BufferBudget budget = new BufferBudget(32 << 20);
    private final GatewayMeter meter = new GatewayMeter(budget);
    private final MemoryProvider provider = new MemoryProvider("memory", Duration.ZERO);
    private final List<CloseReason> ends = new ArrayList<>();

    @Override
    public void began(LiveSession session) {}

    @Override
    public void ended(LiveSession session, CloseReason why) {
        ends.add(why);
    }

    private MemoryLeg client() {
        MemoryLeg client = new MemoryLeg(lane, Duration.ZERO);
        LiveSession session = LiveSession.begin(
                SessionTerms.of("client", RealtimeSessionConfig.EMPTY, SessionLimits.DEFAULT, Relay::new),
                client,
                provider,
                lane,
                meter,
                this);
        return client.link(session.clientLink());
    }

    private MemoryLeg opened() {
        MemoryLeg leg = provider.legs().getLast();
        leg.open();
        lane.run();
        return leg;
    }

    private static Event event(String json) {
        return new EventScanner().scan(Bytes.utf8(json));
    }

    private static Event delta(int size) {
        return event(
                "{\"type\":\"response.output_audio.delta\",\"item_id\":\"i\",\"delta\":\"" + "A".repeat(size) + "\"}");
    }

    private static Event append(int size) {
        return event("{\"type\":\"input_audio_buffer.append\",\"audio\":\"" + "A".repeat(size) + "\"}");
    }

    /** The provider sends as long as it is read, as a socket does. */
    private int flood(MemoryLeg from) {
        int many = 0;
        while (from.reading() && many < 2_000) {
            from.arrive(delta(BIG));
            lane.run();
            many++;
        }
        return many;
    }

    private static String last(MemoryLeg leg) {
        Bytes wire = leg.sent().getLast().wire();
        return wire.text(0, wire.length());
    }

    private void nothingLeft() {
        assertThat(budget.used()).isZero();
        assertThat(lane.waiting()).isZero();
    }

    @Test
    void aClientThatTakesNothingEndsWithTheProviderClosedAndTheErrorInItsSocket() {
        MemoryLeg client = client();
        MemoryLeg leg = opened();
        client.writable(false);
        assertThat(flood(leg)).isLessThan(30);
        lane.advance(Duration.ofSeconds(29));
        assertThat(client.closeReason()).isEmpty();
        lane.advance(Duration.ofSeconds(5));
        assertThat(leg.closeReason()).isPresent();
        assertThat(client.closeReason().orElseThrow().failure()).isEqualTo(Failure.CLIENT_TOO_SLOW);
        assertThat(client.closeReason().orElseThrow().code()).isEqualTo(1008);
        assertThat(client.sent()).hasSize(1);
        assertThat(last(client)).contains("client_too_slow");
        nothingLeft();
    }

    @Test
    void aClientThatTakesALittleNowAndThenIsOnlyWaitedFor() {
        MemoryLeg client = client();
        MemoryLeg leg = opened();
        client.writable(false);
        flood(leg);
        for (int i = 0; i < 60; i++) {
            lane.advance(Duration.ofSeconds(20));
            client.take(1);
        }
        assertThat(client.closeReason()).isEmpty();
        assertThat(leg.reading()).isFalse();
        client.writable(true);
        lane.run();
        assertThat(leg.reading()).isTrue();
        assertThat(budget.used()).isZero();
        client.writable(false);
        lane.advance(Duration.ofSeconds(40));
        assertThat(ends).hasSize(1).first().extracting(CloseReason::failure).isEqualTo(Failure.CLIENT_TOO_SLOW);
        nothingLeft();
    }

    @Test
    void aClientThatStopsForLessThanTheLimitLosesNothing() {
        MemoryLeg client = client();
        MemoryLeg leg = opened();
        client.writable(false);
        int many = flood(leg);
        lane.advance(Duration.ofSeconds(25));
        client.writable(true);
        lane.run();
        assertThat(client.sent()).hasSize(many);
        lane.advance(Duration.ofMinutes(5));
        assertThat(client.closeReason()).isEmpty();
    }

    @Test
    void aProviderThatTakesNothingEndsTheSessionAndOneThatIsSlowDoesNot() {
        MemoryLeg client = client();
        MemoryLeg leg = opened();
        leg.writable(false);
        for (int i = 0; i < 60 && client.reading(); i++) {
            client.arrive(append(BIG));
            lane.run();
        }
        assertThat(client.reading()).isFalse();
        for (int i = 0; i < 20; i++) {
            lane.advance(Duration.ofSeconds(20));
            leg.take(1);
        }
        assertThat(ends).isEmpty();
        lane.advance(Duration.ofSeconds(40));
        assertThat(last(client)).contains("provider_stalled");
        lane.advance(Duration.ofSeconds(10));
        assertThat(ends).hasSize(1).first().extracting(CloseReason::failure).isEqualTo(Failure.PROVIDER_STALLED);
        nothingLeft();
    }

    @Test
    void whatWaitsWhenTheProviderClosesStillReachesAClientThatMoves() {
        MemoryLeg client = client();
        MemoryLeg leg = opened();
        client.writable(false);
        int many = flood(leg);
        leg.end(CloseReason.of(Failure.PROVIDER_LOST, "broken"));
        for (int i = 0; i < 11; i++) {
            lane.advance(Duration.ofSeconds(4));
            client.take(1);
        }
        client.writable(true);
        lane.run();
        assertThat(client.sent()).hasSize(many + 1);
        assertThat(last(client)).contains("provider_lost");
        assertThat(client.closeReason()).isPresent();
        nothingLeft();
    }

    @Test
    void aClientThatMovesForEverDoesNotKeepAnEndedSessionForEver() {
        MemoryLeg client = client();
        MemoryLeg leg = opened();
        client.writable(false);
        flood(leg);
        leg.end(CloseReason.of(Failure.PROVIDER_LOST, "broken"));
        for (int i = 0; i < 20; i++) {
            lane.advance(Duration.ofSeconds(4));
            client.take(1);
        }
        assertThat(client.closeReason()).isPresent();
        assertThat(last(client)).contains("provider_lost");
        nothingLeft();
    }

    @Test
    void aClientThatTakesNothingAtTheEndHoldsNoMemory() {
        MemoryLeg client = client();
        MemoryLeg leg = opened();
        client.writable(false);
        flood(leg);
        leg.end(CloseReason.of(Failure.PROVIDER_LOST, "broken"));
        lane.advance(Duration.ofSeconds(6));
        assertThat(client.sent()).hasSize(1);
        assertThat(last(client)).contains("provider_lost");
        nothingLeft();
    }

    @Test
    void aClientThatReadsNoneOfItsErrorsWhileTheProviderIsDialledIsBounded() {
        MemoryLeg client = client();
        client.writable(false);
        Event event = event("{\"type\":\"future.event\",\"x\":\"" + "y".repeat(BIG) + "\"}");
        for (int i = 0; i < 2_000 && ends.isEmpty(); i++) {
            client.arrive(event);
            lane.run();
            assertThat(budget.used()).isLessThan(25 << 20);
        }
        lane.advance(Duration.ofSeconds(20));
        assertThat(last(client)).contains("provider_timeout");
        nothingLeft();
    }

    @Test
    void aSlowClientCostsAnotherSessionOfTheSameLoopNoTurn() {
        MemoryLeg slow = client();
        MemoryLeg slowLeg = opened();
        MemoryLeg fast = client();
        MemoryLeg fastLeg = opened();
        slow.writable(false);
        int taken = flood(slowLeg);
        // What the slow one may have is bounded by the mark, and then it is no longer read at all.
        assertThat(taken * BIG).isLessThan((1 << 20) + 2 * BIG);
        int timers = lane.waiting();
        for (int i = 1; i <= 1_000; i++) {
            fastLeg.arrive(delta(10));
            lane.run();
            assertThat(fast.sent()).hasSize(i);
        }
        assertThat(slow.sent()).isEmpty();
        assertThat(lane.waiting()).isEqualTo(timers);
        assertThat(fastLeg.reading()).isTrue();
        assertThat(meter.read().toClient().latency().max()).isZero();
    }

    @Test
    void manySlowClientsLeaveRoomForOneMore() {
        List<MemoryLeg> slow = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            MemoryLeg client = client();
            client.writable(false);
            flood(opened());
            slow.add(client);
        }
        assertThat(slow.stream().filter(each -> each.closeReason().isPresent())).isEmpty();
        MemoryLeg client = client();
        MemoryLeg leg = opened();
        client.writable(false);
        leg.arrive(delta(BIG));
        lane.run();
        assertThat(client.closeReason()).isEmpty();
        client.writable(true);
        lane.run();
        assertThat(client.sent()).hasSize(1);
    }
}
