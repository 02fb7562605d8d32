package dev.parley.browser.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.browser.BrowserTest;
import dev.parley.browser.Gateways;
import dev.parley.browser.Gateways.Scripted;
import dev.parley.browser.Visit;
import dev.parley.browser.Wire.Passed;
import dev.parley.testkit.assistant.ScriptedAssistant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Tools that run in the page. */
@BrowserTest
class ToolsTest {
    private static final Scripted GATEWAY = Gateways.scripted(
            new ScriptedAssistant(new ScriptedAssistant.Part("something", "one two.", "endless", "{\"n\":1}")));

    @AfterAll
    static void stop() {
        GATEWAY.close();
    }

    @Test
    void twoCallsOfWhichOneThrowsAreAnsweredOnce(Visit visit) {
        ClientPage.connect(visit, GATEWAY.url(), "", """
                { microphone: false, tools: [
                  { name: 'weather_rome', run: ({ n }) => ({ sunny: n }) },
                  { name: 'weather_oslo', run: () => { throw new Error('The thermometer is broken.'); } } ] }""");
        visit.page().evaluate("() => p.sendText('weather please')");
        visit.wire().awaitReceived("response.done", 2);
        visit.ear().awaitSound(0);
        List<String> outputs = visit.wire().sent("conversation.item.create").stream()
                .map(Passed::event)
                .map(event -> event.path("item").path("output").asString(""))
                .filter(output -> !output.isEmpty())
                .toList();
        assertThat(outputs).containsExactlyInAnyOrder("{\"sunny\":1}", "{\"error\":\"The thermometer is broken.\"}");
        // One for the text, one for both results.
        assertThat(visit.wire().sent("response.create")).hasSize(2);
    }
}
