package dev.parley.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route.FulfillOptions;
import dev.parley.server.serve.ServedGateway;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** That the tests' own instruments measure: a page that is written here, with known sounds and known faults. */
@BrowserTest
class RigTest {
    /** The tests themselves write what the gateway's page is. */
    private static final ServedGateway GATEWAY = Gateways.with(Map.of("OPENAI_API_KEY", "sk-of-no-use"));

    private static final String POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'";

    @AfterAll
    static void stop() {
        GATEWAY.close();
    }

    /** Opens a page with a button that runs this. */
    private static Page page(Visit visit, String click) {
        Page page = visit.blank();
        page.route(
                GATEWAY.url() + "page.js",
                route -> route.fulfill(new FulfillOptions()
                        .setContentType("text/javascript")
                        .setBody("document.querySelector('button').onclick = async () => {" + click + "};")));
        page.route(
                GATEWAY.url(),
                route -> route.fulfill(new FulfillOptions()
                        .setContentType("text/html")
                        .setHeaders(Map.of("content-security-policy", POLICY))
                        .setBody("<!doctype html><title>Rig</title><button>Go</button><script src=page.js></script>")));
        visit.open(GATEWAY.url());
        return page;
    }

    private static final String BEEPS = """
            const context = new AudioContext({ sampleRate: 48000 });
            await new Promise(done => setTimeout(done, 300));
            const tone = new OscillatorNode(context, { frequency: 500 });
            const gain = new GainNode(context, { gain: 0.5 });
            tone.connect(gain).connect(context.destination);
            const begin = context.currentTime + 0.1;
            tone.start(begin);
            tone.stop(begin + 0.4);
            window.begin = begin;""";

    @Test
    void theEarHearsWhenAndHowLong(Visit visit) {
        Page page = page(visit, BEEPS);
        page.click("button");
        visit.ear().awaitSound(0);
        visit.ear().awaitSilence(300);
        Heard heard = visit.ear().all();
        assertThat(heard.onset()).isCloseTo(visit.number("begin"), within(0.003));
        assertThat(heard.loud())
                .singleElement()
                .satisfies(span -> assertThat(span.millis()).isCloseTo(400, within(3.0)));
        // A sine of 500 Hz and half the full scale rises by at most 2 pi 500 / 48000 / 2 a sample.
        assertThat(heard.largestStep()).isBetween(0.03, 0.034);
    }

    @Test
    void theMicrophoneHearsWhatIsSaid(Visit visit) {
        Page page = page(visit, """
                const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
                const context = new AudioContext({ sampleRate: 48000 });
                new MediaStreamAudioSourceNode(context, { mediaStream: stream }).connect(context.destination);
                window.stream = stream;""");
        page.click("button");
        visit.until("the page listens", "window.stream");
        assertThat(visit.microphone().live()).isEqualTo(1);
        visit.microphone().say(Speech.tone(500));
        visit.ear().awaitSound(0);
        visit.microphone().awaitSilence();
        visit.ear().awaitSilence(300);
        assertThat(visit.ear().all().soundingMillis()).isBetween(480.0, 520.0);
        page.evaluate("() => stream.getTracks()[0].stop()");
        assertThat(visit.microphone().live()).isZero();
    }

    @Test
    void theMicrophoneMayBeRefused(Visit visit) {
        visit.microphone().refuse("NotAllowedError");
        Page page = page(
                visit, "await navigator.mediaDevices.getUserMedia({ audio: true }).catch(e => window.why = e.name);");
        page.click("button");
        visit.until("refused", "window.why === 'NotAllowedError'");
    }

    @Test
    void whatTheBrowserForbidsIsAComplaint(Visit visit) {
        visit.tolerate("Content.Security.Policy").tolerate("another host");
        Page page = page(visit, """
                document.body.insertAdjacentHTML('beforeend', '<p style="color: red">Red</p>');
                await fetch('http://localhost:2/').catch(() => { window.done = true; });""");
        page.click("button");
        visit.until("tried", "window.done");
        visit.awaitComplaint("style-src-attr");
        visit.awaitComplaint("connect-src");
    }

    @Test
    void whatThePageThrowsIsAComplaint(Visit visit) {
        visit.tolerate("thrown: .*by the page");
        Page page = page(visit, "window.done = true; throw new Error('by the page');");
        page.click("button");
        visit.until("done", "window.done");
        visit.awaitComplaint("by the page");
    }
}
