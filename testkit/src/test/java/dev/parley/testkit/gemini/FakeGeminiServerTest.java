package dev.parley.testkit.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.protocol.Json;
import dev.parley.testkit.Script;
import dev.parley.testkit.assistant.ScriptedAssistant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The fake server against a client that shares nothing with Parley's provider. */
class FakeGeminiServerTest {
    private static final ScriptedAssistant.Part PART =
            new ScriptedAssistant.Part("what is new", "Nothing much.", "forever", "{\"n\":1}");
    private static final String MANUAL = ",'realtimeInputConfig':{'automaticActivityDetection':{'disabled':true}}";

    private static String audio(int millis, int hertz, int level) {
        byte[] pcm = new byte[millis * hertz / 1000 * 2];
        for (int i = 0; i < pcm.length / 2; i++) {
            int sample = (int) (level * Math.sin(2 * Math.PI * 300 * i / hertz));
            pcm[2 * i] = (byte) sample;
            pcm[2 * i + 1] = (byte) (sample >> 8);
        }
        return "{'realtimeInput':{'audio':{'mimeType':'audio/pcm;rate=" + hertz + "','data':'"
                + Base64.getEncoder().encodeToString(pcm) + "'}}}";
    }

    private static String text(String text) {
        return "{'clientContent':{'turns':[{'role':'user','parts':[{'text':'" + text + "'}]}],'turnComplete':true}}";
    }

    @Test
    void aTurnInTextIsAnsweredWithWordsSoundAndUsageInBinaryFrames() {
        try (FakeGeminiServer server = FakeGeminiServer.start(new GeminiAssistant(PART));
                GeminiCaller caller = GeminiCaller.setUp(server, ",'outputAudioTranscription':{}")) {
            caller.send(text("Hello"));
            assertThat(caller.next()
                            .at("/serverContent/outputTranscription/text")
                            .asString())
                    .isEqualTo("Nothing ");
            JsonNode inline = caller.next().at("/serverContent/modelTurn/parts/0/inlineData");
            assertThat(inline.path("mimeType").asString()).isEqualTo("audio/pcm;rate=24000");
            assertThat(caller.next("usageMetadata")
                            .at("/usageMetadata/totalTokenCount")
                            .asInt())
                    .isEqualTo(60);
            assertThat(caller.binaries()).doesNotContain(false);
        }
    }

    @Test
    void aSpokenTurnEndsByItselfAtAnyRate() throws InterruptedException {
        try (FakeGeminiServer server = FakeGeminiServer.start(new GeminiAssistant(PART));
                GeminiCaller caller = GeminiCaller.setUp(server, ",'inputAudioTranscription':{}")) {
            FakeGeminiSession session = server.next();
            for (int hertz : new int[] {16_000, 24_000}) {
                caller.send(audio(300, hertz, 5000)).send(audio(600, hertz, 0));
                UserTurn.Speech speech = (UserTurn.Speech) session.turn();
                assertThat(speech.hertz()).isEqualTo(hertz);
                assertThat(speech.pcm().length / 2 * 1000 / hertz).isBetween(800, 900);
                assertThat(caller.next()
                                .at("/serverContent/inputTranscription/text")
                                .asString())
                        .isEqualTo("what");
                caller.next("usageMetadata");
            }
            assertThat(session.faults()).isEmpty();
        }
    }

    @Test
    void speakingOverAnAnswerInterruptsItAndMakesItsCallsVoid() throws Exception {
        try (FakeGeminiServer server = FakeGeminiServer.start(new GeminiAssistant(PART));
                GeminiCaller caller = GeminiCaller.setUp(server, "")) {
            caller.send(text("talk forever")).next("serverContent");
            FakeGeminiSession session = server.next();
            session.send(new ModelMessage().call("c1", "find", Json.object()));
            caller.send(audio(40, 16_000, 5000));
            assertThat(caller.next("toolCallCancellation")
                            .at("/toolCallCancellation/ids/0")
                            .asString())
                    .isEqualTo("c1");
            assertThat(caller.next().at("/serverContent/interrupted").asBoolean())
                    .isTrue();
            assertThat(caller.next().at("/serverContent/turnComplete").asBoolean())
                    .isTrue();
        }
    }

    @Test
    void callsAreAnsweredTogether() throws Exception {
        try (FakeGeminiServer server = FakeGeminiServer.start(GeminiScript.silent());
                GeminiCaller caller = GeminiCaller.setUp(server, "")) {
            FakeGeminiSession session = server.next();
            session.send(new ModelMessage().call("c1", "find", null).call("c2", "find", null));
            caller.send("{'toolResponse':{'functionResponses':[{'id':'c1','name':'find','response':{}}]}}");
            caller.send("{'toolResponse':{'functionResponses':[{'id':'c2','name':'find','response':{'output':2}}]}}");
            assertThat(((UserTurn.Results) session.turn()).responses()).hasSize(2);
            assertThat(session.turnsWaiting()).isZero();
        }
    }

    @Test
    void aHandleGoesOnAndAnUnknownOneIsRefused() {
        try (FakeGeminiServer server = FakeGeminiServer.start(new GeminiAssistant(PART));
                GeminiCaller first = GeminiCaller.setUp(server, ",'sessionResumption':{}")) {
            String before = handle(first);
            first.send(text("Hello")).next("usageMetadata");
            String after = handle(first);
            assertThat(after).isNotEqualTo(before);
            try (GeminiCaller second = GeminiCaller.setUp(server, ",'sessionResumption':{'handle':'" + after + "'}")) {
                server.next();
                FakeGeminiSession session = server.next();
                assertThat(session.resumed()).containsSame(server.sessions().getFirst());
                assertThat(session.history()).hasSize(1);
                second.send("{'clientContent':{'turns':[{'role':'user','parts':[{'text':'a'}]},"
                        + "{'role':'model','parts':[{'text':'b'}]}],'turnComplete':true}}");
                second.next("usageMetadata");
                assertThat(session.faults()).hasSize(1);
            }
            server.forgetHandles();
            assertThatThrownBy(() -> GeminiCaller.setUp(server, ",'sessionResumption':{'handle':'" + after + "'}"))
                    .hasMessageContaining("1007");
        }
    }

    private static String handle(GeminiCaller caller) {
        return caller.next("sessionResumptionUpdate")
                .at("/sessionResumptionUpdate/newHandle")
                .asString();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            1007 setup was sent already                | | {'setup':{'model':'models/gemini-3.8-live'}}
            1007 Invalid value (oneof)                 | | {'realtimeInput':{'text':'a'},'toolResponse':{}}
            1007 realtime_input.media_chunks is deprecated | | {'realtimeInput':{'mediaChunks':[]}}
            1007 Unsupported MIME type                 | | {'realtimeInput':{'audio':{'mimeType':'audio/pcm','data':'AAA='}}}
            1007 Request contains an invalid argument. | | {'realtimeInput':{'audio':{'mimeType':'audio/pcm;rate=16000','data':'AAAA'}}}
            1007 Explicit activity control             | | {'realtimeInput':{'activityStart':{}}}
            1007 Invalid value at 'realtime_input.acti | manual | {'realtimeInput':{'activityStart':true}}
            1007 Request contains an invalid argument. | manual | {'realtimeInput':{'audioStreamEnd':true}}
            1007 Request contains an invalid argument. | manual | {'realtimeInput':{'activityEnd':{}}}
            1007 No turn to complete                   | | {'clientContent':{'turnComplete':true}}
            1007 Please use a valid role               | | {'clientContent':{'turns':[{'role':'system','parts':[{'text':'a'}]}]}}
            1007 Invalid JSON payload received. Unknow | | {'clientContent':{'turns':[{'role':'user','parts':[{'functionCall':{}}]}]}}
            1008 Operation is not implemented          | | {'toolResponse':{'functionResponses':[{'id':'x','name':'f','response':{}}]}}
            1007 Invalid value at 'tool_response       | | {'toolResponse':{'functionResponses':[{'id':'x','name':'f','response':'a'}]}}
            1007 Invalid JSON payload received. Unknow | | {'contextUpdate':{}}
            1007 Invalid JSON payload received.        | | {'realtimeInput':
            """)
    void whatBreaksTheRulesClosesTheConnection(String end, String mode, String message) {
        try (FakeGeminiServer server = FakeGeminiServer.start(GeminiScript.silent());
                GeminiCaller caller = GeminiCaller.setUp(server, mode == null ? "" : MANUAL)) {
            caller.send(message);
            assertThat(caller.closed()).startsWith(end.strip());
        }
    }

    @Test
    void aPairOfSignalsWithoutSpeechIsNoTurn() {
        try (FakeGeminiServer server = FakeGeminiServer.start(GeminiScript.silent());
                GeminiCaller caller = GeminiCaller.setUp(server, MANUAL)) {
            caller.send(audio(20, 16_000, 5000));
            caller.send("{'realtimeInput':{'activityStart':{}}}").send("{'realtimeInput':{'activityEnd':{}}}");
            assertThat(caller.closed()).isEqualTo("1007 No turn to complete");
            assertThat(server.next().faults()).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            1008 models/gemini-live-2.5-flash-native-audio is not found | 'model':'models/gemini-live-2.5-flash-native-audio'
            1008 models/none is not found | 'model':'models/none'
            1007 Request contains an inva | 'model':'models/gemini-3.8-live','generationConfig':{'thinkingConfig':{}}
            1007 Request contains an inva | 'model':'models/gemini-3.8-live-extended-thinking'
            1007 Cannot extract voices    | 'model':'models/gemini-3.8-live','generationConfig':{'responseModalities':['TEXT']}
            1007 Requested voice          | 'model':'models/gemini-3.8-live','generationConfig':{'speechConfig':{'voiceConfig':{'prebuiltVoiceConfig':{'voiceName':'marin'}}}}
            1007 Invalid JSON payload rec | 'model':'models/gemini-3.8-live','tool_choice':'auto'
            1007 Invalid JSON payload rec | 'model':'models/gemini-3.8-live','explicitVadSignal':true
            1007 Invalid JSON payload rec | 'model':'models/gemini-3.8-live','tools':[{'functionDeclarations':[{'name':'f','parameters':{'type':'OBJECT','additionalProperties':false}}]}]
            """)
    void aSetupThatIsWrongClosesTheConnection(String end, String setup) {
        try (FakeGeminiServer server = FakeGeminiServer.start(GeminiScript.silent());
                GeminiCaller caller = GeminiCaller.connect(server, GeminiCaller.PATH, FakeGeminiServer.key())) {
            caller.send("{'setup':{" + setup + "}}");
            assertThat(caller.closed()).startsWith(end.strip());
        }
    }

    @Test
    void vertexHasItsOwnRules() throws Exception {
        String path = "/ws/google.cloud.aiplatform.v1beta1.LlmBidiService/BidiGenerateContent";
        String model = "projects/p/locations/l/publishers/google/models/gemini-live-2.5-flash-native-audio";
        try (FakeGeminiServer server = FakeGeminiServer.start(GeminiScript.silent());
                GeminiCaller caller = GeminiCaller.connect(server, path, FakeGeminiServer.key())) {
            caller.send("{'setup':{'model':'" + model + "','explicitVadSignal':true}}");
            assertThat(caller.next().at("/setupComplete/sessionId").isString()).isTrue();
            FakeGeminiSession session = server.next();
            session.send(new ModelMessage().call(null, "find", null));
            caller.next("toolCall");
            caller.send("{'toolResponse':{'functionResponses':[{'name':'find','response':{}}]}}");
            assertThat(session.turn()).isInstanceOf(UserTurn.Results.class);
            session.send(new ModelMessage().call(null, "find", null));
            caller.next("toolCall");
            caller.send("{'toolResponse':{'functionResponses':[{'id':'1','name':'find','response':{}}]}}");
            assertThat(caller.closed()).startsWith("1007");
        }
    }

    @Test
    void aBadKeyAnUnknownPathAndAFateEndBeforeASession() {
        try (FakeGeminiServer server = FakeGeminiServer.start(GeminiScript.silent())) {
            try (GeminiCaller caller = GeminiCaller.connect(server, GeminiCaller.PATH, "bad")) {
                assertThat(caller.closed()).isEqualTo("1007 API key not valid. Please pass a valid API key.");
            }
            assertThatThrownBy(() -> GeminiCaller.connect(server, "/v1/realtime", FakeGeminiServer.key()))
                    .isInstanceOf(CompletionException.class);
            server.fate(Script.refuse(429));
            assertThatThrownBy(() -> GeminiCaller.connect(server, GeminiCaller.PATH, FakeGeminiServer.key()))
                    .isInstanceOf(CompletionException.class);
            assertThat(server.sessions()).isEmpty();
            assertThat(List.copyOf(server.connections())).hasSize(3);
        }
    }
}
