package dev.parley.testkit.functional;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.RealtimeSessionConfig;
import dev.parley.access.ClientAccess;
import dev.parley.access.ClientKey;
import dev.parley.lane.Lane;
import dev.parley.leg.Leg;
import dev.parley.leg.LegListener;
import dev.parley.provider.Calls;
import dev.parley.provider.Capabilities;
import dev.parley.provider.RealtimeProvider;
import dev.parley.provider.Start;
import dev.parley.testkit.Caller;
import dev.parley.testkit.Script;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A key's places come back, whatever goes wrong. */
class SeatTest {
    private static final String KEY = "pk-one-0123456789";

    private static Gateway gateway() {
        ClientKey one = new ClientKey("one", ClientKey.digest(KEY), Optional.empty(), OptionalInt.of(1));
        ClientAccess access = new ClientAccess(List.of(one), Map.of(), false);
        Gateway gateway = Gateway.before(Script.accept(), options -> options.access(access));
        gateway.module.addProvider(new Broken());
        return gateway;
    }

    @Test
    void ofASessionThatCannotBegin() {
        try (Gateway gateway = gateway()) {
            assertThat(Caller.refusal(gateway.uri("/v1/realtime?provider=broken"), "api-key", KEY))
                    .isEqualTo(500);
            Awaitility.await().until(() -> Caller.refusal(gateway.uri("/v1/realtime?model=m"), "api-key", KEY) == 101);
        }
    }

    @Test
    void ofACallThatCannotBePlaced() throws Exception {
        try (Gateway gateway = gateway()) {
            for (int i = 0; i < 2; i++) {
                assertThat(place(gateway, "refused").statusCode()).isEqualTo(502);
            }
        }
    }

    @Test
    void ofACallWhoseSessionCannotBegin() throws Exception {
        try (Gateway gateway = gateway()) {
            assertThat(place(gateway, "placed").statusCode()).isEqualTo(201);
            Awaitility.await().until(() -> place(gateway, "placed").statusCode() == 201);
        }
    }

    @Test
    void ofTheGatewayAsAWhole() {
        try (Gateway gateway = Gateway.before(Script.accept(), options -> options.maxSessions(1))) {
            try (Caller caller = gateway.plain()) {
                assertThat(Caller.refusal(gateway.uri("/v1/realtime?model=m"))).isEqualTo(503);
                caller.send("{\"type\":\"a\"}");
            }
            Awaitility.await().until(() -> Caller.refusal(gateway.uri("/v1/realtime?model=m")) == 101);
            assertThat(gateway.module.service().metrics().refusals().get("gateway_full"))
                    .isPositive();
        }
    }

    private static HttpResponse<String> place(Gateway gateway, String how) throws Exception {
        return Rest.post(
                gateway,
                "/v1/realtime/calls?provider=broken",
                "v=0\r\ns=" + how + "\r\n",
                "api-key",
                KEY,
                "Content-Type",
                "application/sdp");
    }

    /** A provider whose code fails. */
    private static final class Broken implements RealtimeProvider, Calls {
        @Override
        public String name() {
            return "broken";
        }

        @Override
        public String defaultModel() {
            return "m";
        }

        @Override
        public Capabilities capabilities(String model) {
            throw new IllegalStateException("broken");
        }

        @Override
        public Leg connect(RealtimeSessionConfig config, Start start, Lane lane, LegListener listener) {
            throw new IllegalStateException("broken");
        }

        @Override
        public Optional<Calls> calls() {
            return Optional.of(this);
        }

        @Override
        public CompletableFuture<Answer> place(String offer, RealtimeSessionConfig config) {
            if (offer.contains("s=refused")) {
                throw new IllegalStateException("broken");
            }
            return CompletableFuture.completedFuture(new Answer.Placed("rtc_broken", "v=0\r\n"));
        }

        @Override
        public CompletableFuture<Void> hangUp(String callId) {
            return new CompletableFuture<>();
        }
    }
}
