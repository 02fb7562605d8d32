package dev.parley.gemini.setup;

import static dev.parley.gemini.setup.SessionSettingsTest.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The messages that set a session with Gemini up. */
class SetupTest {
    private static final Endpoint VERTEX = new Endpoint.Vertex("acme", "europe-west4");
    private static final GeminiModel NEW = developer("gemini-3.8-live");
    private static final GeminiModel OLD = developer("gemini-2.5-flash-native-audio-preview-09-2025");

    private static GeminiModel developer(String name) {
        return ModelTable.find(name, ModelTable.STANDARD, Endpoint.DEVELOPER);
    }

    private static SessionSettings settings(GeminiModel model, String update) {
        return SessionSettings.initial(model, Voices.STANDARD, "sess_1", 0).with(json(update), false);
    }

    private static JsonNode setup(GeminiModel model, String update) {
        return Setup.message(settings(model, update), model, null, false).path("setup");
    }

    @Test
    void aSessionThatSetsNothingSetsWhatParleyNeeds() {
        assertThat(Setup.message(settings(NEW, "{}"), NEW, null, false))
                .isEqualTo(json("{'setup':{'model':'models/gemini-3.8-live','generationConfig':{'responseModalities':"
                        + "['AUDIO']},'contextWindowCompression':{'slidingWindow':{}},'inputAudioTranscription':{},"
                        + "'outputAudioTranscription':{},'sessionResumption':{}}}"));
    }

    @Test
    void everythingThatCanBeSet() {
        SessionSettings settings = settings(
                NEW,
                "{'instructions':'Be brief.','max_output_tokens':300,'tools':[{'type':'function','name':'weather',"
                        + "'description':'Looks it up.','parameters':{'type':'object','properties':{'city':"
                        + "{'type':'string'}},'required':['city'],'additionalProperties':false}},"
                        + "{'type':'function','name':'stop'}],"
                        + "'audio':{'input':{'transcription':{'language':'de'},'turn_detection':{'type':'server_vad',"
                        + "'threshold':0.7,'prefix_padding_ms':300,'silence_duration_ms':800,'interrupt_response':false}},"
                        + "'output':{'voice':'alloy'}}}");

        assertThat(Setup.message(settings, NEW, "handle-1", false))
                .isEqualTo(json("{'setup':{'model':'models/gemini-3.8-live','generationConfig':{'responseModalities':"
                        + "['AUDIO'],'speechConfig':{'voiceConfig':{'prebuiltVoiceConfig':{'voiceName':'Kore'}}},"
                        + "'maxOutputTokens':300},'systemInstruction':{'parts':[{'text':'Be brief.'}]},"
                        + "'tools':[{'functionDeclarations':[{'name':'weather','description':'Looks it up.',"
                        + "'parameters':{'type':'OBJECT','properties':{'city':{'type':'STRING'}},'required':['city']}},"
                        + "{'name':'stop','description':''}]}],'realtimeInputConfig':{'automaticActivityDetection':"
                        + "{'startOfSpeechSensitivity':'START_SENSITIVITY_LOW','silenceDurationMs':800},"
                        + "'activityHandling':'NO_INTERRUPTION'},'contextWindowCompression':{'slidingWindow':{}},"
                        + "'inputAudioTranscription':{'languageCodes':['de']},'outputAudioTranscription':{},"
                        + "'sessionResumption':{'handle':'handle-1'}}}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "null|{'automaticActivityDetection':{'disabled':true}}",
                "{'type':'server_vad','threshold':0.4}"
                        + "|{'automaticActivityDetection':{'startOfSpeechSensitivity':'START_SENSITIVITY_HIGH'}}",
                "{'type':'server_vad','threshold':0.5,'prefix_padding_ms':20}|",
                "{'type':'semantic_vad','eagerness':'low'}"
                        + "|{'automaticActivityDetection':{'endOfSpeechSensitivity':'END_SENSITIVITY_LOW'}}",
                "{'type':'semantic_vad','eagerness':'high'}"
                        + "|{'automaticActivityDetection':{'endOfSpeechSensitivity':'END_SENSITIVITY_HIGH'}}",
                "{'type':'semantic_vad','eagerness':'auto'}|",
            })
    void turnsAreFoundAsAsked(String detection, String expected) {
        JsonNode config = setup(NEW, "{'audio':{'input':{'turn_detection':" + detection + "}}}")
                .path("realtimeInputConfig");

        assertThat(config).isEqualTo(expected == null ? Json.object().path("none") : json(expected));
    }

    /** As the recordings of July 2026 have it, but for what each session of ours has besides. */
    @Test
    void aRecordedSetupIsMadeOfTheSameSession() {
        JsonNode recorded = json(
                "{'model':'models/gemini-2.5-flash-native-audio-preview-09-2025','generationConfig':"
                        + "{'responseModalities':['AUDIO']},'systemInstruction':{'parts':[{'text':'Use record_reading when asked to"
                        + " record a reading, then confirm it in one sentence.'}]},'tools':[{'functionDeclarations':[{"
                        + "'description':'Store the supplied sensor value.','name':'record_reading','parameters':{'properties':{"
                        + "'zqx_measurement':{'type':'INTEGER'},'qbf_note':{'nullable':true,'type':'STRING'}},'required':"
                        + "['zqx_measurement'],'type':'OBJECT'}}]}],'inputAudioTranscription':{},'outputAudioTranscription':{}}");

        ObjectNode made = (ObjectNode) setup(
                OLD,
                "{'instructions':'Use record_reading when asked to record a reading, then confirm it in one sentence.',"
                        + "'tools':[{'type':'function','name':'record_reading','description':"
                        + "'Store the supplied sensor value.','parameters':{'type':'object','properties':{"
                        + "'zqx_measurement':{'type':'integer'},'qbf_note':{'anyOf':[{'type':'string'},"
                        + "{'type':'null'}],'default':null}},'required':['zqx_measurement'],"
                        + "'additionalProperties':false}}]}");

        made.remove("sessionResumption");
        made.remove("contextWindowCompression");
        assertThat(made).isEqualTo(recorded);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gemini-3.8-live-extended-thinking|{}|{'thinkingLevel':'LOW'}",
                "gemini-3.8-live-extended-thinking|{'reasoning':{'effort':'minimal'}}|{'thinkingLevel':'LOW'}",
                "gemini-3.8-live-extended-thinking|{'reasoning':{'effort':'xhigh'}}|{'thinkingLevel':'HIGH'}",
                "gemini-3.1-flash-live-preview|{}|",
                "gemini-3.1-flash-live-preview|{'reasoning':{'effort':'minimal'}}|{'thinkingLevel':'MINIMAL'}",
                "gemini-2.5-flash-native-audio-preview-12-2025|{'reasoning':{'effort':'low'}}|{'thinkingBudget':1024}",
                "gemini-3.8-live|{}|",
            })
    void modelsThinkAsTheyMay(String model, String update, String expected) {
        JsonNode thinking =
                setup(developer(model), update).path("generationConfig").path("thinkingConfig");

        assertThat(thinking).isEqualTo(expected == null ? Json.object().path("none") : json(expected));
    }

    @Test
    void aHistoryIsAnnouncedWhereItCanBe() {
        assertThat(Setup.message(settings(NEW, "{}"), NEW, null, true).at("/setup/historyConfig"))
                .isEqualTo(json("{'initialHistoryInClientContent':true}"));
        assertThat(Setup.message(settings(OLD, "{}"), OLD, null, true)
                        .path("setup")
                        .has("historyConfig"))
                .isFalse();
    }

    @Test
    void vertexNamesModelsInFullAndTellsVoiceActivity() {
        GeminiModel model = ModelTable.find("gemini-live-2.5-flash-native-audio", "", VERTEX);

        JsonNode setup = setup(model, "{}");

        assertThat(setup.path("model").asString())
                .isEqualTo("projects/acme/locations/europe-west4/publishers/google/models/"
                        + "gemini-live-2.5-flash-native-audio");
        assertThat(setup.path("explicitVadSignal").asBoolean(false)).isTrue();
        assertThat(setup(model, "{'audio':{'input':{'turn_detection':null}}}").has("explicitVadSignal"))
                .isFalse();
    }

    @Test
    void aConfigurationAddsToEverySetup() {
        GeminiModel translating = ModelOptions.of(
                        "test",
                        Map.of(
                                "setup",
                                "{\"generationConfig\":{\"translationConfig\":{\"targetLanguageCode\":\"fr\"}}}",
                                "tool_behavior",
                                "BLOCKING",
                                "json_schema",
                                "true"))
                .apply(NEW);

        JsonNode setup = setup(
                translating,
                "{'tools':[{'type':'function','name':'f','parameters':{'$schema':'x','type':'object',"
                        + "'additionalProperties':false}}]}");

        assertThat(setup.path("generationConfig"))
                .isEqualTo(json("{'responseModalities':['AUDIO'],'translationConfig':{'targetLanguageCode':'fr'}}"));
        assertThat(setup.at("/tools/0/functionDeclarations/0"))
                .isEqualTo(json("{'name':'f','description':'','behavior':'BLOCKING','parametersJsonSchema':"
                        + "{'type':'object','additionalProperties':false}}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'instructions':'a'}|{'instructions':'b'}|UPDATE|RENEW",
                "{'instructions':'a'}|{'tools':[{'type':'function','name':'f'}]}|UPDATE|RENEW",
                "{'instructions':'a'}|{'instructions':''}|RENEW|RENEW",
                "{}|{'audio':{'output':{'voice':'Kore'}}}|RENEW|RENEW",
                "{}|{'instructions':'b','audio':{'output':{'voice':'Kore'}}}|RENEW|RENEW",
                "{}|{'audio':{'input':{'turn_detection':null}}}|RENEW|RENEW",
                "{}|{'audio':{'input':{'transcription':{'model':'whisper-1'}}}}|NONE|NONE",
                "{}|{'tracing':'auto','audio':{'input':{'turn_detection':{'type':'semantic_vad'}}}}|NONE|NONE",
                "{'tools':[{'type':'function','name':'f'}]}|{'tool_choice':'none'}|UPDATE|RENEW",
            })
    void aChangeTakesAsLittleAsItCan(String first, String then, Setup.Change ofNew, Setup.Change ofOld) {
        SessionSettings onNew = settings(NEW, first);
        SessionSettings onOld = settings(OLD, first);

        assertThat(Setup.change(onNew, onNew.with(json(then), false), NEW)).isEqualTo(ofNew);
        assertThat(Setup.change(onOld, onOld.with(json(then), false), OLD)).isEqualTo(ofOld);
    }

    @Test
    void anUpdateHasWhatHasChanged() {
        SessionSettings from = settings(NEW, "{'instructions':'a','tools':[{'type':'function','name':'f'}]}");

        assertThat(Setup.contextUpdate(from, from.with(json("{'instructions':'b'}"), true), NEW))
                .isEqualTo(json("{'contextUpdate':{'systemInstruction':{'parts':[{'text':'b'}]}}}"));
        assertThat(Setup.contextUpdate(from, from.with(json("{'tools':[]}"), true), NEW))
                .isEqualTo(json("{'contextUpdate':{'tools':{'tools':[]}}}"));
        assertThat(Setup.contextUpdate(from, from.with(json("{'tools':[{'type':'function','name':'g'}]}"), true), NEW))
                .isEqualTo(json("{'contextUpdate':{'tools':{'tools':[{'functionDeclarations':"
                        + "[{'name':'g','description':''}]}]}}}"));
    }
}
