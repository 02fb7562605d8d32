package dev.parley.testkit.functional;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.parley.VoiceAgent;
import dev.parley.guardrail.BlockedPhrases;
import dev.parley.guardrail.Guardrail;
import dev.parley.guardrail.Moderation;
import dev.parley.protocol.Json;
import dev.parley.testkit.Caller;
import dev.parley.testkit.FakeConnection;
import dev.parley.testkit.Script;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Guardrails over real sockets: what they hold back, and the moderation endpoint that one of them asks. */
class GuardrailTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    /** An endpoint that flags what holds the word "secret". */
    private static HttpServer moderation() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/moderations", exchange -> {
            ObjectNode asked = Json.parse(exchange.getRequestBody().readAllBytes());
            ObjectNode answer = Json.object();
            answer.putArray("results")
                    .addObject()
                    .put("flagged", asked.path("input").asString().contains("secret"));
            byte[] body = answer.toString().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static String event(String json) {
        return json.replace('\'', '"');
    }

    /** Words and 300 ms of audio before them. */
    private static void says(FakeConnection provider, String words) throws Exception {
        provider.send(event(
                "{'type':'response.output_audio.delta','response_id':'r','item_id':'i','content_index':0,'delta':'"
                        + "A".repeat(19_200) + "'}"));
        provider.send(event(
                "{'type':'response.output_audio_transcript.delta','response_id':'r','item_id':'i','content_index':0,'delta':'"
                        + words + "'}"));
    }

    /** The next message of a type that the provider gets. */
    private static ObjectNode received(FakeConnection provider, String type) throws Exception {
        while (true) {
            ObjectNode event = Json.parse(provider.receive().getBytes(StandardCharsets.UTF_8));
            if (event.path("type").asString().equals(type)) {
                return event;
            }
        }
    }

    @Test
    void anAnswerIsHeardAsFarAsTheModerationEndpointAllows() throws Exception {
        HttpServer endpoint = moderation();
        try (Moderation moderation = Moderation.builder()
                        .baseUrl("http://127.0.0.1:" + endpoint.getAddress().getPort() + "/v1")
                        .at(List.of(Guardrail.Point.OUTPUT))
                        .say("Let us talk of the weather.")
                        .build();
                Gateway gateway = Gateway.before(
                        Script.accept(),
                        options -> options.agent(VoiceAgent.builder()
                                .path("/guarded")
                                .guardrail(moderation)
                                .build()));
                Caller caller = Caller.connect(gateway.uri("/guarded"))) {
            FakeConnection provider = gateway.provider.next(SOON);
            provider.send(event("{'type':'response.created','response':{'id':'r','conversation_id':'c'}}"));
            provider.send(
                    event(
                            "{'type':'response.output_item.added','response_id':'r','item':{'id':'i','type':'message','role':'assistant'}}"));
            says(provider, "All is well.");
            caller.next("response.output_audio.delta");
            says(provider, " The secret is out.");
            received(provider, "response.cancel");
            provider.send(
                    event(
                            "{'type':'response.done','response':{'id':'r','conversation_id':'c','status':'cancelled','output':[]}}"));
            assertThat(received(provider, "response.create")
                            .at("/response/instructions")
                            .asString())
                    .endsWith("Let us talk of the weather.");
            ObjectNode next = caller.next();
            while (!next.path("type").asString().equals("response.done")) {
                assertThat(next.toString()).doesNotContain("secret").doesNotContain("output_audio.delta");
                next = caller.next();
            }
        } finally {
            endpoint.stop(0);
        }
    }

    @Test
    void whatTheUserMayNotSayIsTakenOut() throws Exception {
        VoiceAgent agent = VoiceAgent.builder()
                .path("/guarded")
                .guardrail(BlockedPhrases.builder().phrase("secret").say("No.").build())
                .build();
        try (Gateway gateway = Gateway.before(Script.accept(), options -> options.agent(agent));
                Caller caller = Caller.connect(gateway.uri("/guarded"))) {
            FakeConnection provider = gateway.provider.next(SOON);
            assertThat(received(provider, "session.update")
                            .at("/session/audio/input/turn_detection/create_response")
                            .asBoolean(true))
                    .isFalse();
            caller.send(event("{'type':'input_audio_buffer.commit'}")).send(event("{'type':'response.create'}"));
            received(provider, "input_audio_buffer.commit");
            provider.send(event("{'type':'input_audio_buffer.committed','item_id':'u1'}"));
            provider.send(
                    event(
                            "{'type':'conversation.item.input_audio_transcription.completed','item_id':'u1','transcript':'The secret!'}"));
            ObjectNode deleted = Json.parse(provider.receive().getBytes(StandardCharsets.UTF_8));
            assertThat(deleted.path("type").asString()).isEqualTo("conversation.item.delete");
            assertThat(received(provider, "response.create")
                            .at("/response/instructions")
                            .asString())
                    .endsWith("No.");
            assertThat(caller.next("error").at("/error/code").asString()).isEqualTo("blocked_by_guardrail");
        }
    }
}
