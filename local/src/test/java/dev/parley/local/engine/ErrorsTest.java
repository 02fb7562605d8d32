package dev.parley.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What is wrong is answered with OpenAI's error, and the session lives on. */
class ErrorsTest {
    @ParameterizedTest(name = "{1}: {0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "null",
            value = {
                "{'event_id':'e1'} | invalid_event | type",
                "{'type':'no.such.event','event_id':'e1'} | invalid_value | type",
                "{'type':'session.update','event_id':'e1'} | missing_required_parameter | session",
                "{'type':'session.update','event_id':'e1','session':{}} | missing_required_parameter | session.type",
                "{'type':'session.update','event_id':'e1','session':7} | invalid_type | session",
                "{'type':'session.update','event_id':'e1','session':{'type':'x'}} | invalid_value | session.type",
                "{'type':'session.update','event_id':'e1','session':{'type':'transcription'}}"
                        + " | invalid_value | session.type",
                "{'type':'session.update','event_id':'e1','session':{'type':'realtime','voice':'alloy'}}"
                        + " | unknown_parameter | session.voice",
                "{'type':'session.update','event_id':'e1','session':{'type':'realtime','temperature':0.8}}"
                        + " | unknown_parameter | session.temperature",
                "{'type':'session.update','event_id':'e1','session':{'type':'realtime','instructions':7}}"
                        + " | invalid_type | session.instructions",
                "{'type':'session.update','event_id':'e1','session':{'type':'realtime','output_modalities':['video']}}"
                        + " | invalid_value | session.output_modalities[0]",
                "{'type':'session.update','event_id':'e1','session':{'type':'realtime',"
                        + "'output_modalities':['audio','text']}} | invalid_value | session.output_modalities",
                "{'type':'session.update','event_id':'e1','session':{'type':'realtime',"
                        + "'audio':{'input':{'turn_detection':{'type':'server_vad','prefix_padding_ms':10001}}}}}"
                        + " | integer_above_max_value | session.audio.input.turn_detection.prefix_padding_ms",
                "{'type':'session.update','event_id':'e1','session':{'type':'realtime','tool_choice':"
                        + "{'type':'mcp','server_label':'a'}}} | unsupported_by_provider | session.tool_choice",
                "{'type':'session.update','event_id':'e1','session':{'type':'realtime',"
                        + "'audio':{'output':{'voice':{'id':'voice_1'}}}}}"
                        + " | unsupported_by_provider | session.audio.output.voice",
                "{'type':'conversation.item.create','event_id':'e1','item':{'type':'message','role':'user',"
                        + "'content':[{'type':'input_audio'}]}} | missing_required_parameter | item.content[0].audio",
                "{'type':'conversation.item.create','event_id':'e1','item':{'type':'message','role':'user',"
                        + "'content':[{'type':'input_audio','audio':'AAAA'}]}} | invalid_value | item.content[0].audio",
                "{'type':'conversation.item.create','event_id':'e1','item':{'type':'message','role':'assistant',"
                        + "'content':[{'type':'output_audio','audio':'AAAAAAAA'}]}}"
                        + " | invalid_value | item.content[0].audio",
                "{'type':'session.update','event_id':'e1','session':{'type':'realtime','max_output_tokens':5000}}"
                        + " | integer_above_max_value | session.max_output_tokens",
                "{'type':'session.update','event_id':'e1','session':{'type':'realtime','prompt':{'id':'p'}}}"
                        + " | unsupported_by_provider | session.prompt",
                "{'type':'session.update','event_id':'e1','session':{'type':'realtime',"
                        + "'audio':{'output':{'voice':'nobody'}}}} | invalid_value | session.audio.output.voice",
                "{'type':'session.update','event_id':'e1','session':{'type':'realtime',"
                        + "'audio':{'output':{'speed':1.2}}}} | unsupported_by_provider | session.audio.output.speed",
                "{'type':'session.update','event_id':'e1','session':{'type':'realtime',"
                        + "'audio':{'input':{'format':{'type':'pcm16'}}}}}"
                        + " | invalid_value | session.audio.input.format.type",
                "{'type':'session.update','event_id':'e1','session':{'type':'realtime',"
                        + "'audio':{'input':{'format':{'type':'audio/pcmu'}}}}}"
                        + " | unsupported_by_provider | session.audio.input.format",
                "{'type':'session.update','event_id':'e1','session':{'type':'realtime',"
                        + "'audio':{'output':{'format':{'type':'audio/pcm','rate':16000}}}}}"
                        + " | unsupported_by_provider | session.audio.output.format",
                "{'type':'session.update','event_id':'e1','session':{'type':'realtime',"
                        + "'audio':{'input':{'turn_detection':{'type':'semantic_vad','eagerness':'very'}}}}}"
                        + " | invalid_value | session.audio.input.turn_detection.eagerness",
                "{'type':'session.update','event_id':'e1','session':{'type':'realtime',"
                        + "'audio':{'input':{'turn_detection':{'type':'semantic_vad','threshold':0.5}}}}}"
                        + " | unknown_parameter | session.audio.input.turn_detection.threshold",
                "{'type':'session.update','event_id':'e1','session':{'type':'realtime',"
                        + "'audio':{'input':{'turn_detection':{'type':'server_vad','create_response':null}}}}}"
                        + " | invalid_type | session.audio.input.turn_detection.create_response",
                "{'type':'session.update','event_id':'e1','session':{'type':'realtime',"
                        + "'audio':{'input':{'turn_detection':{'type':'server_vad','threshold':2}}}}}"
                        + " | integer_above_max_value | session.audio.input.turn_detection.threshold",
                "{'type':'session.update','event_id':'e1','session':{'type':'realtime',"
                        + "'audio':{'input':{'turn_detection':{'type':'server_vad','idle_timeout_ms':4999}}}}}"
                        + " | integer_below_min_value | session.audio.input.turn_detection.idle_timeout_ms",
                "{'type':'session.update','event_id':'e1','session':{'type':'realtime',"
                        + "'tools':[{'type':'function','name':'a','meta':1}]}}"
                        + " | unknown_parameter | session.tools[0].meta",
                "{'type':'session.update','event_id':'e1','session':{'type':'realtime',"
                        + "'tools':[{'type':'mcp','server_label':'a','server_url':'u'}]}} | unsupported_by_provider | session.tools[0]",
                "{'type':'session.update','event_id':'e1','session':{'type':'realtime',"
                        + "'tool_choice':{'type':'function','name':'none'}}} | invalid_value | session.tool_choice",
                "{'type':'input_audio_buffer.append','event_id':'e1'} | missing_required_parameter | audio",
                "{'type':'input_audio_buffer.append','event_id':'e1','audio':7} | invalid_type | audio",
                "{'type':'input_audio_buffer.append','event_id':'e1','audio':'&&&&'} | invalid_value | audio",
                "{'type':'input_audio_buffer.append','event_id':'e1','audio':'AAAA'} | invalid_value | audio",
                "{'type':'input_audio_buffer.commit','event_id':'e1'} | input_audio_buffer_commit_empty | null",
                "{'type':'conversation.item.create','event_id':'e1'} | missing_required_parameter | item",
                "{'type':'conversation.item.create','event_id':'e1','item':{'type':'mcp_approval_response',"
                        + "'approval_request_id':'a','approve':true}}"
                        + " | unsupported_by_provider | item.type",
                "{'type':'session.update','event_id':'e1','session':{'type':'realtime','parallel_tool_calls':null}}"
                        + " | invalid_type | session.parallel_tool_calls",
                "{'type':'conversation.item.create','event_id':'e1','item':{'type':'song'}}"
                        + " | invalid_value | item.type",
                "{'type':'conversation.item.create','event_id':'e1','item':{'type':'message','role':'user',"
                        + "'content':[{'type':'input_image','image_url':'data:'}]}}"
                        + " | unsupported_by_provider | item.content[0].type",
                "{'type':'conversation.item.create','event_id':'e1','item':{'type':'message','role':'assistant',"
                        + "'content':[{'type':'input_text','text':'a'}]}} | invalid_value | item.content[0].type",
                "{'type':'conversation.item.create','event_id':'e1','item':{'type':'message','role':'user',"
                        + "'content':[{'type':'input_text'}]}} | missing_required_parameter | item.content[0].text",
                "{'type':'conversation.item.create','event_id':'e1','previous_item_id':'nobody','item':{"
                        + "'type':'message','role':'user','content':[{'type':'input_text','text':'a'}]}}"
                        + " | item_create_invalid_previous_item_id | previous_item_id",
                "{'type':'conversation.item.create','event_id':'e1','item':{'type':'message','id':'known',"
                        + "'role':'user','content':[{'type':'input_text','text':'a'}]}}"
                        + " | item_create_duplicate_item_id | item.id",
                "{'type':'conversation.item.create','event_id':'e1','item':{'type':'function_call_output',"
                        + "'call_id':'nobody','output':''}} | invalid_tool_call_id | item.call_id",
                "{'type':'conversation.item.retrieve','event_id':'e1','item_id':'nobody'}"
                        + " | item_retrieve_invalid_item_id | item_id",
                "{'type':'conversation.item.delete','event_id':'e1','item_id':'nobody'}"
                        + " | item_delete_invalid_item_id | item_id",
                "{'type':'conversation.item.truncate','event_id':'e1','item_id':'nobody','content_index':0,"
                        + "'audio_end_ms':0} | item_truncate_invalid_item_id | item_id",
                "{'type':'conversation.item.truncate','event_id':'e1','item_id':'known','content_index':0,"
                        + "'audio_end_ms':0} | invalid_value | item_id",
                "{'type':'conversation.item.truncate','event_id':'e1','item_id':'known','content_index':0,"
                        + "'audio_end_ms':1.5} | invalid_type | audio_end_ms",
                "{'type':'response.create','event_id':'e1','response':{'modalities':['text']}}"
                        + " | unknown_parameter | response.modalities",
                "{'type':'response.create','event_id':'e1','response':{'conversation':'mine'}}"
                        + " | invalid_value | response.conversation",
                "{'type':'response.create','event_id':'e1','response':{'input':[{'type':'item_reference',"
                        + "'id':'nobody'}]}} | invalid_value | response.input[0].id",
                "{'type':'response.cancel','event_id':'e1'} | response_cancel_not_active | null",
                "{'type':'response.cancel','event_id':'e1','extra':1} | unknown_parameter | extra",
                "{'type':'output_audio_buffer.clear','event_id':'e1'} | unsupported_by_provider | type"
            })
    void isRefused(String event, String code, String param) {
        Rig rig = Rig.started();
        rig.send("{'type':'conversation.item.create','item':{'type':'message','id':'known','role':'user',"
                + "'content':[{'type':'input_text','text':'Hello'}]}}");
        rig.types();
        JsonNode before = rig.events.getFirst().path("session");

        rig.send(event);

        assertThat(rig.types()).containsExactly("error");
        assertThat(rig.error().path("code").asString()).isEqualTo(code);
        assertThat(rig.error().path("param").asString(null)).isEqualTo(param);
        assertThat(rig.error().path("event_id").asString()).isEqualTo("e1");
        assertThat(rig.error().path("type").asString()).isEqualTo("invalid_request_error");
        assertThat(rig.error().path("message").asString()).isNotBlank();
        rig.send("{'type':'session.update','session':{'type':'realtime'}}");
        assertThat(rig.last("session.updated").path("session")).isEqualTo(before);
    }

    @Test
    void aRefusedUpdateChangesNothing() {
        Rig rig = Rig.started();
        rig.send("{'type':'session.update','session':{'type':'realtime','instructions':'new','audio':"
                + "{'input':{'turn_detection':null},'output':{'voice':'nobody'}}}}");
        assertThat(rig.types()).containsExactly("error");
        rig.send("{'type':'session.update','session':{'type':'realtime'}}");
        assertThat(rig.last("session.updated").path("session"))
                .isEqualTo(rig.events.getFirst().path("session"));
        rig.audio(200, true);
        assertThat(rig.types()).contains("input_audio_buffer.speech_started");
    }

    @Test
    void whatIsNoJsonIsRefused() {
        Rig rig = Rig.started();
        rig.raw("nonsense").raw("{\"type\":\"response.create\",").raw("[1]").raw("{\"type\":7}");
        assertThat(rig.types()).containsExactly("error", "error", "error", "error");
    }

    @Test
    void aSecondResponseIsRefusedByTheNameOfTheFirst() {
        Rig rig = Rig.started();
        rig.fakes.mind = (request, sink) -> sink.text("This takes longer to say than what is sent ahead.");
        rig.text("a").respond().respond();
        assertThat(rig.error().path("code").asString()).isEqualTo("conversation_already_has_active_response");
        assertThat(rig.error().path("message").asString())
                .contains(
                        rig.last("response.created").path("response").path("id").asString());
        rig.advance(5_000).respond();
        assertThat(rig.all("error")).hasSize(1);
    }

    @Test
    void theVoiceIsFixedOnceItWasHeard() {
        Rig rig = Rig.started();
        rig.text("a").respond().advance(5_000);
        rig.send("{'type':'session.update','session':{'type':'realtime','audio':{'output':{'voice':'alloy'}}}}");
        assertThat(rig.all("error")).isEmpty();
        rig.send("{'type':'session.update','session':{'type':'realtime','audio':{'output':{'voice':'cedar'}}}}");
        assertThat(rig.error().path("code").asString()).isEqualTo("cannot_update_voice");
    }

    @Test
    void truncatingBeyondTheEndIsRefused() {
        Rig rig = Rig.started();
        rig.text("a").respond().advance(5_000);
        String item = rig.last("response.content_part.done").path("item_id").asString();
        rig.send("{'type':'conversation.item.truncate','item_id':'" + item + "','content_index':0,'audio_end_ms':661}");
        assertThat(rig.error().path("message").asString())
                .isEqualTo("Audio content of 660ms is already shorter than 661ms");
    }

    @Test
    void advisoryFieldsAreTakenAndNotShownAsApplied() {
        Rig rig = Rig.with("'model':'other','tracing':'auto','include':null,'prompt':null,'truncation':'disabled',"
                + "'output_modalities':['audio'],'audio':{'input':{'noise_reduction':{'type':'near_field'},"
                + "'format':{'type':'audio/pcm','rate':24000}},'output':{'speed':1}}");
        JsonNode session = rig.last("session.updated").path("session");
        assertThat(session).isEqualTo(rig.events.getFirst().path("session"));
    }

    @Test
    void theFirstUpdatesOfTheAgentsClientAreTaken() {
        Rig rig = Rig.started();
        rig.send("{'type':'session.update','session':{'type':'realtime','tracing':'auto'}}");
        rig.send("{'type':'session.update','session':{'type':'realtime','model':'gpt-realtime-2.1','instructions':'i',"
                + "'output_modalities':['audio'],'audio':{'input':{'format':{'type':'audio/pcm','rate':24000},"
                + "'noise_reduction':null,'transcription':{'model':'gpt-4o-mini-transcribe'},"
                + "'turn_detection':{'type':'semantic_vad'}},'output':{'format':{'type':'audio/pcm','rate':24000},"
                + "'speed':1}},'tool_choice':'auto','tools':[{'type':'function','name':'f','description':'d',"
                + "'parameters':{'type':'object','properties':{},'required':[],'additionalProperties':false}}]}}");
        rig.send("{'type':'session.update','session':{'type':'realtime','reasoning':{'effort':'low'},"
                + "'truncation':{'type':'retention_ratio','retention_ratio':0.8},'tracing':{'workflow_name':'w'},"
                + "'include':['item.input_audio_transcription.logprobs'],'prompt':null,"
                + "'audio':{'input':{'noise_reduction':{'type':'far_field'}}}}}");
        assertThat(rig.types()).containsExactly("session.updated", "session.updated", "session.updated");
        JsonNode audio = rig.last("session.updated").path("session").path("audio");
        assertThat(audio.path("input")
                        .path("turn_detection")
                        .path("interrupt_response")
                        .asBoolean())
                .isTrue();
        assertThat(audio.path("input").path("transcription").path("model").asString())
                .isEqualTo("gpt-4o-mini-transcribe");
    }

    @Test
    void aFullBufferIsTold() {
        Rig rig = Rig.with("'audio':{'input':{'turn_detection':null}}");
        for (int i = 0; i < 31; i++) {
            rig.write(10_000, false);
        }
        assertThat(rig.types()).containsExactly("error");
        assertThat(rig.error().path("code").asString()).isEqualTo("input_audio_buffer_full");
        rig.send("{'type':'input_audio_buffer.commit'}");
        assertThat(rig.types()).startsWith("input_audio_buffer.committed");
    }

    @Test
    void aFailingVoiceFailsTheResponse() {
        Rig rig = Rig.started();
        rig.fakes.voiceFails = true;
        rig.text("a").respond();
        JsonNode response = rig.last("response.done").path("response");
        assertThat(response.path("status").asString()).isEqualTo("failed");
        assertThat(response.path("status_details").path("error").path("code").asString())
                .isEqualTo("voice_failed");
        rig.fakes.voiceFails = false;
        rig.respond().advance(5_000);
        assertThat(rig.last("response.done").path("response").path("status").asString())
                .isEqualTo("completed");
    }

    @Test
    void aFailingMindFailsTheResponse() {
        Rig rig = Rig.started();
        rig.fakes.mind = (request, sink) -> {
            throw new IllegalStateException("a secret");
        };
        rig.text("a").respond();
        assertThat(rig.types().subList(2, 5))
                .isEqualTo(List.of("response.created", "response.done", "rate_limits.updated"));
        assertThat(rig.last("response.done").toString()).contains("mind_failed").doesNotContain("secret");
    }
}
