package dev.parley.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.Json;
import dev.parley.testkit.conformance.Recording.Exchange;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What is told of exchanges that come out otherwise; {@link ReplayTest} makes those that do not. */
class ExchangesTest {
    private static List<Exchange> recorded(String file) throws Recording.UnreadableException {
        return Recording.read(Path.of("src", "test", "resources", "recordings", file))
                .exchanges();
    }

    private static Exchanges.Outcome made(List<Exchange> exchanges) {
        return Exchanges.of(new Recording("a/b", "a", new ArrayList<Recording.Line>(exchanges)));
    }

    private static Exchange withResponse(Exchange of, String path, String field, String value) {
        ObjectNode response = of.response().deepCopy().asObject();
        response.withObject(path).put(field, value);
        return new Exchange(of.request(), response);
    }

    @Test
    void tellsWhichFieldOfASessionIsOther() throws Exception {
        Exchange secret = recorded("client-secret.jsonl").getFirst();
        Exchange other = withResponse(secret, "/parsed_body/session/audio/output", "voice", "ash");
        assertThat(made(List.of(other)).differences())
                .extracting(Difference::toString)
                .containsExactly("exchange 1 to the client, POST /v1/realtime/client_secrets:"
                        + " session.audio.output.voice has another value");
    }

    @Test
    void tellsThatAnAnswerHasAnotherStatus() throws Exception {
        Exchange call = recorded("call.jsonl").getFirst();
        ObjectNode request = call.request().deepCopy().asObject();
        request.put("body", "no offer")
                .withObject("/headers")
                .putArray("content-type")
                .add("application/sdp");
        assertThat(made(List.of(new Exchange(request, call.response()))).differences())
                .extracting(Difference::toString)
                .containsExactly("exchange 1 to the client, POST /v1/realtime/calls: status was 201 and is 400");
    }

    @Test
    void notesWhatTheGatewayDoesNotHave() {
        ObjectNode request = Json.object().put("method", "GET").put("uri", "https://example.com/v1/models");
        Exchanges.Outcome outcome = made(List.of(new Exchange(request, Json.object())));
        assertThat(outcome.replayed()).isZero();
        assertThat(outcome.differences()).isEmpty();
        assertThat(outcome.notes()).containsExactly("exchange 1 was not replayed: the gateway has no GET /v1/models");
    }
}
