package dev.parley.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.helpers.RealtimeWebSocketOptions;
import com.openai.models.realtime.AudioTranscription;
import com.openai.models.realtime.RealtimeClientEvent;
import com.openai.models.realtime.RealtimeServerEvent;
import com.openai.models.realtime.RealtimeTranscriptionSessionAudio;
import com.openai.models.realtime.RealtimeTranscriptionSessionAudioInput;
import com.openai.models.realtime.RealtimeTranscriptionSessionCreateRequest;
import com.openai.models.realtime.SessionUpdateEvent;
import org.junit.jupiter.api.Test;

/** {@code com.openai:openai-java} in a session that only writes down what it hears. */
class OpenAIJavaTranscriptionTest {
    @Test
    void writesDownWhatItHears() {
        Gateway gateway = Gateway.before(Behind.EMBEDDED);
        try (OpenAIJavaCall call = new OpenAIJavaCall(
                gateway,
                Gateway.CLIENT_KEY,
                RealtimeWebSocketOptions.builder().transcription().build())) {
            assertThat(call.next().asSessionCreated().session().realtimeTranscriptionSessionCreateRequest())
                    .isPresent();
            call.send(RealtimeClientEvent.ofSessionUpdate(SessionUpdateEvent.builder()
                    .session(RealtimeTranscriptionSessionCreateRequest.builder()
                            .audio(RealtimeTranscriptionSessionAudio.builder()
                                    .input(RealtimeTranscriptionSessionAudioInput.builder()
                                            .transcription(AudioTranscription.builder()
                                                    .model("gpt-4o-transcribe")
                                                    .build())
                                            .build())
                                    .build())
                            .build())
                    .build()));
            call.await(RealtimeServerEvent::sessionUpdated);
            call.say(Speech.QUESTION);
            assertThat(call.await(RealtimeServerEvent::conversationItemInputAudioTranscriptionCompleted)
                            .transcript())
                    .isEqualTo("what is twelve times three");
            assertThat(call.events()).noneMatch(RealtimeServerEvent::isResponseCreated);
        }
        gateway.awaitEmpty();
    }
}
