package dev.parley.dialect;

import static dev.parley.dialect.Peer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.AudioEvent;
import dev.parley.protocol.Event;
import dev.parley.protocol.EventType;
import dev.parley.protocol.MalformedEvent;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Clients and providers that speak OpenAI Realtime as it was. */
class BetaTest {
    private final Peer client = new Peer(WireForm.BETA.ofClient());
    private final Peer provider = new Peer(WireForm.BETA.ofProvider());

    private static final String OLD_UPDATE = """
            {'type':'session.update','event_id':'e1','session':{'modalities':['text','audio'],'instructions':'Be kind.',
            'voice':'verse','input_audio_format':'pcm16','output_audio_format':'g711_ulaw',
            'input_audio_transcription':{'model':'whisper-1'},'turn_detection':null,'temperature':0.7,
            'max_response_output_tokens':200,'tools':[{'type':'function','name':'f'}]}}""";

    private static final String NEW_UPDATE = """
            {'type':'session.update','event_id':'e1','session':{'type':'realtime','instructions':'Be kind.',
            'output_modalities':['audio'],'max_output_tokens':200,'tools':[{'type':'function','name':'f'}],
            'audio':{'input':{'format':{'type':'audio/pcm','rate':24000},'transcription':{'model':'whisper-1'},
            'turn_detection':null},'output':{'voice':'verse','format':{'type':'audio/pcmu'}}}}}""";

    @Test
    void anOldSessionUpdateBecomesANewOne() {
        assertThat(client.in(OLD_UPDATE)).containsExactly(json(NEW_UPDATE));
    }

    @Test
    void aNewSessionUpdateBecomesAnOldOne() {
        ObjectNode expected = json(OLD_UPDATE);
        expected.withObject("/session").remove("temperature");
        assertThat(provider.out(NEW_UPDATE)).containsExactly(expected);
    }

    @Test
    void whatIsNewAlreadyStays() {
        List<Event> events = client.events(NEW_UPDATE);
        assertThat(events)
                .singleElement()
                .satisfies(event -> assertThat(event.wire().text(0, event.wire().length()))
                        .isEqualTo(NEW_UPDATE.replace('\'', '"')));
    }

    @Test
    void aSessionIsToldFlat() {
        List<ObjectNode> told = client.out("""
                {'type':'session.created','event_id':'e','session':{'type':'realtime','object':'realtime.session','id':'s',
                'model':'m','output_modalities':['audio'],'max_output_tokens':'inf','audio':{'input':{
                'format':{'type':'audio/pcm','rate':24000},'transcription':null,'noise_reduction':null,
                'turn_detection':{'type':'server_vad'}},'output':{'format':{'type':'audio/pcma'},'voice':'marin',
                'speed':1.0}}}}""");
        assertThat(told).containsExactly(json("""
                {'type':'session.created','event_id':'e','session':{'object':'realtime.session','id':'s','model':'m',
                'modalities':['text','audio'],'voice':'marin','output_audio_format':'g711_alaw','speed':1.0,
                'input_audio_format':'pcm16','input_audio_transcription':null,'input_audio_noise_reduction':null,
                'turn_detection':{'type':'server_vad'},'max_response_output_tokens':'inf','temperature':0.8}}"""));
    }

    @Test
    void aResponseIsAskedForInTheNewWay() {
        assertThat(client.in("""
                {'type':'response.create','response':{'modalities':['text'],'voice':'ash','temperature':1,
                'conversation':'none','input':[{'type':'message','role':'assistant','content':[
                {'type':'text','text':'a'}]},{'type':'message','role':'user','content':[
                {'type':'input_text','text':'b'}]}]}}""")).containsExactly(json("""
                {'type':'response.create','response':{'output_modalities':['text'],'audio':{'output':{'voice':'ash'}},
                'conversation':'none','input':[{'type':'message','role':'assistant','content':[
                {'type':'output_text','text':'a'}]},{'type':'message','role':'user','content':[
                {'type':'input_text','text':'b'}]}]}}"""));
    }

    @Test
    void audioIsRenamedWithoutTouchingItsPayload() {
        String old = "{'item_id':'i','delta':'AAEC','type':'response.audio.delta','content_index':2,'é':'ü'}";
        Event event = provider.events(old).getFirst();
        assertThat(event).isInstanceOf(AudioEvent.class);
        assertThat(event.type()).isEqualTo(EventType.OUTPUT_AUDIO_DELTA);
        assertThat(((AudioEvent) event).audio()).containsExactly(0, 1, 2);
        String renamed = event.wire().text(0, event.wire().length());
        assertThat(renamed)
                .isEqualTo(old.replace("response.audio.delta", "response.output_audio.delta")
                        .replace('\'', '"'));
        assertThat(client.out(renamed)).containsExactly(json(old));
    }

    @Test
    void anEscapedTypeIsRenamed() {
        assertThat(provider.in("{'type':'response.text\\u002edelta','delta':'x'}"))
                .containsExactly(json("{'type':'response.output_text.delta','delta':'x'}"));
    }

    @Test
    void anItemIsCreatedOnceForAClient() {
        String item = "'previous_item_id':null,'item':{'id':'i1','type':'message','role':'assistant','content':["
                + "{'type':'output_audio','transcript':'hi'}]}}";
        List<ObjectNode> added = client.out("{'type':'conversation.item.added','event_id':'e1'," + item);
        assertThat(added)
                .containsExactly(json("{'type':'conversation.item.created','event_id':'e1','previous_item_id':null,"
                        + "'item':{'id':'i1','type':'message','role':'assistant','content':["
                        + "{'type':'audio','transcript':'hi'}],'object':'realtime.item'}}"));
        assertThat(client.out("{'type':'conversation.item.done','event_id':'e2'," + item))
                .isEmpty();
        assertThat(client.out("{'type':'conversation.item.done','event_id':'e3','item':{'id':'i2'}}"))
                .singleElement()
                .satisfies(event -> assertThat(event.path("type").asString()).isEqualTo("conversation.item.created"));
    }

    @Test
    void anItemOfAProviderIsAddedAndDoneOnce() {
        assertThat(types(provider.in(created("i1", "user", "completed"))))
                .containsExactly("conversation.item.added", "conversation.item.done");
        assertThat(provider.in("{'type':'conversation.item.done','event_id':'e','item':{'id':'i1'}}"))
                .isEmpty();

        assertThat(types(provider.in(created("i2", "assistant", "in_progress"))))
                .containsExactly("conversation.item.added");
        List<ObjectNode> ended = provider.in("{'type':'response.output_item.done','event_id':'e9','item':{'id':'i2',"
                + "'type':'message','role':'assistant','status':'completed','content':[{'type':'text','text':'ok'}]}}");
        assertThat(types(ended)).containsExactly("conversation.item.done", "response.output_item.done");
        assertThat(ended.getFirst())
                .isEqualTo(json("{'type':'conversation.item.done','event_id':'e9_done','previous_item_id':'p','item':{"
                        + "'id':'i2','type':'message','role':'assistant','status':'completed','content':["
                        + "{'type':'output_text','text':'ok'}]}}"));
    }

    private static String created(String id, String role, String status) {
        return "{'type':'conversation.item.created','event_id':'e-" + id + "','previous_item_id':'p','item':{'id':'"
                + id + "','type':'message','role':'" + role + "','status':'" + status + "','content':[]}}";
    }

    private static List<String> types(List<ObjectNode> events) {
        return events.stream().map(event -> event.path("type").asString()).toList();
    }

    @Test
    void anErrorNamesTheFieldWhereItsReaderHasIt() {
        String error = "{'type':'error','event_id':'e','error':{'type':'t','code':'c','message':'m','param':'%s'}}";
        assertThat(client.out(error.formatted("session.audio.input.turn_detection.threshold")))
                .containsExactly(json(error.formatted("session.turn_detection.threshold")));
        assertThat(client.out(error.formatted("session.tools[2].name")))
                .containsExactly(json(error.formatted("session.tools[2].name")));
        assertThat(client.out(error.formatted("response.output_modalities[0]")))
                .containsExactly(json(error.formatted("response.modalities[0]")));
        assertThat(provider.in(error.formatted("session.voice")))
                .containsExactly(json(error.formatted("session.audio.output.voice")));
    }

    @Test
    void transcriptionSessionsHaveEventsOfTheirOwn() {
        String old = "{'type':'transcription_session.update','session':{'input_audio_format':'g711_ulaw',"
                + "'input_audio_transcription':{'model':'whisper-1'}}}";
        String ga = "{'type':'session.update','session':{'type':'transcription','audio':{'input':{"
                + "'format':{'type':'audio/pcmu'},'transcription':{'model':'whisper-1'}}}}}";
        assertThat(client.in(old)).containsExactly(json(ga));
        assertThat(provider.out(ga)).containsExactly(json(old));
        assertThat(client.out("{'type':'session.created','session':{'type':'transcription','id':'s'}}"))
                .singleElement()
                .satisfies(
                        event -> assertThat(event.path("type").asString()).isEqualTo("transcription_session.created"));
    }

    @Test
    void advisoryFieldsAreKeptFromAProvider() {
        assertThat(provider.out("{'type':'session.update','session':{'type':'realtime','tracing':'auto','audio':{"
                        + "'input':{'noise_reduction':null},'output':{'speed':1}}}}"))
                .containsExactly(json("{'type':'session.update','session':{}}"));
    }

    @Test
    void whatItEndsWithIsFilledIn() {
        provider.in("{'type':'response.output_item.added','item':{'id':'i','type':'function_call','name':'f'}}");
        assertThat(provider.in("{'type':'response.function_call_arguments.done','item_id':'i','arguments':'{}'}"))
                .containsExactly(json("{'type':'response.function_call_arguments.done','item_id':'i','arguments':'{}',"
                        + "'name':'f'}"));
        provider.in("{'type':'response.output_item.added','item':{'id':'m','type':'message','content':[]}}");
        provider.in("{'type':'response.text.done','item_id':'m','content_index':0,'text':'Fog.'}");
        assertThat(provider.in("{'type':'response.content_part.done','item_id':'m','content_index':0,"
                        + "'part':{'type':'text','text':''}}"))
                .containsExactly(json("{'type':'response.content_part.done','item_id':'m','content_index':0,"
                        + "'part':{'type':'text','text':'Fog.'}}"));
    }

    @Test
    void whatIsNoEventPasses() {
        assertThat(client.events("nonsense")).singleElement().isInstanceOf(MalformedEvent.class);
        assertThat(client.events("{'type':'session.update','session':{'a':tru}}"))
                .hasSize(1);
        assertThat(client.in("{'type':'vendor.own','x':[1]}")).containsExactly(json("{'type':'vendor.own','x':[1]}"));
    }
}
