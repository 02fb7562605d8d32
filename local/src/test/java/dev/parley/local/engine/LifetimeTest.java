package dev.parley.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.leg.Failure;
import org.junit.jupiter.api.Test;

/** The end of a session's time. */
class LifetimeTest {
    private static final long HOUR = 3_600_000;

    @Test
    void aSessionSaysWhenItExpiresAndDoes() {
        Rig rig = Rig.started();
        long expires = rig.events.getFirst().path("session").path("expires_at").asLong();
        assertThat(expires).isEqualTo(1_700_000_000L + 3_600);
        rig.advance(HOUR - 1);
        assertThat(rig.closed).isNull();
        assertThat(rig.events).hasSize(1);

        rig.advance(1);
        assertThat(rig.types()).containsExactly("error");
        assertThat(rig.error().path("code").asString()).isEqualTo("session_expired");
        assertThat(rig.error().path("type").asString()).isEqualTo("invalid_request_error");
        assertThat(rig.closed).isNotNull().satisfies(why -> {
            assertThat(why.code()).isEqualTo(1001);
            assertThat(why.failure()).isEqualTo(Failure.PROVIDER_CLOSED);
            assertThat(why.text()).isEqualTo("Your session hit the maximum duration of 60 minutes.");
        });
        assertThat(rig.released).isEqualTo(1);
        assertThat(rig.lane.waiting()).isZero();
        rig.respond().advance(HOUR);
        assertThat(rig.types()).isEmpty();
    }

    @Test
    void whateverItIsDoing() {
        Rig rig = Rig.with("'audio':{'input':{'turn_detection':{'type':'server_vad','idle_timeout_ms':5000}}}");
        rig.advance(HOUR - 1_000);
        rig.fakes.mind = (request, sink) -> sink.text("This takes longer to say than what is sent ahead.");
        rig.respond().audio(200, false).advance(5_000);
        assertThat(rig.closed).isNotNull();
        assertThat(rig.all("response.done")).isEmpty();
        assertThat(rig.lane.waiting()).isZero();
    }
}
