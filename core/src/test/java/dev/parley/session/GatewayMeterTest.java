package dev.parley.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.RealtimeMetrics;
import dev.parley.RealtimeSessionConfig;
import dev.parley.leg.BufferBudget;
import dev.parley.leg.Failure;
import dev.parley.protocol.Bytes;
import dev.parley.protocol.Event;
import dev.parley.protocol.EventScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class GatewayMeterTest {
    private static final int LANES = 3;
    private static final int SESSIONS = 4_000;

    private final GatewayMeter meter = new GatewayMeter(new BufferBudget(1_000));
    private final Event event = new EventScanner().scan(Bytes.utf8("{\"type\":\"a\"}"));

    private void sessions() {
        for (int i = 0; i < SESSIONS; i++) {
            SessionMeter session = new SessionMeter(RealtimeSessionConfig.EMPTY);
            meter.began(session);
            session.sent.count(event);
            session.received.count(event);
            session.received.count(event);
            meter.ended(session, Failure.CLIENT_LOST);
        }
    }

    @Test
    void neverGoesBackWhileSessionsEndAndLosesNothing() {
        List<CompletableFuture<Void>> lanes = new ArrayList<>();
        for (int i = 0; i < LANES; i++) {
            lanes.add(CompletableFuture.runAsync(this::sessions));
        }
        CompletableFuture<Void> all = CompletableFuture.allOf(lanes.toArray(CompletableFuture[]::new));
        RealtimeMetrics before = meter.read();
        while (!all.isDone()) {
            RealtimeMetrics now = meter.read();
            assertThat(now.toClient().events())
                    .isGreaterThanOrEqualTo(before.toClient().events());
            assertThat(now.toProvider().bytes())
                    .isGreaterThanOrEqualTo(before.toProvider().bytes());
            assertThat(now.sessions().begun())
                    .isGreaterThanOrEqualTo(before.sessions().begun());
            assertThat(now.sessions().live()).isNotNegative();
            before = now;
        }
        RealtimeMetrics end = meter.read();
        assertThat(end.toProvider().events()).isEqualTo(LANES * SESSIONS);
        assertThat(end.toClient().events()).isEqualTo(2 * LANES * SESSIONS);
        assertThat(end.sessions().live()).isZero();
        assertThat(end.sessions().ended()).containsEntry("client_lost", (long) LANES * SESSIONS);
    }

    @Test
    void countsRefusalsOfUnknownCodesTogether() {
        meter.refused("invalid_api_key");
        for (int i = 0; i < 100; i++) {
            meter.refused("a provider's own " + i);
        }
        RealtimeMetrics read = meter.read();
        assertThat(read.refusals()).containsEntry("invalid_api_key", 1L).containsEntry("other", 100L);
        assertThat(read.refusals()).hasSize(GatewayMeter.REFUSALS.size());
    }
}
