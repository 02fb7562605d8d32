package dev.parley.console.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.RealtimeModule;
import dev.parley.RealtimeModuleOptions;
import dev.parley.RealtimeSessionConfig;
import dev.parley.agent.Relay;
import dev.parley.leg.BufferBudget;
import dev.parley.leg.CloseReason;
import dev.parley.session.GatewayMeter;
import dev.parley.session.LiveSession;
import dev.parley.session.SessionLimits;
import dev.parley.session.SessionListener;
import dev.parley.session.SessionTerms;
import dev.parley.testkit.MemoryLeg;
import dev.parley.testkit.MemoryProvider;
import dev.parley.testkit.VirtualLane;
import dev.parley.watch.Watch;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What is kept of the past, and of many sessions at once. */
class HistoryTest implements SessionListener {
    @Override
    public void began(LiveSession session) {}

    @Override
    public void ended(LiveSession session, CloseReason why) {}

    @Test
    void keepsAnHourOfSeconds() {
        try (RealtimeModule module = RealtimeModule.forRoot(
                RealtimeModuleOptions.builder().environment(Map.of()).build())) {
            History history = new History(module.service(), module.service().watch(), new Rates());
            for (int i = 0; i < History.MOST + 100; i++) {
                history.sample(i * 1_000L);
            }
            JsonNode samples = history.json().path("samples");
            assertThat(samples.size()).isEqualTo(3_600);
            assertThat(samples.get(0).path("at").asLong()).isEqualTo(100_000);
            assertThat(samples.get(3_599).path("at").asLong()).isEqualTo(3_699_000);
            assertThat(samples.get(0).at("/added_us/p50").isNull()).isTrue();
            assertThat(samples.get(0).at("/added_us/n").asInt()).isZero();
        }
    }

    @Test
    void showsTheNewestOfManySessionsAndForgetsAllThatEnd() {
        VirtualLane lane = new VirtualLane(3);
        GatewayMeter meter = new GatewayMeter(new BufferBudget(64 << 20));
        Watch watch = new Watch(meter);
        MemoryProvider provider = new MemoryProvider("memory", Duration.ZERO);
        for (int i = 0; i < 620; i++) {
            MemoryLeg client = new MemoryLeg(lane, Duration.ZERO);
            SessionTerms terms =
                    SessionTerms.of("client-" + i, RealtimeSessionConfig.EMPTY, SessionLimits.DEFAULT, Relay::new);
            client.link(LiveSession.begin(watch.observed(terms), client, provider, lane, meter, this)
                    .clientLink());
        }
        Rates rates = new Rates();
        rates.read(watch.newest(SessionList.MOST), 1);
        JsonNode list = new SessionList(watch, rates).json();
        assertThat(list.path("total").asInt()).isEqualTo(620);
        assertThat(list.path("sessions").size()).isEqualTo(500);
        assertThat(list.at("/sessions/0/client_id").asString()).isEqualTo("client-619");
        assertThat(list.at("/sessions/499/client_id").asString()).isEqualTo("client-120");
        assertThat(list.at("/sessions/0/state").asString()).isEqualTo("connecting");
        watch.newest(1_000).forEach(session -> session.close());
        lane.run();
        lane.advance(Duration.ofSeconds(1));
        assertThat(new SessionList(watch, rates).json().toString()).isEqualTo("{\"total\":0,\"sessions\":[]}");
    }
}
