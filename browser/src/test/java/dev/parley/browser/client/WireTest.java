package dev.parley.browser.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parley.browser.BrowserTest;
import dev.parley.browser.Gateways;
import dev.parley.browser.Gateways.Scripted;
import dev.parley.browser.Heard;
import dev.parley.browser.Visit;
import dev.parley.testkit.assistant.ScriptedAssistant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** That an answer of a second sounds the same however it travels, and whatever else the server sends. */
@BrowserTest
class WireTest {
    private static final Scripted GATEWAY = Gateways.scripted(new ScriptedAssistant(
            new ScriptedAssistant.Part("something", "one two three four five.", "endless", "{}")));

    /** The page's WebSockets, so that tests can put words into a server's mouth. */
    private static final String SOCKETS = """
            const Socket = window.WebSocket;
            window.told = [];
            window.say = data => socket.dispatchEvent(new MessageEvent('message', { data }));
            window.WebSocket = class extends Socket {
              constructor(url, protocols) {
                super(url, window.plain ? protocols.filter(name => name !== 'parley.binary') : protocols);
                window.socket = this;
              }
              send(data) {
                if (window.noOpus && typeof data === 'string' && data.includes('audio/opus')) {
                  const { event_id } = JSON.parse(data);
                  told.push(data.length);
                  const error = { event_id, code: 'invalid_value', message: 'No Opus.' };
                  setTimeout(() => say(JSON.stringify({ type: 'error', error })));
                } else super.send(data);
              }
            };""";

    @AfterAll
    static void stop() {
        GATEWAY.close();
    }

    private static void checkAnswer(Visit visit) {
        visit.page().evaluate("() => p.sendText('Go on.')");
        visit.ear().awaitSound(0);
        visit.ear().awaitSilence(400);
        Heard heard = visit.ear().all();
        assertThat(heard.loud())
                .singleElement()
                .satisfies(span -> assertThat(span.millis()).isCloseTo(1000, within(50.0)));
        assertThat(heard.largestStep()).isLessThan(0.02);
    }

    private static void checkWire(Visit visit, boolean binary, String input) {
        assertThat(visit.ask("() => p.wire").path("binary").asBoolean()).isEqualTo(binary);
        assertThat(visit.ask("() => p.wire").path("input").asString()).startsWith(input);
    }

    @Test
    void binary(Visit visit) {
        ClientPage.connect(visit, GATEWAY.url(), "", "{ codec: 'pcm' }");
        checkWire(visit, true, "audio/pcm");
        checkAnswer(visit);
    }

    @Test
    void base64(Visit visit) {
        ClientPage.connect(visit, GATEWAY.url(), "window.plain = true;" + SOCKETS, "{ codec: 'pcm' }");
        checkWire(visit, false, "audio/pcm");
        checkAnswer(visit);
    }

    @Test
    void opus(Visit visit) {
        ClientPage.connect(visit, GATEWAY.url(), "", "{ codec: 'opus' }");
        checkWire(visit, true, "audio/opus");
        checkAnswer(visit);
    }

    @Test
    void opusThatIsRefused(Visit visit) {
        ClientPage.connect(visit, GATEWAY.url(), "window.noOpus = true;" + SOCKETS, "{ codec: 'opus' }");
        assertThat(visit.number("told.length")).isEqualTo(1);
        checkWire(visit, true, "audio/pcm");
        checkAnswer(visit);
    }

    @Test
    void garbageIsLeftOut(Visit visit) {
        ClientPage.connect(visit, GATEWAY.url(), SOCKETS, "{ codec: 'pcm' }");
        visit.page().evaluate("""
                () => {
                  for (const text of ['', 'null', '[]', '{}', '{"type":5}', '{"type":"error"}', '{"type":"__proto__"}',
                    '{"type":"response.created"}', '{"type":"response.done","response":null}',
                    '{"type":"response.done","response":{"id":"x","output":[null,5,{}],"status_details":5}}',
                    '{"type":"session.updated","session":null}', '{"type":"conversation.item.added"}',
                    '{"type":"conversation.item.added","item":{"type":"message","id":"a","content":[null,{"text":5}]}}',
                    '{"type":"response.output_audio.delta","item_id":"z","delta":"%%%"}',
                    '{"type":"response.output_item.done","item":null}',
                    '{"type":"response.function_call_arguments.done","call_id":"c","name":"__proto__","arguments":"{"}'])
                    say(text);
                  for (const bytes of [[], [2], [2, 0, 0, 0], [2, 0, 200, 0, 1], [1, 0, 0, 0, 1, 2], [9, 9, 9, 9, 9, 9]])
                    say(new Uint8Array(bytes).buffer);
                }""");
        assertThat(visit.number("log.filter(told => told.code === 'invalid_event').length"))
                .isEqualTo(1);
        checkAnswer(visit);
    }
}
