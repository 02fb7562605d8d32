package dev.parley.browser.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.browser.BrowserTest;
import dev.parley.browser.Gateways;
import dev.parley.browser.Gateways.Scripted;
import dev.parley.browser.Visit;
import dev.parley.browser.Wire.Passed;
import dev.parley.testkit.assistant.ScriptedAssistant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A gateway that goes away in the middle of an answer. */
@BrowserTest
class ReconnectTest {
    private static final String ANSWER = "word ".repeat(60).strip() + ".";

    private static Scripted speaking(Visit visit, String options) {
        Scripted gateway = Gateways.scripted(
                new ScriptedAssistant(new ScriptedAssistant.Part("something", ANSWER, "endless", "{}")));
        visit.tolerate("WebSocket").tolerate("ERR_CONNECTION_REFUSED");
        ClientPage.connect(visit, gateway.url(), "", options);
        visit.page().evaluate("() => p.sendText('Go on.')");
        visit.ear().awaitSound(0);
        visit.until("a second is heard", "rig.heardFor(1)");
        return gateway;
    }

    @Test
    void theNextSessionKnowsWhatWasSaid(Visit visit) {
        try (Scripted gateway = speaking(visit, "{ microphone: false, session: { instructions: 'Be brief.' } }")) {
            gateway.stop();
            gateway.startAgain();
            visit.until("connected again", "log.some(told => told.resumed)");
            visit.wire().awaitSent("conversation.item.create", 3);
            List<Passed> settings = visit.wire().sent("session.update");
            assertThat(settings.getLast().event().path("session"))
                    .isEqualTo(settings.getFirst().event().path("session"));
            List<JsonNode> told = visit.wire().sent("conversation.item.create").stream()
                    .skip(1)
                    .map(passed -> passed.event().path("item"))
                    .toList();
            assertThat(told.getFirst().at("/content/0/text").asString()).isEqualTo("Go on.");
            // The answer of 12 s had come whole: it plays on, and will have been heard.
            assertThat(told.getLast().at("/content/0/text").asString()).isEqualTo(ANSWER);
            double resumed = visit.ear().now();
            visit.ear().awaitSound(resumed);
        }
    }

    @Test
    void itGivesUp(Visit visit) {
        try (Scripted gateway = speaking(visit, "{ microphone: false, reconnect: 1 }")) {
            gateway.stop();
            visit.until("given up", "log.some(told => told.name === 'close')");
            assertThat(visit.wire().opened()).isEqualTo(2);
            assertThat(visit.ask("() => log.findLast(told => told.name === 'error').code")
                            .asString())
                    .isEqualTo("gateway_unreachable");
            visit.until("the sound is over", "rig.ear.contexts().every(state => state === 'closed')");
        }
    }
}
