package dev.parley.browser.talk;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Download;
import dev.parley.browser.BrowserTest;
import dev.parley.browser.Chromium;
import dev.parley.browser.Gateways;
import dev.parley.browser.Heard;
import dev.parley.browser.Recognition;
import dev.parley.browser.Speech;
import dev.parley.browser.TalkView;
import dev.parley.browser.Visit;
import dev.parley.protocol.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A conversation by voice with the embedded provider: what is asked is heard, and the right answer comes out. */
@BrowserTest
class SpokenTest {
    private static final Pattern SUM = Pattern.compile("what is twelve times three", Pattern.CASE_INSENSITIVE);
    private static final Pattern ANSWER = Pattern.compile("thirty-six");

    private static TalkView talk(Visit visit) {
        return new TalkView(visit.open(Gateways.embedded().url()));
    }

    private static void ask(Visit visit, TalkView talk) {
        talk.begin();
        visit.microphone().say(Speech.of(Speech.SUM));
        visit.ear().awaitSound(0);
        talk.awaitState("listening");
    }

    @Test
    void theQuestionIsHeardAndTheAnswerIsSpoken(Visit visit) {
        TalkView talk = talk(visit);
        ask(visit, talk);
        visit.ear().awaitSilence(500);
        Heard heard = visit.ear().all();
        assertThat(Recognition.words(heard)).isEqualTo("twelve times three is thirty six");
        // The page's own captions are measured against what was really asked and answered.
        assertThat(talk.captions("user")).hasText(SUM);
        assertThat(talk.captions("assistant").locator("p").first()).hasText(ANSWER);
        assertThat(talk.captions("assistant").locator(".unheard")).hasCount(0);
        assertThat(talk.part("latency").locator("dd.number").first()).hasText(Pattern.compile("[0-9,]+ ms"));
        talk.end();
        visit.until("the microphone is let go", "rig.microphone.live() === 0 && rig.wire.open() === 0");
    }

    @Test
    void theShownLatencyIsThatOfTheSound(Visit visit) {
        TalkView talk = talk(visit);
        talk.begin();
        visit.microphone().say(Speech.of(Speech.SUM));
        visit.microphone().awaitSilence();
        visit.until("measured", "document.querySelector('[data-testid=latency] dd.number')");
        visit.ear().awaitSilence(500);
        double shown = Double.parseDouble(
                talk.part("latency").locator("dd.number").first().innerText().replaceAll("[^0-9]", ""));
        double measured = (visit.ear().all().onset() - visit.number("rig.microphone.ended")) * 1000;
        // The recording's own last 100 ms or so are silent; the page does not count them as speech.
        assertThat(shown).isBetween(measured - 100, measured + 350);
    }

    @Test
    void aToolOfThePageSwitchesTheLight(Visit visit) {
        TalkView talk = talk(visit);
        talk.begin();
        visit.microphone().say(Speech.of(Speech.LIGHT));
        assertThat(visit.page().locator("[data-testid=tool-call][data-status=done]"))
                .containsText("set_light");
        assertThat(talk.part("lights")).containsText(Pattern.compile("kitchen", Pattern.CASE_INSENSITIVE));
        visit.ear().awaitSound(0);
        visit.ear().awaitSilence(700);
        assertThat(Recognition.words(visit.ear().all())).startsWith("the kitchen light is on");
    }

    @Test
    void theBrowsersOwnMicrophoneIsHeard(Visit visit, @TempDir Path folder) throws IOException {
        Path wav = Files.write(
                folder.resolve("question.wav"),
                Speech.of(Speech.SUM).within(2500, 6000).wav());
        try (Browser browser = Chromium.hearing(wav)) {
            TalkView talk =
                    new TalkView(visit.with(browser).open(Gateways.embedded().url()));
            talk.part("talk-button").click();
            assertThat(talk.captions("user").first()).hasText(SUM);
            assertThat(talk.captions("assistant").first()).containsText(ANSWER);
            visit.ear().awaitSound(0);
            visit.close();
        }
    }

    @Test
    void whatWasSaidCanBeSaved(Visit visit) throws IOException {
        TalkView talk = talk(visit);
        ask(visit, talk);
        visit.ear().awaitSilence(500);
        assertThat(content(visit, talk, "save-text")).contains("thirty-six").containsPattern(SUM);
        assertThat(Json.parse(bytes(visit, talk, "save-json")).toString()).contains("thirty-six");
        byte[] wav = bytes(visit, talk, "save-wav");
        ByteBuffer header = ByteBuffer.wrap(wav).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(header.getShort(22)).as("channels").isEqualTo((short) 2);
        // The user is left, the model right; both have spoken.
        assertThat(loudest(header, 0)).isGreaterThan(1000);
        assertThat(loudest(header, 2)).isGreaterThan(1000);
    }

    private static int loudest(ByteBuffer wav, int channel) {
        int loudest = 0;
        for (int at = 44 + channel; at + 1 < wav.limit(); at += 4) {
            loudest = Math.max(loudest, Math.abs(wav.getShort(at)));
        }
        return loudest;
    }

    private static String content(Visit visit, TalkView talk, String button) throws IOException {
        return new String(bytes(visit, talk, button), java.nio.charset.StandardCharsets.UTF_8);
    }

    private static byte[] bytes(Visit visit, TalkView talk, String button) throws IOException {
        Download download = visit.page().waitForDownload(() -> talk.part(button).click());
        return Files.readAllBytes(download.path());
    }
}
