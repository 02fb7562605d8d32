package dev.parley.gemini.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.event.ClientEvent;
import dev.parley.event.session.Session;
import dev.parley.protocol.Json;
import dev.parley.provider.reply.Refused;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What {@code session.update} and {@code response.create} may ask of Gemini, and what a session shows then. */
class SessionSettingsTest {
    private static final GeminiModel MODEL = model("gemini-3.8-live");

    private static GeminiModel model(String name) {
        return ModelTable.find(name, ModelTable.STANDARD, Endpoint.DEVELOPER);
    }

    static ObjectNode json(String text) {
        return Json.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static SessionSettings initial(GeminiModel model) {
        return SessionSettings.initial(model, Voices.STANDARD, "sess_1", 1_800_000_000);
    }

    /** An update as a client sends it, whose shape is checked as the leg checks it. */
    private static ObjectNode update(String fields) {
        ObjectNode session = json(fields);
        session.put("type", session.path("type").asString("realtime"));
        ObjectNode event = Json.object().put("type", "session.update");
        event.set("session", session);
        assertThat(ClientEvent.check(event)).isEmpty();
        return session;
    }

    private static SessionSettings with(String fields) {
        return initial(MODEL).with(update(fields), false);
    }

    @Test
    void aNewSessionShowsEveryFieldInOpenAisOrder() {
        ObjectNode shown = initial(MODEL).json();

        assertThat(shown.toString())
                .isEqualTo(
                        json("{'type':'realtime','object':'realtime.session','id':'sess_1','model':'gemini-3.8-live',"
                                        + "'output_modalities':['audio'],'instructions':'','tools':[],'tool_choice':'auto',"
                                        + "'max_output_tokens':'inf','tracing':null,'truncation':'auto','prompt':null,"
                                        + "'expires_at':1800000000,'audio':{'input':{'format':{'type':'audio/pcm','rate':16000},"
                                        + "'transcription':null,'noise_reduction':null,'turn_detection':{'type':'server_vad',"
                                        + "'create_response':true,'interrupt_response':true}},'output':{'format':"
                                        + "{'type':'audio/pcm','rate':24000},'speed':1.0}},'include':null}")
                                .toString());
        assertThat(Session.check(shown, "session").map(fault -> fault.param())).contains("session.object");
        assertThat(Session.decode(shown).encode().toString()).isEqualTo(shown.toString());
    }

    @Test
    void whatIsSetIsShownAndTheRestStays() {
        SessionSettings settings = with("{'instructions':'Be brief.','max_output_tokens':200,'tool_choice':'none',"
                        + "'audio':{'input':{'transcription':{'model':'gpt-4o-transcribe','language':'de'}},"
                        + "'output':{'voice':'marin'}}}")
                .with(
                        update("{'audio':{'input':{'turn_detection':{'type':'semantic_vad','eagerness':'low'}}}}"),
                        false);

        JsonNode shown = settings.json();
        assertThat(shown.path("instructions").asString()).isEqualTo("Be brief.");
        assertThat(shown.at("/audio/output/voice").asString()).isEqualTo("marin");
        assertThat(shown.at("/audio/input/transcription"))
                .isEqualTo(json("{'model':'gpt-4o-transcribe','language':'de','prompt':null}"));
        assertThat(shown.at("/audio/input/turn_detection"))
                .isEqualTo(json("{'type':'semantic_vad','eagerness':'low','create_response':true,"
                        + "'interrupt_response':true}"));
        assertThat(settings.transcribes()).isTrue();
        assertThat(settings.speaks()).isTrue();
        assertThat(settings.manual()).isFalse();
        assertThat(settings.toString()).doesNotContain("brief");
    }

    /** Fields at their default and advice are taken, and not shown as if they held. */
    @Test
    void adviceIsIgnored() {
        SessionSettings settings = with("{'tracing':'auto','prompt':null,'include':null,'parallel_tool_calls':true,"
                + "'truncation':{'type':'retention_ratio','retention_ratio':0.8},'tool_choice':'auto',"
                + "'audio':{'input':{'noise_reduction':{'type':'near_field'},'turn_detection':{'type':'server_vad',"
                + "'prefix_padding_ms':300,'idle_timeout_ms':null,'create_response':true}},'output':{'speed':1}}}");

        assertThat(settings.json()).isEqualTo(initial(MODEL).json());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'tool_choice':'required'}|session.tool_choice",
                "{'tools':[{'type':'function','name':'f'}],'tool_choice':{'type':'function','name':'f'}}"
                        + "|session.tool_choice",
                "{'tools':[{'type':'mcp','server_label':'s','server_url':'https://example.com'}]}|session.tools[0]",
                "{'tools':[{'type':'function','name':'f'},{'type':'function','name':'3d'}]}|session.tools[1].name",
                "{'prompt':{'id':'p'}}|session.prompt",
                "{'include':['item.input_audio_transcription.logprobs']}|session.include",
                "{'parallel_tool_calls':false}|session.parallel_tool_calls",
                "{'reasoning':{'effort':'low'}}|session.reasoning",
                "{'audio':{'output':{'speed':1.2}}}|session.audio.output.speed",
                "{'audio':{'output':{'voice':{'id':'voice_1'}}}}|session.audio.output.voice",
                "{'audio':{'output':{'format':{'type':'audio/pcmu'}}}}|session.audio.output.format",
                "{'audio':{'input':{'format':{'type':'audio/pcm','rate':24000}}}}|session.audio.input.format",
                "{'audio':{'input':{'turn_detection':{'type':'server_vad','create_response':false}}}}"
                        + "|session.audio.input.turn_detection.create_response",
                "{'audio':{'input':{'turn_detection':{'type':'semantic_vad','create_response':false}}}}"
                        + "|session.audio.input.turn_detection.create_response",
                "{'audio':{'input':{'turn_detection':{'type':'server_vad','idle_timeout_ms':6000}}}}"
                        + "|session.audio.input.turn_detection.idle_timeout_ms",
                "{'type':'transcription'}|session.type",
            })
    void whatGeminiCannotDoIsRefusedByItsPath(String fields, String param) {
        SessionSettings settings = initial(MODEL);
        ObjectNode before = settings.json();

        Refused refused = catchThrowableOfType(Refused.class, () -> settings.with(update(fields), false));

        assertThat(refused.detail().code()).isEqualTo("unsupported_by_provider");
        assertThat(refused.detail().param()).isEqualTo(param);
        assertThat(refused.detail().message()).startsWith("The Gemini provider does not support ");
        assertThat(settings.json()).isEqualTo(before);
    }

    @Test
    void aVoiceThatThereIsNotIsRefusedWithThoseThatThereAre() {
        Refused refused = catchThrowableOfType(Refused.class, () -> with("{'audio':{'output':{'voice':'hal'}}}"));

        assertThat(refused.detail().code()).isEqualTo("invalid_value");
        assertThat(refused.detail().param()).isEqualTo("session.audio.output.voice");
        assertThat(refused.detail().message())
                .contains("'hal'")
                .contains("'Zubenelgenubi'")
                .contains("'marin'");
    }

    @Test
    void aVoiceThatHasBeenHeardStays() {
        SessionSettings settings = with("{'audio':{'output':{'voice':'Kore'}}}");

        assertThat(settings.with(update("{'audio':{'output':{'voice':'Kore'}}}"), true)
                        .json())
                .isEqualTo(settings.json());
        assertThatThrownBy(() -> settings.with(update("{'audio':{'output':{'voice':'Puck'}}}"), true))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.detail().code()).isEqualTo("cannot_update_voice"));
    }

    @Test
    void textIsAudioWhereAModelOnlySpeaks() {
        assertThat(with("{'output_modalities':['text']}").json().path("output_modalities"))
                .isEqualTo(json("{'m':['audio']}").path("m"));
        GeminiModel writes =
                ModelOptions.of("test", java.util.Map.of("text", "true")).apply(MODEL);
        SessionSettings text = initial(writes).with(update("{'output_modalities':['text']}"), false);
        assertThat(text.speaks()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gemini-3.8-live", "models/gemini-3.8-live", "gpt-realtime-2.1"})
    void theModelThatThereIsMayBeNamed(String name) {
        assertThat(with("{'model':'" + name + "'}").json().path("model").asString())
                .isEqualTo("gemini-3.8-live");
    }

    @Test
    void anotherModelIsRefused() {
        assertThatThrownBy(() -> with("{'model':'gemini-3.1-flash-live-preview'}"))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.detail().param()).isEqualTo("session.model"));
    }

    @Test
    void pushToTalkIsNull() {
        SessionSettings settings = with("{'audio':{'input':{'turn_detection':null}}}");

        assertThat(settings.manual()).isTrue();
        assertThat(settings.json().at("/audio/input/turn_detection").isNull()).isTrue();
        assertThat(settings.with(update("{'audio':{'input':{'turn_detection':{'type':'server_vad'}}}}"), true)
                        .manual())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'tools':[{'type':'function','name':'f'}]}|response.tools",
                "{'tools':[]}|",
                "{'tool_choice':'none'}|response.tool_choice",
                "{'tool_choice':'auto','max_output_tokens':'inf','parallel_tool_calls':true}|",
                "{'max_output_tokens':5}|response.max_output_tokens",
                "{'output_modalities':['text']}|response.output_modalities",
                "{'output_modalities':['audio'],'conversation':'auto'}|",
                "{'conversation':'none'}|response.conversation",
                "{'input':[]}|response.input",
                "{'prompt':{'id':'p'}}|response.prompt",
                "{'reasoning':{'effort':'low'}}|response.reasoning",
                "{'parallel_tool_calls':false}|response.parallel_tool_calls",
                "{'audio':{'output':{'voice':'Puck'}}}|response.audio.output.voice",
                "{'audio':{'output':{'voice':'marin','format':{'type':'audio/pcm','rate':24000}}}}|",
                "{'audio':{'output':{'format':{'type':'audio/pcma'}}}}|response.audio.output.format",
            })
    void oneResponseIsAsItsSession(String fields, String param) {
        SessionSettings session = with("{'audio':{'output':{'voice':'marin'}}}");
        ObjectNode response = json(fields);
        ObjectNode event = Json.object().put("type", "response.create");
        event.set("response", response);
        assertThat(ClientEvent.check(event)).isEmpty();

        if (param == null) {
            assertThat(ResponseWish.of(response, session).instructions()).isNull();
        } else {
            Refused refused = catchThrowableOfType(Refused.class, () -> ResponseWish.of(response, session));
            assertThat(refused.detail().code()).isEqualTo("unsupported_by_provider");
            assertThat(refused.detail().param()).isEqualTo(param);
        }
    }

    @Test
    void aResponseShowsWhatItIsMadeWith() {
        SessionSettings session = with("{'audio':{'output':{'voice':'marin'}}}");
        ResponseWish wish = ResponseWish.of(json("{'instructions':'Sing.','metadata':{'a':'b'}}"), session);

        assertThat(wish.instructions()).isEqualTo("Sing.");
        assertThat(wish.response("resp_1", "conv_1", session))
                .isEqualTo(json("{'object':'realtime.response','id':'resp_1','status':'in_progress',"
                        + "'status_details':null,'output':[],'conversation_id':'conv_1','output_modalities':['audio'],"
                        + "'max_output_tokens':'inf','audio':{'output':{'format':{'type':'audio/pcm','rate':24000},"
                        + "'voice':'marin'}},'usage':null,'metadata':{'a':'b'}}"));
    }
}
