package dev.parley.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.Json;
import dev.parley.testkit.conformance.Recording.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Recordings of Gemini Live, played through a gateway to a client of OpenAI Realtime; see {@link Recordings}. */
class GeminiReplayTest {
    @TestFactory
    Stream<DynamicTest> reachesAClientOfOpenAiWhole() throws IOException {
        return Recordings.each(Set.of("gemini", "third-party-gateway"), recording -> {
            if (recording.foreign()) {
                Result result = Conformance.check(recording);
                assertThat(result.foreign()).isFalse();
                assertThat(result.differences()).isEmpty();
            }
        });
    }

    /** A conversation by voice, with calls, an interruption and a usage that comes alone. */
    @Test
    void aSpokenConversationReachesAClientOfOpenAiWhole() {
        List<Message> messages = """
                sent {'setup':{'model':'models/gemini-3.8-live','inputAudioTranscription':{},'tools':[{'functionDeclarations':[{'name':'find','parameters':{'type':'OBJECT','properties':{'n':{'type':'INTEGER','nullable':true}}}}]}]}}
                recv {'setupComplete':{}}
                recv {'sessionResumptionUpdate':{'newHandle':'h','resumable':true}}
                sent {'realtimeInput':{'audio':{'mimeType':'audio/pcm;rate=16000','data':'AAAA'}}}
                recv {'serverContent':{'inputTranscription':{'text':' Find'}}}
                recv {'serverContent':{'inputTranscription':{'text':' it.'}}}
                recv {'toolCall':{'functionCalls':[{'id':'a','name':'find','args':{'n':1}},{'id':'b','name':'find'}]},'usageMetadata':{'promptTokenCount':7,'responseTokenCount':3,'totalTokenCount':10}}
                sent {'toolResponse':{'functionResponses':[{'id':'a','name':'find','response':{'x':1}},{'id':'b','name':'find','response':{'output':'two'}}]}}
                recv {'serverContent':{'modelTurn':{'parts':[{'inlineData':{'mimeType':'audio/pcm;rate=24000','data':'AQID'}},{'inlineData':{'mimeType':'audio/pcm;rate=24000','data':'BAUGBw=='}}]},'outputTranscription':{'text':' I'}}}
                recv {'serverContent':{'outputTranscription':{'text':' found it.'},'generationComplete':true}}
                recv {'serverContent':{'turnComplete':true},'usageMetadata':{'promptTokenCount':9,'responseTokenCount':4,'totalTokenCount':13}}
                sent {'realtimeInput':{'audio':{'mimeType':'audio/pcm;rate=16000','data':'AAAA'}}}
                recv {'serverContent':{'modelTurn':{'parts':[{'inlineData':{'mimeType':'audio/pcm;rate=24000','data':'CAkK'}}]}}}
                recv {'serverContent':{'interrupted':true}}
                recv {'serverContent':{'turnComplete':true}}
                """.lines().map(GeminiReplayTest::message).toList();
        Result result = Conformance.check(new Recording("gemini/spoken", "gemini", List.copyOf(messages)));
        assertThat(result.differences()).isEmpty();
        assertThat(result.foreign()).isFalse();
    }

    private static Message message(String line) {
        String json = line.substring(5).replace('\'', '"');
        return new Message(line.startsWith("recv"), Json.parse(json.getBytes(StandardCharsets.UTF_8)));
    }
}
