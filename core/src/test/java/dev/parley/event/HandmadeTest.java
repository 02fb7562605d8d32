package dev.parley.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.event.session.AudioFormat;
import dev.parley.event.session.Session;
import dev.parley.event.session.SessionAudio;
import dev.parley.event.session.TokenLimit;
import dev.parley.event.session.Tool;
import dev.parley.event.session.ToolChoice;
import dev.parley.event.session.Vad;
import dev.parley.event.session.Voice;
import dev.parley.protocol.Fields;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Events that an application makes are what the protocol has, and nothing more. */
class HandmadeTest {
    static Stream<Arguments> made() {
        Session session = Session.realtime()
                .model("gpt-realtime-2.1")
                .outputModality("audio")
                .instructions("Be brief.")
                .tools(List.of(Tool.function("now", "Tells the time.", Fields.of(Samples.json("{'type':'object'}")))))
                .toolChoice(ToolChoice.function("now"))
                .maxOutputTokens(TokenLimit.INFINITE)
                .inputFormat(AudioFormat.PCMU)
                .transcription(SessionAudio.Transcription.by("gpt-transcribe"))
                .turnDetection(Vad.OFF)
                .voice(Voice.named("marin"))
                .speed(1.25)
                .build();
        return Stream.of(
                Arguments.of(
                        ClientEvent.update(session),
                        "{'type':'session.update','session':{'type':'realtime','model':'gpt-realtime-2.1',"
                                + "'output_modalities':['audio'],'instructions':'Be brief.','tools':[{'type':'function',"
                                + "'name':'now','description':'Tells the time.','parameters':{'type':'object'}}],"
                                + "'tool_choice':{'type':'function','name':'now'},'max_output_tokens':'inf','audio':{"
                                + "'input':{'format':{'type':'audio/pcmu'},'transcription':{'model':'gpt-transcribe'},"
                                + "'turn_detection':null},'output':{'voice':'marin','speed':1.25}}}}"),
                Arguments.of(
                        ClientEvent.update(Session.realtime()
                                .turnDetection(Vad.semantic())
                                .maxOutputTokens(TokenLimit.of(100))
                                .voice(Voice.custom("voice_1"))
                                .build()),
                        "{'type':'session.update','session':{'type':'realtime','max_output_tokens':100,'audio':{"
                                + "'input':{'turn_detection':{'type':'semantic_vad'}},"
                                + "'output':{'voice':{'id':'voice_1'}}}}}"),
                Arguments.of(
                        ClientEvent.update(Session.transcription(SessionAudio.Transcription.by("gpt-transcribe"))),
                        "{'type':'session.update','session':{'type':'transcription','audio':{'input':{"
                                + "'transcription':{'model':'gpt-transcribe'}}}}}"),
                Arguments.of(
                        ClientEvent.append(new byte[] {0, 1, 2}),
                        "{'type':'input_audio_buffer.append','audio':'AAEC'}"),
                Arguments.of(ClientEvent.commit(), "{'type':'input_audio_buffer.commit'}"),
                Arguments.of(ClientEvent.clearInput(), "{'type':'input_audio_buffer.clear'}"),
                Arguments.of(
                        ClientEvent.create(Item.userText("Hi")),
                        "{'type':'conversation.item.create','item':{'type':'message','role':'user',"
                                + "'content':[{'type':'input_text','text':'Hi'}]}}"),
                Arguments.of(
                        ClientEvent.create(Item.userAudio("AAEC")),
                        "{'type':'conversation.item.create','item':{'type':'message','role':'user',"
                                + "'content':[{'type':'input_audio','audio':'AAEC'}]}}"),
                Arguments.of(
                        ClientEvent.create(Item.systemText("Hi")),
                        "{'type':'conversation.item.create','item':{'type':'message','role':'system',"
                                + "'content':[{'type':'input_text','text':'Hi'}]}}"),
                Arguments.of(
                        ClientEvent.create(Item.assistantText("Hi")),
                        "{'type':'conversation.item.create','item':{'type':'message','role':'assistant',"
                                + "'content':[{'type':'output_text','text':'Hi'}]}}"),
                Arguments.of(
                        ClientEvent.create(Item.functionOutput("call_1", "{}")),
                        "{'type':'conversation.item.create','item':{'type':'function_call_output',"
                                + "'call_id':'call_1','output':'{}'}}"),
                Arguments.of(
                        ClientEvent.create(Item.approval("mcpr_1", true)),
                        "{'type':'conversation.item.create','item':{'type':'mcp_approval_response',"
                                + "'approval_request_id':'mcpr_1','approve':true}}"),
                Arguments.of(
                        ClientEvent.retrieve("item_1"), "{'type':'conversation.item.retrieve','item_id':'item_1'}"),
                Arguments.of(
                        ClientEvent.truncate("item_1", 1_500),
                        "{'type':'conversation.item.truncate','item_id':'item_1','content_index':0,"
                                + "'audio_end_ms':1500}"),
                Arguments.of(ClientEvent.delete("item_1"), "{'type':'conversation.item.delete','item_id':'item_1'}"),
                Arguments.of(ClientEvent.respond(), "{'type':'response.create'}"),
                Arguments.of(
                        ClientEvent.respond(ResponseOptions.instructed("Say hello.")),
                        "{'type':'response.create','response':{'instructions':'Say hello.'}}"),
                Arguments.of(
                        ClientEvent.respond(
                                ResponseOptions.aside(List.of(Item.reference("item_1")), Map.of("topic", "mood"))),
                        "{'type':'response.create','response':{'conversation':'none','input':[{"
                                + "'type':'item_reference','id':'item_1'}],'metadata':{'topic':'mood'}}}"),
                Arguments.of(ClientEvent.cancel(), "{'type':'response.cancel'}"),
                Arguments.of(ClientEvent.cancel("resp_1"), "{'type':'response.cancel','response_id':'resp_1'}"),
                Arguments.of(ClientEvent.clearOutput(), "{'type':'output_audio_buffer.clear'}"));
    }

    @ParameterizedTest
    @MethodSource("made")
    void isWhatTheProtocolHas(ClientEvent event, String json) {
        assertThat(event.encode()).isEqualTo(Samples.json(json));
        assertThat(ClientEvent.check(event.encode())).isEmpty();
        assertThat(ClientEvent.decode(event.encode())).isEqualTo(event);
        assertThat(event.withEventId("e1").eventId()).isEqualTo("e1");
        assertThat(event.withEventId("e1").encode())
                .isEqualTo(Samples.json(json).put("event_id", "e1"));
    }

    @Test
    void whatIsMissingIsEmptyAndStaysMissing() {
        ResponseEvent.OutputTextDelta delta = (ResponseEvent.OutputTextDelta)
                ServerEvent.decode(Samples.json("{'type':'response.output_text.delta'}"));
        assertThat(delta.delta()).isEmpty();
        assertThat(delta.outputIndex()).isZero();
        assertThat(delta.obfuscation()).isNull();
        assertThat(delta.more().isEmpty()).isTrue();
        assertThat(delta.encode()).isEqualTo(Samples.json("{'type':'response.output_text.delta'}"));

        ResponseEvent.OutputItemDone done = (ResponseEvent.OutputItemDone)
                ServerEvent.decode(Samples.json("{'type':'response.output_item.done','item':7}"));
        assertThat(done.item()).isEqualTo(new Item.Unknown(Fields.NONE));
        assertThat(done.encode()).isEqualTo(Samples.json("{'type':'response.output_item.done','item':7}"));
    }

    @Test
    void nullIsToldFromAbsent() {
        assertTurns("{'type':'server_vad'}", Vad.server());
        assertTurns(
                "{'type':'server_vad','idle_timeout_ms':null}",
                new Vad.Server(null, null, null, null, null, null, Fields.NONE.withNull("idle_timeout_ms")));
        assertTurns("null", Vad.OFF);
    }

    private static void assertTurns(String json, Vad vad) {
        Session session = Session.realtime().turnDetection(vad).build();
        assertThat(session.encode())
                .isEqualTo(Samples.json("{'type':'realtime','audio':{'input':{'turn_detection':" + json + "}}}"));
        assertThat(Session.decode(session.encode())).isEqualTo(session);
    }

    @Test
    void aMessageSaysItsWords() {
        Item item = Item.decode(Samples.json("{'type':'message','role':'user','content':[{'type':'input_text',"
                + "'text':'Look:'},{'type':'input_image','image_url':'data:'},{'type':'input_audio','transcript':null},"
                + "{'type':'input_audio','transcript':'what is this'}]}"));
        assertThat(((Item.Message) item).words()).isEqualTo("Look: what is this");
    }

    @Test
    void aResponseKnowsTheFunctionsToCall() {
        Response response = Response.decode(Samples.json("{'id':'r','output':[{'type':'message','role':'assistant',"
                + "'content':[]},{'type':'function_call','name':'a','call_id':'1','arguments':'{}'},"
                + "{'type':'function_call','name':'b','call_id':'2','arguments':'{','status':'incomplete'},"
                + "{'type':'function_call','name':'c','call_id':'3','arguments':'{}','status':'completed'}]}"));
        assertThat(response.functionCalls()).extracting(Item.FunctionCall::name).containsExactly("a", "c");
    }

    @Test
    void anErrorIsToldAsParleysOwn() {
        ServerEvent event = ServerEvent.decode(Samples.json("{'type':'error','event_id':'e','error':{"
                + "'type':'invalid_request_error','code':null,'message':'No.','param':'session.voice'}}"));
        assertThat(((ServerEvent.ErrorEvent) event).error().detail().param()).isEqualTo("session.voice");
        assertThat(((ServerEvent.ErrorEvent) event).error().detail().code()).isEmpty();
    }

    @Test
    void credentialsOfToolsAreNotPrinted() {
        Session session = Session.decode(Samples.json("{'type':'realtime','tools':[{'type':'mcp','server_label':'shop',"
                + "'authorization':'marker-1','headers':{'a':'marker-2'},'token':'marker-3'}]}"));
        assertThat(session.toString()).contains("shop").doesNotContain("marker");
    }
}
