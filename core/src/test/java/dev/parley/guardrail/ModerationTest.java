package dev.parley.guardrail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.dialect.Dialect;
import dev.parley.lane.Lane;
import dev.parley.lane.SerialLane;
import dev.parley.leg.Leg;
import dev.parley.leg.LegListener;
import dev.parley.protocol.Bytes;
import dev.parley.protocol.Json;
import dev.parley.transport.Connector;
import dev.parley.transport.HttpCall;
import dev.parley.transport.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModerationTest {
    /** OpenAI's shape, shortened. */
    private static final String ANSWER = """
            {"id":"modr-1","model":"omni-moderation-latest","results":[{"flagged":FLAGGED,
            "categories":{"violence":true,"hate":false},"category_scores":{"violence":0.6,"hate":0.01}}]}""";

    private static final class Endpoint implements Connector {
        private final CompletableFuture<HttpResponse> answer;
        private HttpCall call =
                new HttpCall("", java.net.URI.create("x:/"), Map.of(), Bytes.utf8(""), java.time.Duration.ZERO, 0);

        private Endpoint(CompletableFuture<HttpResponse> answer) {
            this.answer = answer;
        }

        @Override
        public Leg connect(Dial dial, Dialect dialect, Lane lane, LegListener listener) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletableFuture<HttpResponse> exchange(HttpCall made) {
            call = made;
            return answer;
        }

        @Override
        public Lane newLane() {
            return new SerialLane();
        }

        @Override
        public void close() {}
    }

    private static Endpoint answering(int status, String body) {
        return new Endpoint(CompletableFuture.completedFuture(new HttpResponse(status, Map.of(), Bytes.utf8(body))));
    }

    private static Verdict asked(Moderation.Builder builder, Endpoint endpoint) throws Exception {
        try (Moderation moderation = builder.connector(endpoint).build()) {
            return verdict(moderation);
        }
    }

    private static Verdict verdict(Moderation moderation) throws Exception {
        return moderation.verdict("some words");
    }

    @Test
    void asksAsTheEndpointWantsIt() throws Exception {
        Endpoint endpoint = answering(200, ANSWER.replace("FLAGGED", "false"));
        assertThat(asked(Moderation.builder().baseUrl("http://127.0.0.1:1/v1/").key("sk-marker"), endpoint))
                .isEqualTo(Verdict.ALLOW);
        assertThat(endpoint.call.uri()).hasToString("http://127.0.0.1:1/v1/moderations");
        assertThat(endpoint.call.headers()).containsEntry("Authorization", "Bearer sk-marker");
        assertThat(Json.parse(endpoint.call.body()))
                .isEqualTo(Json.object().put("model", "omni-moderation-latest").put("input", "some words"));
        assertThat(Moderation.builder()
                        .key("sk-marker")
                        .connector(endpoint)
                        .build()
                        .toString())
                .doesNotContain("marker");
    }

    @ParameterizedTest
    @CsvSource({
        "true,,-1,true",
        "false,,-1,false",
        "false,violence,-1,true",
        "true,hate,-1,false",
        "false,,0.5,true",
        "true,,0.7,false",
        "true,hate,0.5,false",
        "true,hate,0.005,true"
    })
    void blocksWhatIsFlagged(String flagged, String category, double threshold, boolean blocked) throws Exception {
        Moderation.Builder builder = Moderation.builder().say("No.");
        if (category != null) {
            builder.categories(List.of(category));
        }
        if (threshold >= 0) {
            builder.threshold(threshold);
        }
        assertThat(asked(builder, answering(200, ANSWER.replace("FLAGGED", flagged))))
                .isEqualTo(blocked ? Verdict.block("No.") : Verdict.ALLOW);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"results\":[]}",
                "{\"results\":[{}]}",
                "[1]",
                "nonsense",
                "{\"results\":[{\"flagged\":\"no\"}]}"
            })
    void failsOnWhatIsNoAnswer(String body) {
        assertThatThrownBy(() -> asked(Moderation.builder(), answering(200, body)))
                .hasMessageNotContaining("some words");
    }

    @Test
    void failsWithoutAnAnswer() {
        assertThatThrownBy(() -> asked(Moderation.builder(), answering(500, ANSWER.replace("FLAGGED", "false"))))
                .hasMessageContaining("HTTP 500");
        Endpoint silent = new Endpoint(CompletableFuture.failedFuture(new IllegalStateException("some words")));
        assertThatThrownBy(() -> asked(Moderation.builder(), silent)).hasMessageNotContaining("some words");
        assertThatThrownBy(() -> asked(
                        Moderation.builder().categories(List.of("unknown")),
                        answering(200, ANSWER.replace("FLAGGED", "false"))))
                .hasMessageContaining("'unknown'");
        assertThatThrownBy(() -> Moderation.builder().baseUrl("api.openai.com").build())
                .hasMessageContaining("https://");
    }
}
