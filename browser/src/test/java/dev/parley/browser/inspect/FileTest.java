package dev.parley.browser.inspect;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.parley.browser.BrowserTest;
import dev.parley.browser.Gateways;
import dev.parley.browser.Visit;
import dev.parley.protocol.Json;
import dev.parley.testkit.conformance.Conformance;
import dev.parley.testkit.conformance.Recording;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** Recordings that are loaded: what is shown of them, heard of them, and written again. */
@BrowserTest
class FileTest {
    private static final String MODEL = "gpt-realtime";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private static InspectView open(Visit visit) {
        return new InspectView(visit.open(Gateways.embedded().url())).show();
    }

    private InspectView sample(Visit visit, String model) throws IOException {
        return open(visit).load(SampleFile.write(folder, SampleFile.timed(model)));
    }

    @Test
    void saysWhatWillBeHereBeforeAnythingWas(Visit visit) {
        InspectView inspect = open(visit);
        assertThat(visit.page().locator(".inspect")).containsText("Nothing has happened yet");
        assertThat(inspect.part("export")).hasCount(0);
    }

    @Test
    void sumsUpAConversation(Visit visit) throws IOException {
        InspectView inspect = sample(visit, MODEL);
        assertThat(inspect.fact("Latency, last")).hasText("500 ms");
        assertThat(inspect.fact("Interruptions")).hasText("1");
        assertThat(inspect.fact("Errors")).hasText("1");
        assertThat(inspect.fact("Tokens")).hasText("200");
        assertThat(inspect.part("cost")).hasText(SampleFile.COST);
        Locator call = inspect.part("tools-table").locator("tbody tr");
        assertThat(call).containsText("get_weather{\"town\":\"Ulm\"}<img src=x onerror=alert(1)>250 msdone");
        assertThat(inspect.part("usage-table").locator("tfoot")).containsText("604020401030");
    }

    @Test
    void showsMarkupAsText(Visit visit) throws IOException {
        InspectView inspect = sample(visit, MODEL);
        inspect.rows("session.created").click();
        assertThat(inspect.part("event-json")).containsText("<b>Be brief.</b>");
        assertThat(visit.page().locator(".inspect b, .inspect img, .inspect td i"))
                .hasCount(0);
    }

    @Test
    void findsEventsByKindAndText(Visit visit) throws IOException {
        InspectView inspect = sample(visit, MODEL);
        assertThat(inspect.rows("response.output_audio.delta")).hasCount(0);
        inspect.part("log-filter-audio-out").click();
        assertThat(inspect.rows("response.output_audio.delta")).hasCount(10);
        inspect.rows("response.output_audio.delta").first().click();
        assertThat(inspect.part("event-json")).containsText("1,600 bytes, 200 ms");
        inspect.search("FOGGY in ulm");
        assertThat(inspect.part("log-row")).hasCount(1);
        inspect.search("");
        inspect.part("log-filter-received").click();
        assertThat(inspect.rows("response.done")).hasCount(0);
        assertThat(inspect.rows("conversation.item.truncate")).hasCount(1);
    }

    @Test
    void isReadByKeys(Visit visit) throws IOException {
        InspectView inspect = sample(visit, MODEL);
        inspect.part("timeline").focus();
        visit.page().keyboard().press("ArrowRight");
        visit.page().keyboard().press("ArrowRight");
        assertThat(inspect.part("timeline-spot")).containsText("open, on this page");
        visit.page().keyboard().press("Enter");
        assertThat(inspect.part("event-json")).containsText("sess_1");
        inspect.part("log").focus();
        visit.page().keyboard().press("End");
        assertThat(inspect.part("event-json")).containsText("turn_detected");
    }

    @Test
    void soundsAsItDid(Visit visit) throws IOException {
        InspectView inspect = sample(visit, MODEL);
        inspect.part("replay").click();
        visit.ear().awaitSound(0);
        assertThat(inspect.part("replay-captions")).containsText("Is it <i>foggy</i>?");
        assertThat(inspect.part("replay-captions").locator(".unheard")).containsText("in Ulm today.");
        assertThat(inspect.part("replay")).hasText("Play");
        visit.ear().awaitSilence(300);
        // A second of each; another second of the model came and was never played. The ear may miss how it begins.
        assertThat(visit.ear().all().soundingMillis()).isBetween(1400.0, 2200.0);
    }

    @Test
    void writesWhatItRead(Visit visit) throws Exception {
        InspectView inspect = sample(visit, MODEL);
        Path written = Files.copy(inspect.export(), folder.resolve("written.jsonl"));
        assertThat(json(Files.readAllLines(written))).isEqualTo(json(SampleFile.timed(MODEL)));
        assertThat(Conformance.check(Recording.read(written)).differences()).isEmpty();
    }

    private static List<ObjectNode> json(List<String> lines) {
        return lines.stream()
                .map(line -> Json.parse(line.getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    @Test
    void tellsWhichLinesAreBad(Visit visit) throws IOException {
        List<String> lines = new ArrayList<>(SampleFile.timed(MODEL));
        lines.set(3, "{\"dir\":");
        lines.add(5, "[]");
        InspectView inspect = open(visit).load(SampleFile.write(folder, lines));
        assertThat(inspect.part("problems").locator("li"))
                .hasText(new String[] {"Line 4 is no JSON.", "Line 6 is no JSON object."});
        assertThat(inspect.part("cost")).hasText(SampleFile.COST);
    }

    @Test
    void refusesWhatIsNoRecording(Visit visit) throws IOException {
        InspectView inspect = open(visit);
        inspect.part("load").setInputFiles(Files.writeString(folder.resolve("other.txt"), "hello"));
        assertThat(visit.page().getByRole(AriaRole.ALERT)).containsText("other.txt has no line of a recording");
    }

    @Test
    void measuresNothingWithoutTimes(Visit visit) throws IOException {
        InspectView inspect = open(visit).load(SampleFile.write(folder, SampleFile.untimed()));
        assertThat(visit.page().locator(".inspect .notice")).containsText("This file has no times");
        assertThat(inspect.fact("Latency, last")).hasText("–");
        assertThat(inspect.fact("Interruptions")).hasText("1");
        assertThat(inspect.part("cost")).hasText(SampleFile.COST);
    }

    @Test
    void takesPricesThatAreTypedIn(Visit visit) throws IOException {
        InspectView inspect = sample(visit, "a-model-of-ours");
        assertThat(inspect.part("cost")).hasText("–");
        inspect.part("edit-prices").click();
        inspect.part("price-audioOut").fill("100");
        inspect.part("save-prices").click();
        assertThat(inspect.part("cost")).hasText("$0.00300");
        visit.page().reload();
        inspect.load(folder.resolve("sample.jsonl"));
        assertThat(inspect.part("cost")).hasText("$0.00300");
    }

    @Test
    void zoomsAroundTheMiddle(Visit visit) throws IOException {
        InspectView inspect = sample(visit, MODEL);
        Page page = visit.page();
        Locator timeline = inspect.part("timeline");
        int right = (int) timeline.boundingBox().width - 12;
        timeline.hover(new Locator.HoverOptions().setPosition(right, 60));
        assertThat(inspect.part("timeline-spot")).containsText(Pattern.compile("^0:02\\.5"));
        page.getByLabel("Zoom in").click();
        page.getByLabel("Zoom in").click();
        timeline.hover(new Locator.HoverOptions().setPosition(right, 60));
        assertThat(inspect.part("timeline-spot")).containsText(Pattern.compile("^0:01\\."));
        timeline.focus();
        page.keyboard().press("0");
        timeline.hover(new Locator.HoverOptions().setPosition(right - 1, 60));
        assertThat(inspect.part("timeline-spot")).containsText(Pattern.compile("^0:02\\.5"));
    }
}
