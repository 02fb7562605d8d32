package dev.parley.dialect;

import static dev.parley.dialect.Peer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.parley.protocol.Bytes;
import dev.parley.protocol.Event;
import dev.parley.protocol.EventScanner;
import dev.parley.protocol.MalformedEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.ObjectNode;

/** What each vendor's row does that OpenAI's beta does not; and what no row does, whatever comes. */
class WireFormTest {
    private static final String GA_UPDATE =
            "{'type':'session.update','session':{'type':'realtime','tracing':'auto','instructions':'x','audio':{'input':{"
                    + "'format':{'type':'audio/pcm','rate':24000},'turn_detection':null},'output':{'voice':'alloy'}}}}";

    @Test
    void rowsAreFoundByTheirNames() {
        assertThat(WireForm.named("voice-live")).contains(WireForm.VOICE_LIVE);
        assertThat(WireForm.named("nobody")).isEmpty();
    }

    @Test
    void xaiHasVoiceAndTurnDetectionAtTheTop() {
        Peer xai = new Peer(WireForm.XAI.ofProvider());
        assertThat(xai.out(GA_UPDATE))
                .containsExactly(json(
                        "{'type':'session.update','session':{'type':'realtime','instructions':'x','audio':{'input':{"
                                + "'format':{'type':'audio/pcm','rate':24000}}},'voice':'alloy',"
                                + "'turn_detection':{'type':null}}}"));
        assertThat(xai.in("{'type':'ping','event_id':'e','timestamp':1}")).isEmpty();
    }

    @Test
    void xaiTellsAnItemWhenSpeechBeginsAndTheSessionHearsOfItWithTheCommit() {
        Peer xai = new Peer(WireForm.XAI.ofProvider());
        assertThat(xai.in("{'type':'conversation.item.added','event_id':'e1','previous_item_id':null,'item':{'id':'u',"
                        + "'type':'message','role':'user','status':'in_progress','content':["
                        + "{'type':'input_audio','transcript':''}]}}"))
                .isEmpty();
        String transcript = "{'type':'conversation.item.input_audio_transcription.completed','event_id':'e2',"
                + "'item_id':'u','content_index':0,'transcript':'%s','status':'%s'}";
        assertThat(xai.in(transcript.formatted("He", "in_progress"))).isEmpty();
        assertThat(types(xai.in("{'type':'input_audio_buffer.committed','event_id':'e3','item_id':'u'}")))
                .containsExactly("input_audio_buffer.committed", "conversation.item.added", "conversation.item.done");
        assertThat(xai.in(transcript.formatted("Hello.", "completed")))
                .containsExactly(json("{'type':'conversation.item.input_audio_transcription.completed','event_id':'e2',"
                        + "'item_id':'u','content_index':0,'transcript':'Hello.',"
                        + "'usage':{'type':'duration','seconds':0.0}}"));
    }

    @Test
    void xaiTellsUsageBesideTheResponse() {
        assertThat(new Peer(WireForm.XAI.ofProvider())
                        .in("{'type':'response.done','event_id':'e','response':{'id':'r','status':'completed',"
                                + "'status_details':'unimplemented','usage':{}},'usage':{'total_tokens':3}}"))
                .containsExactly(
                        json("{'type':'response.done','event_id':'e','response':{'id':'r','status':'completed',"
                                + "'status_details':null,'usage':{'total_tokens':3}}}"));
    }

    @Test
    void voiceLiveHasVoicesAsObjectsAndTheRateBeside() {
        Peer azure = new Peer(WireForm.VOICE_LIVE.ofProvider());
        assertThat(azure.out(GA_UPDATE.replace("24000", "16000")))
                .containsExactly(json("{'type':'session.update','session':{'instructions':'x',"
                        + "'input_audio_sampling_rate':16000,'voice':{'name':'alloy','type':'openai'},"
                        + "'input_audio_format':'pcm16','turn_detection':null}}"));
        ObjectNode told = azure.in("{'type':'session.updated','event_id':'e','session':{'voice':{'name':'en-US-Ava',"
                        + "'type':'azure-standard'},'input_audio_format':'pcm16','output_audio_format':null,"
                        + "'input_audio_sampling_rate':16000,'avatar':{'a':1}}}")
                .getFirst();
        assertThat(told)
                .isEqualTo(json("{'type':'session.updated','event_id':'e','session':{'type':'realtime',"
                        + "'input_audio_sampling_rate':16000,'avatar':{'a':1},'audio':{'input':{"
                        + "'format':{'type':'audio/pcm','rate':16000}},'output':{'voice':'en-US-Ava',"
                        + "'format':{'type':'audio/pcm','rate':24000}}}}}"));
    }

    @Test
    void aVoiceLiveClientIsAnsweredInItsForm() {
        Peer client = new Peer(WireForm.VOICE_LIVE.ofClient());
        assertThat(client.in("{'type':'session.update','session':{'modalities':['text','audio'],"
                        + "'voice':{'name':'alloy','type':'openai'}}}"))
                .containsExactly(json("{'type':'session.update','session':{'type':'realtime',"
                        + "'output_modalities':['audio'],'audio':{'output':{'voice':'alloy'}}}}"));
        assertThat(client.out("{'type':'session.updated','session':{'type':'realtime','audio':{'output':{"
                                + "'voice':'alloy'}}}}")
                        .getFirst()
                        .path("session")
                        .path("voice"))
                .isEqualTo(json("{'name':'alloy','type':'openai'}"));
    }

    @Test
    void qwenHasShortNamesOfFormatsAndNestedTools() {
        Peer qwen = new Peer(WireForm.QWEN.ofProvider());
        String tool = "{'type':'function','name':'f','description':'d'}";
        assertThat(qwen.out("{'type':'session.update','session':{'type':'realtime','tools':[" + tool
                        + "],'audio':{'input':{'format':{'type':'audio/pcm','rate':16000}}}}}"))
                .containsExactly(json("{'type':'session.update','session':{'tools':[{'type':'function','function':{"
                        + "'name':'f','description':'d'}}],'input_audio_format':'pcm'}}"));
        assertThat(qwen.in("{'type':'session.created','event_id':'e','session':{'input_audio_format':'pcm16',"
                        + "'output_audio_format':'pcm24','tools':[{'type':'function','function':{'name':'f'}}]}}"))
                .containsExactly(json("{'type':'session.created','event_id':'e','session':{'type':'realtime','tools':[{"
                        + "'type':'function','name':'f'}],'audio':{'input':{'format':{'type':'audio/pcm','rate':16000}},"
                        + "'output':{'format':{'type':'audio/pcm','rate':24000}}}}}"));
    }

    @Test
    void inworldLeavesOutTheFunctionsName() {
        Peer inworld = new Peer(WireForm.INWORLD.ofProvider());
        inworld.in("{'type':'response.output_item.added','item':{'id':'i','type':'function_call','name':'f'}}");
        assertThat(inworld.in("{'type':'response.function_call_arguments.done','item_id':'i','arguments':'{}'}")
                        .getFirst()
                        .path("name")
                        .asString())
                .isEqualTo("f");
        assertThat(inworld.in("{'type':'session.created','event_id':'e','session':{'type':'realtime',"
                        + "'output_modalities':['audio','text']}}"))
                .containsExactly(json("{'type':'session.created','event_id':'e','session':{'type':'realtime',"
                        + "'output_modalities':['audio']}}"));
        String update = GA_UPDATE;
        assertThat(inworld.out(update)).containsExactly(json(update));
    }

    @Test
    void aServerOfOnesOwnMaySpeakEitherFormAndIsSpokenToInGa() {
        Peer server = new Peer(WireForm.LENIENT.ofProvider());
        assertThat(server.out(GA_UPDATE)).containsExactly(json(GA_UPDATE));
        assertThat(server.in("{'type':'response.audio.delta','delta':'AA=='}"))
                .containsExactly(json("{'type':'response.output_audio.delta','delta':'AA=='}"));
        String ga = "{'type':'conversation.item.added','event_id':'e','item':{'id':'i','status':'completed'}}";
        assertThat(server.in(ga)).containsExactly(json(ga));
        assertThat(server.in(ga.replace("added", "done"))).containsExactly(json(ga.replace("added", "done")));
        assertThat(new Peer(WireForm.LENIENT.ofClient())
                        .in("{'type':'session.update','session':{'modalities':['text']}}"))
                .containsExactly(json(
                        "{'type':'session.update','session':{'type':'realtime'," + "'output_modalities':['text']}}"));
    }

    @ParameterizedTest
    @EnumSource(WireForm.class)
    void whatIsGaAlreadyReachesAProviderAndAClientWhole(WireForm form) {
        String delta = "{'type':'response.output_audio_transcript.delta','delta':'ü','item_id':'i'}";
        assertThat(form.ofClient()).isNotSameAs(form.ofClient());
        Peer here = new Peer(form.ofProvider());
        Peer there = new Peer(form.ofClient());
        // Said to a client of this form, and heard from a provider of it, it is the same again.
        List<ObjectNode> written = there.out(delta);
        assertThat(here.in(written.getFirst().toString())).containsExactly(json(delta));
    }

    @ParameterizedTest
    @EnumSource(WireForm.class)
    void nothingIsThrownWhateverComes(WireForm form) {
        Random random = new Random(form.name().hashCode());
        Dialect[] dialects = {form.ofClient(), form.ofProvider()};
        for (int i = 0; i < 5_000; i++) {
            byte[] message = Noise.message(random);
            Dialect dialect = dialects[i % 2];
            assertThatCode(() -> {
                        List<Event> events = new ArrayList<>();
                        dialect.inbound(Bytes.of(message), event -> events.add(event.copy()));
                        events.add(new EventScanner().scan(Bytes.of(message)));
                        events.stream()
                                .filter(event -> !(event instanceof MalformedEvent))
                                .forEach(event -> dialect.outbound(event, new Peer.Texts()));
                    })
                    .as("%s: %s", form, new String(message, StandardCharsets.UTF_8))
                    .doesNotThrowAnyException();
        }
    }

    private static List<String> types(List<ObjectNode> events) {
        return events.stream().map(event -> event.path("type").asString()).toList();
    }
}
