package dev.parley.browser.inspect;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.browser.BrowserTest;
import dev.parley.browser.Gateways;
import dev.parley.browser.Speech;
import dev.parley.browser.TalkView;
import dev.parley.browser.Visit;
import dev.parley.testkit.conformance.Conformance;
import dev.parley.testkit.conformance.Recording;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A conversation that goes on: all of it is here, and it can be kept. */
@BrowserTest
class LiveTest {
    private static final Pattern MEASURED = Pattern.compile("^[0-9.]+ m?s$");

    @Test
    void aConversationIsSeenKeptAndSeenAgain(Visit visit, @TempDir Path folder) throws Exception {
        TalkView talk = new TalkView(visit.open(Gateways.embedded().url()));
        talk.begin();
        visit.microphone().say(Speech.of(Speech.LIGHT));
        visit.ear().awaitSound(0);
        talk.awaitState("listening");
        InspectView inspect = new InspectView(visit.page()).show();
        assertThat(inspect.part("tools-table")).containsText("set_light");
        assertThat(inspect.fact("Latency, last")).hasText(MEASURED);
        assertThat(inspect.part("cost")).hasText("free");
        visit.page().locator(".tabs a[href='#talk']").click();
        talk.end();
        inspect.show();
        String latency = inspect.fact("Latency, last").innerText();
        String tokens = inspect.fact("Tokens").innerText();

        Path kept = Files.copy(inspect.export(), folder.resolve("kept.jsonl"));
        assertThat(Conformance.check(Recording.read(kept)).differences()).isEmpty();

        inspect.load(kept);
        assertThat(inspect.fact("Latency, last")).hasText(latency);
        assertThat(inspect.fact("Tokens")).hasText(tokens);
        assertThat(inspect.part("tools-table")).containsText("set_light");
        inspect.part("replay").click();
        visit.ear().awaitSound(0);
    }
}
