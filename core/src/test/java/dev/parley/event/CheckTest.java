package dev.parley.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.event.session.ClientSecretRequest;
import dev.parley.event.session.Session;
import dev.parley.protocol.ErrorDetail;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/** What a strict server refuses of what a client sends, with which code and at which path. */
class CheckTest {
    static Stream<ObjectNode> good() {
        return Samples.client().stream();
    }

    @ParameterizedTest
    @MethodSource("good")
    void aGoodEventHasNoFault(ObjectNode event) {
        assertThat(ClientEvent.check(event)).isEmpty();
    }

    @ParameterizedTest(name = "{1} {2}: {0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | missing_required_parameter | type",
                "{'event_id':'e'} | missing_required_parameter | type",
                "{'type':7} | invalid_type | type",
                "{'type':null} | invalid_type | type",
                "{'type':'no.such.event'} | invalid_value | type",
                "{'type':'response.done'} | invalid_value | type",
                "{'type':'transcription_session.update','session':{}} | invalid_value | type",
                "{'type':'response.create','event_id':7} | invalid_type | event_id",
                "{'type':'response.create','event_id':null} | invalid_type | event_id",
                "{'type':'response.create','id':'x'} | unknown_parameter | id",
                "{'type':'session.update'} | missing_required_parameter | session",
                "{'type':'session.update','session':null} | invalid_type | session",
                "{'type':'session.update','session':[]} | invalid_type | session",
                "{'type':'input_audio_buffer.append'} | missing_required_parameter | audio",
                "{'type':'input_audio_buffer.append','audio':7} | invalid_type | audio",
                "{'type':'input_audio_buffer.commit','audio':''} | unknown_parameter | audio",
                "{'type':'conversation.item.create'} | missing_required_parameter | item",
                "{'type':'conversation.item.create','item':'x'} | invalid_type | item",
                "{'type':'conversation.item.create','item':{'role':'user'}} | missing_required_parameter | item.type",
                "{'type':'conversation.item.create','item':{'type':'song'}} | invalid_value | item.type",
                "{'type':'conversation.item.create','item':{'type':'item_reference','id':'a'}}"
                        + " | invalid_value | item.type",
                "{'type':'conversation.item.create','previous_item_id':7,'item':{'type':'mcp_call'}}"
                        + " | missing_required_parameter | item.server_label",
                "{'type':'conversation.item.retrieve'} | missing_required_parameter | item_id",
                "{'type':'conversation.item.delete','item_id':1} | invalid_type | item_id",
                "{'type':'conversation.item.truncate','item_id':'a','content_index':0}"
                        + " | missing_required_parameter | audio_end_ms",
                "{'type':'conversation.item.truncate','item_id':'a','content_index':0,'audio_end_ms':1.5}"
                        + " | invalid_type | audio_end_ms",
                "{'type':'conversation.item.truncate','item_id':'a','content_index':0,'audio_end_ms':-1}"
                        + " | integer_below_min_value | audio_end_ms",
                "{'type':'conversation.item.truncate','item_id':'a','content_index':0,'audio_end_ms':3000000000}"
                        + " | integer_above_max_value | audio_end_ms",
                "{'type':'conversation.item.truncate','item_id':'a','content_index':'0','audio_end_ms':1}"
                        + " | invalid_type | content_index",
                "{'type':'response.cancel','response_id':7} | invalid_type | response_id",
                "{'type':'response.create','response':7} | invalid_type | response",
                "{'type':'output_audio_buffer.clear','response_id':'r'} | unknown_parameter | response_id",
            })
    void events(String event, String code, String param) {
        assertFault(ClientEvent.check(Samples.json(event)), code, param);
    }

    @ParameterizedTest(name = "{1} {2}: {0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'type':'message','content':[] | missing_required_parameter | item.role",
                "'type':'message','role':'user' | missing_required_parameter | item.content",
                "'type':'message','role':'robot','content':[] | invalid_value | item.role",
                "'type':'message','role':'user','content':'x' | invalid_type | item.content",
                "'type':'message','role':'user','content':['x'] | invalid_type | item.content[0]",
                "'type':'message','role':'user','content':[{}] | missing_required_parameter | item.content[0].type",
                "'type':'message','role':'user','content':[{'type':'input_text','text':'a'},{'type':'x'}]"
                        + " | invalid_value | item.content[1].type",
                "'type':'message','role':'user','content':[{'type':'input_text'}]"
                        + " | missing_required_parameter | item.content[0].text",
                "'type':'message','role':'user','content':[{'type':'input_text','text':null}]"
                        + " | invalid_type | item.content[0].text",
                "'type':'message','role':'user','content':[{'type':'output_text','text':'a'}]"
                        + " | invalid_value | item.content[0].type",
                "'type':'message','role':'assistant','content':[{'type':'input_text','text':'a'}]"
                        + " | invalid_value | item.content[0].type",
                "'type':'message','role':'assistant','content':[{'type':'text','text':'a'}]"
                        + " | invalid_value | item.content[0].type",
                "'type':'message','role':'system','content':[{'type':'input_audio','audio':'AAAA'}]"
                        + " | invalid_value | item.content[0].type",
                "'type':'message','role':'user','content':[{'type':'input_image','image_url':'data:','detail':'full'}]"
                        + " | invalid_value | item.content[0].detail",
                "'type':'message','role':'user','content':[],'status':'done' | invalid_value | item.status",
                "'type':'message','role':'user','content':[],'name':'a' | unknown_parameter | item.name",
                "'type':'message','role':'user','content':[],'id':'' | string_below_min_length | item.id",
                "'type':'function_call','arguments':'{}' | missing_required_parameter | item.name",
                "'type':'function_call_output','output':'a' | missing_required_parameter | item.call_id",
                "'type':'function_call_output','call_id':'c','output':{} | invalid_type | item.output",
                "'type':'function_call_output','call_id':'call_567890123456789012345678901_33','output':''"
                        + " | string_above_max_length | item.call_id",
                "'type':'mcp_approval_response','approval_request_id':'a','approve':'yes'"
                        + " | invalid_type | item.approve",
            })
    void items(String item, String code, String param) {
        String event = "{'type':'conversation.item.create','item':{" + item + "}}";
        assertFault(ClientEvent.check(Samples.json(event)), code, param);
        assertFault(Item.check(Samples.json("{" + item + "}"), "item"), code, param);
    }

    @ParameterizedTest(name = "{1} {2}: {0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'model':'m' | missing_required_parameter | session.type",
                "'type':'x' | invalid_value | session.type",
                "'type':7 | invalid_type | session.type",
                "'type':'realtime','voice':'alloy' | unknown_parameter | session.voice",
                "'type':'realtime','temperature':0.8 | unknown_parameter | session.temperature",
                "'type':'realtime','modalities':['text'] | unknown_parameter | session.modalities",
                "'type':'realtime','id':'sess_1' | unknown_parameter | session.id",
                "'type':'realtime','instructions':7 | invalid_type | session.instructions",
                "'type':'realtime','instructions':null | invalid_type | session.instructions",
                "'type':'realtime','output_modalities':'audio' | invalid_type | session.output_modalities",
                "'type':'realtime','output_modalities':[] | invalid_value | session.output_modalities",
                "'type':'realtime','output_modalities':['audio','text'] | invalid_value | session.output_modalities",
                "'type':'realtime','output_modalities':['video'] | invalid_value | session.output_modalities[0]",
                "'type':'realtime','output_modalities':[7] | invalid_type | session.output_modalities[0]",
                "'type':'realtime','max_output_tokens':0 | integer_below_min_value | session.max_output_tokens",
                "'type':'realtime','max_output_tokens':4097 | integer_above_max_value | session.max_output_tokens",
                "'type':'realtime','max_output_tokens':1.5 | invalid_type | session.max_output_tokens",
                "'type':'realtime','max_output_tokens':'all' | invalid_value | session.max_output_tokens",
                "'type':'realtime','max_output_tokens':null | invalid_type | session.max_output_tokens",
                "'type':'realtime','tools':{} | invalid_type | session.tools",
                "'type':'realtime','tools':[{'name':'a'}] | missing_required_parameter | session.tools[0].type",
                "'type':'realtime','tools':[{'type':'web'}] | invalid_value | session.tools[0].type",
                "'type':'realtime','tools':[{'type':'function'}] | missing_required_parameter | session.tools[0].name",
                "'type':'realtime','tools':[{'type':'function','name':'a b'}] | invalid_value | session.tools[0].name",
                "'type':'realtime','tools':[{'type':'function','name':'a'},{'type':'function','name':'b','meta':1}]"
                        + " | unknown_parameter | session.tools[1].meta",
                "'type':'realtime','tools':[{'type':'function','name':'a','parameters':'x'}]"
                        + " | invalid_type | session.tools[0].parameters",
                "'type':'realtime','tools':[{'type':'function','function':{'name':'a'}}]"
                        + " | unknown_parameter | session.tools[0].function",
                "'type':'realtime','tools':[{'type':'mcp','server_url':'https://a'}]"
                        + " | missing_required_parameter | session.tools[0].server_label",
                "'type':'realtime','tools':[{'type':'mcp','server_label':'a'}]"
                        + " | missing_required_parameter | session.tools[0].server_url",
                "'type':'realtime','tools':[{'type':'mcp','server_label':'a','server_url':'u','tunnel_id':'t'}]"
                        + " | invalid_value | session.tools[0].tunnel_id",
                "'type':'realtime','tools':[{'type':'mcp','server_label':'a','server_url':'u','require_approval':'x'}]"
                        + " | invalid_value | session.tools[0].require_approval",
                "'type':'realtime','tools':[{'type':'mcp','server_label':'a','server_url':'u','allowed_tools':[1]}]"
                        + " | invalid_type | session.tools[0].allowed_tools",
                "'type':'realtime','tools':[{'type':'mcp','server_label':'a','server_url':'u','headers':{'a':1}}]"
                        + " | invalid_type | session.tools[0].headers.a",
                "'type':'realtime','tool_choice':'any' | invalid_value | session.tool_choice",
                "'type':'realtime','tool_choice':7 | invalid_type | session.tool_choice",
                "'type':'realtime','tool_choice':{'type':'function'} | missing_required_parameter"
                        + " | session.tool_choice.name",
                "'type':'realtime','tool_choice':{'name':'a'} | missing_required_parameter | session.tool_choice.type",
                "'type':'realtime','tracing':'on' | invalid_value | session.tracing",
                "'type':'realtime','tracing':{'name':'a'} | unknown_parameter | session.tracing.name",
                "'type':'realtime','truncation':'never' | invalid_value | session.truncation",
                "'type':'realtime','truncation':{'type':'retention_ratio'} | missing_required_parameter"
                        + " | session.truncation.retention_ratio",
                "'type':'realtime','truncation':{'type':'retention_ratio','retention_ratio':1.5}"
                        + " | decimal_above_max_value | session.truncation.retention_ratio",
                "'type':'realtime','prompt':{} | missing_required_parameter | session.prompt.id",
                "'type':'realtime','include':['x'] | invalid_value | session.include[0]",
                "'type':'realtime','parallel_tool_calls':null | invalid_type | session.parallel_tool_calls",
                "'type':'realtime','reasoning':{'effort':'max'} | invalid_value | session.reasoning.effort",
                "'type':'realtime','audio':[] | invalid_type | session.audio",
                "'type':'realtime','audio':{'voice':'a'} | unknown_parameter | session.audio.voice",
                "'type':'transcription','model':'m' | unknown_parameter | session.model",
                "'type':'transcription','instructions':'x' | unknown_parameter | session.instructions",
                "'type':'transcription','audio':{'output':{}} | unknown_parameter | session.audio.output",
            })
    void sessions(String session, String code, String param) {
        String event = "{'type':'session.update','session':{" + session + "}}";
        assertFault(ClientEvent.check(Samples.json(event)), code, param);
        assertFault(Session.check(Samples.json("{" + session + "}"), "session"), code, param);
    }

    @ParameterizedTest(name = "{1} {2}: {0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'input':{'format':'pcm16'} | invalid_type | input.format",
                "'input':{'format':{'rate':24000}} | missing_required_parameter | input.format.type",
                "'input':{'format':{'type':'pcm16'}} | invalid_value | input.format.type",
                "'input':{'format':{'type':'audio/pcm','rate':44100}} | invalid_value | input.format.rate",
                "'input':{'format':{'type':'audio/pcm','rate':'24k'}} | invalid_type | input.format.rate",
                "'input':{'format':{'type':'audio/pcmu','rate':8000}} | unknown_parameter | input.format.rate",
                "'input':{'transcription':'whisper-1'} | invalid_type | input.transcription",
                "'input':{'transcription':{'model':7}} | invalid_type | input.transcription.model",
                "'input':{'transcription':{'delay':'long'}} | invalid_value | input.transcription.delay",
                "'input':{'noise_reduction':{'type':'loud'}} | invalid_value | input.noise_reduction.type",
                "'input':{'turn_detection':'server_vad'} | invalid_type | input.turn_detection",
                "'input':{'turn_detection':{'threshold':0.5}} | missing_required_parameter | input.turn_detection.type",
                "'input':{'turn_detection':{'type':'none'}} | invalid_value | input.turn_detection.type",
                "'input':{'turn_detection':{'type':'server_vad','threshold':1.5}}"
                        + " | decimal_above_max_value | input.turn_detection.threshold",
                "'input':{'turn_detection':{'type':'server_vad','threshold':-1}}"
                        + " | integer_below_min_value | input.turn_detection.threshold",
                "'input':{'turn_detection':{'type':'server_vad','threshold':'0.5'}}"
                        + " | invalid_type | input.turn_detection.threshold",
                "'input':{'turn_detection':{'type':'server_vad','create_response':null}}"
                        + " | invalid_type | input.turn_detection.create_response",
                "'input':{'turn_detection':{'type':'server_vad','interrupt_response':'no'}}"
                        + " | invalid_type | input.turn_detection.interrupt_response",
                "'input':{'turn_detection':{'type':'server_vad','idle_timeout_ms':4999}}"
                        + " | integer_below_min_value | input.turn_detection.idle_timeout_ms",
                "'input':{'turn_detection':{'type':'server_vad','idle_timeout_ms':30001}}"
                        + " | integer_above_max_value | input.turn_detection.idle_timeout_ms",
                "'input':{'turn_detection':{'type':'server_vad','silence_duration_ms':null}}"
                        + " | invalid_type | input.turn_detection.silence_duration_ms",
                "'input':{'turn_detection':{'type':'server_vad','eagerness':'low'}}"
                        + " | unknown_parameter | input.turn_detection.eagerness",
                "'input':{'turn_detection':{'type':'semantic_vad','threshold':0.5}}"
                        + " | unknown_parameter | input.turn_detection.threshold",
                "'input':{'turn_detection':{'type':'semantic_vad','eagerness':'eager'}}"
                        + " | invalid_value | input.turn_detection.eagerness",
                "'output':{'voice':7} | invalid_type | output.voice",
                "'output':{'voice':null} | invalid_type | output.voice",
                "'output':{'voice':{}} | missing_required_parameter | output.voice.id",
                "'output':{'speed':0.2} | decimal_below_min_value | output.speed",
                "'output':{'speed':2} | integer_above_max_value | output.speed",
                "'output':{'speed':'fast'} | invalid_type | output.speed",
            })
    void audio(String audio, String code, String param) {
        String event = "{'type':'session.update','session':{'type':'realtime','audio':{" + audio + "}}}";
        assertFault(ClientEvent.check(Samples.json(event)), code, "session.audio." + param);
    }

    @ParameterizedTest(name = "{1} {2}: {0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'modalities':['text'] | unknown_parameter | response.modalities",
                "'temperature':1 | unknown_parameter | response.temperature",
                "'conversation':'mine' | invalid_value | response.conversation",
                "'output_modalities':['text','audio'] | invalid_value | response.output_modalities",
                "'audio':{'input':{}} | unknown_parameter | response.audio.input",
                "'audio':{'output':{'speed':1}} | unknown_parameter | response.audio.output.speed",
                "'input':{} | invalid_type | response.input",
                "'input':[{'type':'item_reference'}] | missing_required_parameter | response.input[0].id",
                "'input':[{'type':'message','role':'user','content':[{'type':'output_text','text':''}]}]"
                        + " | invalid_value | response.input[0].content[0].type",
                "'metadata':[] | invalid_type | response.metadata",
                "'metadata':{'a':1} | invalid_type | response.metadata.a",
                "'max_output_tokens':9999 | integer_above_max_value | response.max_output_tokens",
                "'tool_choice':'always' | invalid_value | response.tool_choice",
            })
    void responses(String response, String code, String param) {
        String event = "{'type':'response.create','response':{" + response + "}}";
        assertFault(ClientEvent.check(Samples.json(event)), code, param);
        assertFault(ResponseOptions.check(Samples.json("{" + response + "}"), "response"), code, param);
    }

    @Test
    void metadataIsBounded() {
        ObjectNode response = Samples.json("{'metadata':{}}");
        ObjectNode metadata = (ObjectNode) response.get("metadata");
        metadata.put("k".repeat(64), "v".repeat(512));
        assertThat(ResponseOptions.check(response, "response")).isEmpty();
        metadata.put("k", "v".repeat(513));
        assertFault(ResponseOptions.check(response, "response"), "string_above_max_length", "response.metadata.k");
        metadata.removeAll().put("k".repeat(65), "");
        assertFault(ResponseOptions.check(response, "response"), "invalid_value", "response.metadata");
        metadata.removeAll();
        for (int i = 0; i <= 16; i++) {
            metadata.put("k" + i, "");
        }
        assertFault(ResponseOptions.check(response, "response"), "object_above_max_properties", "response.metadata");
    }

    @ParameterizedTest(name = "{1} {2}: {0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'model':'m'} | unknown_parameter | model",
                "{'expires_after':60} | invalid_type | expires_after",
                "{'expires_after':{'anchor':'now'}} | invalid_value | expires_after.anchor",
                "{'expires_after':{'anchor':'created_at','seconds':9}} | integer_below_min_value"
                        + " | expires_after.seconds",
                "{'expires_after':{'anchor':'created_at','seconds':7201}} | integer_above_max_value"
                        + " | expires_after.seconds",
                "{'session':{}} | missing_required_parameter | session.type",
                "{'session':{'type':'realtime','voice':'a'}} | unknown_parameter | session.voice",
            })
    void secrets(String request, String code, String param) {
        assertFault(ClientSecretRequest.check(Samples.json(request)), code, param);
    }

    @Test
    void aGoodRequestForASecretHasNoFault() {
        assertThat(ClientSecretRequest.check(Samples.json("{}"))).isEmpty();
        assertThat(ClientSecretRequest.check(Samples.json(
                        "{'expires_after':{'anchor':'created_at','seconds':600},'session':{'type':'transcription'}}")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'session.update','session':{}} | Missing required parameter: 'session.type'.",
                "{'type':'session.update','session':{'type':'realtime','voice':'a'}}"
                        + " | Unknown parameter: 'session.voice'.",
                "{'type':'session.update','session':{'type':'realtime','parallel_tool_calls':null}}"
                        + " | Invalid type for 'session.parallel_tool_calls': expected a boolean, but got null"
                        + " instead.",
                "{'type':'session.update','session':{'type':'realtime','tool_choice':7}}"
                        + " | Invalid type for 'session.tool_choice': expected a string or an object, but got an"
                        + " integer instead.",
                "{'type':'session.update','session':{'type':'realtime','audio':{'input':{'format':{'type':'pcm16'}}}}}"
                        + " | Invalid value: 'pcm16'. Supported values are: 'audio/pcm', 'audio/pcmu', and"
                        + " 'audio/pcma'.",
                "{'type':'session.update','session':{'type':'realtime','max_output_tokens':0}}"
                        + " | Invalid 'session.max_output_tokens': expected a value >= 1, but got 0 instead.",
            })
    void theMessageSaysWhat(String event, String message) {
        assertThat(ClientEvent.check(Samples.json(event)).orElseThrow().message())
                .isEqualTo(message);
    }

    @Test
    void anUnknownTypeIsAnsweredWithThoseThatThereAre() {
        String message =
                ClientEvent.check(Samples.json("{'type':'x'}")).orElseThrow().message();
        assertThat(message).startsWith("Invalid value: 'x'. Supported values are: 'session.update', ");
        assertThat(message).contains("'output_audio_buffer.clear'").doesNotContain("response.done");
    }

    @Test
    void aTextOfTheClientsIsNeverQuotedWhole() {
        ObjectNode event = Samples.json("{'type':'response.create'}");
        event.put("x".repeat(10_000), 1);
        assertThat(ClientEvent.check(event).orElseThrow().message()).hasSizeLessThan(200);
        event = Samples.json("{'type':'response.create','response':{}}");
        ((ObjectNode) event.get("response")).put("conversation", "secret".repeat(10_000));
        assertThat(ClientEvent.check(event).orElseThrow().message()).hasSizeLessThan(200);
    }

    private static void assertFault(Optional<ErrorDetail> found, String code, String param) {
        ErrorDetail fault = found.orElseThrow();
        assertThat(fault.code()).as(fault.message()).isEqualTo(code);
        assertThat(fault.param()).as(fault.message()).isEqualTo(param);
        assertThat(fault.type()).isEqualTo("invalid_request_error");
    }
}
