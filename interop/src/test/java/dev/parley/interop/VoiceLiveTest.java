package dev.parley.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.ai.voicelive.models.AudioInputTranscriptionOptions;
import com.azure.ai.voicelive.models.AudioInputTranscriptionOptionsModel;
import com.azure.ai.voicelive.models.ClientEventConversationItemDelete;
import com.azure.ai.voicelive.models.FunctionCallOutputItem;
import com.azure.ai.voicelive.models.InteractionModality;
import com.azure.ai.voicelive.models.ResponseCancelledDetails;
import com.azure.ai.voicelive.models.SessionResponseStatus;
import com.azure.ai.voicelive.models.SessionUpdateConversationItemInputAudioTranscriptionCompleted;
import com.azure.ai.voicelive.models.SessionUpdateConversationItemTruncated;
import com.azure.ai.voicelive.models.SessionUpdateError;
import com.azure.ai.voicelive.models.SessionUpdateErrorDetails;
import com.azure.ai.voicelive.models.SessionUpdateInputAudioBufferSpeechStarted;
import com.azure.ai.voicelive.models.SessionUpdateInputAudioBufferSpeechStopped;
import com.azure.ai.voicelive.models.SessionUpdateResponseAudioDelta;
import com.azure.ai.voicelive.models.SessionUpdateResponseFunctionCallArgumentsDone;
import com.azure.ai.voicelive.models.SessionUpdateSessionCreated;
import com.azure.ai.voicelive.models.SessionUpdateSessionUpdated;
import com.azure.ai.voicelive.models.VoiceLiveFunctionDefinition;
import com.azure.ai.voicelive.models.VoiceLiveSessionOptions;
import com.azure.core.util.BinaryData;
import dev.parley.interop.VoiceLiveCall.Answer;
import dev.parley.protocol.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code com.azure:azure-ai-voicelive}, which speaks the flat dialect of Azure Voice Live. */
@ParameterizedClass
@EnumSource(value = Behind.class, mode = EnumSource.Mode.EXCLUDE, names = "GEMINI")
@SuppressWarnings("NullAway.Init")
class VoiceLiveTest {
    @Parameter
    Behind behind;

    private Gateway gateway;
    private VoiceLiveCall call;

    @BeforeEach
    void connect() {
        gateway = Gateway.before(behind);
        call = new VoiceLiveCall(gateway);
    }

    @AfterEach
    void leave() {
        call.close();
        gateway.awaitEmpty();
        gateway.checkKeys();
    }

    @Test
    void toldTheSession() {
        assertThat(call.await(SessionUpdateSessionCreated.class).getSession().getId())
                .isNotEmpty();
    }

    @Test
    void typedTurnIsSpoken() {
        call.ask("What is twelve times three?");
        Answer answer = call.answer();
        assertThat(answer.transcript()).isEqualTo("Twelve times three is thirty-six.");
        assertThat(answer.audioBytes()).isBetween(24_000, 480_000);
        assertThat(answer.response().getStatus()).isEqualTo(SessionResponseStatus.COMPLETED);
        assertThat(answer.response().getUsage().getTotalTokens()).isPositive();
    }

    @Test
    void typedTurnIsWritten() {
        call.update(new VoiceLiveSessionOptions().setModalities(List.of(InteractionModality.TEXT)));
        call.await(SessionUpdateSessionUpdated.class);
        call.ask("What is twelve times three?");
        Answer answer = call.answer();
        assertThat(answer.text()).isEqualTo("Twelve times three is thirty-six.");
        assertThat(answer.audioBytes()).isZero();
    }

    @Test
    void spokenTurnIsHeardAndAnswered() {
        call.update(new VoiceLiveSessionOptions()
                .setInputAudioTranscription(
                        new AudioInputTranscriptionOptions(AudioInputTranscriptionOptionsModel.WHISPER_1)));
        call.await(SessionUpdateSessionUpdated.class);
        call.say(Speech.QUESTION);
        String item =
                call.await(SessionUpdateInputAudioBufferSpeechStarted.class).getItemId();
        assertThat(call.await(SessionUpdateInputAudioBufferSpeechStopped.class).getItemId())
                .isEqualTo(item);
        Answer answer = call.answer();
        assertThat(answer.transcript()).isEqualTo("Twelve times three is thirty-six.");
        assertThat(answer.audioBytes()).isBetween(24_000, 480_000);
        assertThat(call.events())
                .filteredOn(SessionUpdateConversationItemInputAudioTranscriptionCompleted.class::isInstance)
                .map(event -> ((SessionUpdateConversationItemInputAudioTranscriptionCompleted) event).getTranscript())
                .containsExactly("what is twelve times three");
    }

    @Test
    void functionIsCalledAndItsResultSpoken() {
        call.update(new VoiceLiveSessionOptions()
                .setTools(List.of(new VoiceLiveFunctionDefinition("set_light")
                        .setDescription("Turns the light of a room on or off.")
                        .setParameters(BinaryData.fromObject(Map.of(
                                "type",
                                "object",
                                "properties",
                                Map.of("room", Map.of("type", "string"), "on", Map.of("type", "boolean")),
                                "required",
                                List.of("room", "on")))))));
        call.await(SessionUpdateSessionUpdated.class);
        call.ask("Turn on the kitchen light");
        SessionUpdateResponseFunctionCallArgumentsDone asked =
                call.await(SessionUpdateResponseFunctionCallArgumentsDone.class);
        assertThat(asked.getName()).isEqualTo("set_light");
        assertThat(Json.parse(asked.getArguments().getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(Json.object().put("room", "kitchen").put("on", true));
        assertThat(call.answer().response().getOutput()).hasSize(1);
        call.session()
                .addItem(new FunctionCallOutputItem(
                        asked.getCallId(), "{\"message\":\"The kitchen light is on at forty percent.\"}"))
                .block();
        call.respond();
        assertThat(call.answer().transcript()).contains("light is on at forty percent.");
    }

    @Test
    void answerIsCancelledAndTruncated() {
        call.ask("What can you do?");
        SessionUpdateResponseAudioDelta heard = call.await(SessionUpdateResponseAudioDelta.class);
        call.session().cancelResponse().block();
        assertThat(call.answer().response().getStatus()).isEqualTo(SessionResponseStatus.CANCELLED);
        call.session().truncateConversation(heard.getItemId(), 0, 20).block();
        assertThat(call.await(SessionUpdateConversationItemTruncated.class).getItemId())
                .isEqualTo(heard.getItemId());
    }

    @Test
    void answerStopsWhenSpokenOver() {
        call.ask("What can you do?");
        call.await(SessionUpdateResponseAudioDelta.class);
        call.say(Speech.QUESTION);
        call.await(SessionUpdateInputAudioBufferSpeechStarted.class);
        Answer cut = call.answer();
        assertThat(cut.response().getStatus()).isEqualTo(SessionResponseStatus.CANCELLED);
        assertThat(cut.response().getStatusDetails())
                .isInstanceOfSatisfying(
                        ResponseCancelledDetails.class,
                        details -> assertThat(details.getReason().toString()).isEqualTo("turn_detected"));
        assertThat(call.answer().transcript()).isEqualTo("Twelve times three is thirty-six.");
    }

    @Test
    void wrongFieldIsToldWhereTheClientHasIt() {
        call.send("{\"type\":\"session.update\",\"event_id\":\"mine-1\","
                + "\"session\":{\"turn_detection\":{\"type\":\"server_vad\",\"threshold\":7}}}");
        SessionUpdateErrorDetails error = call.await(SessionUpdateError.class).getError();
        assertThat(error.getType()).isEqualTo("invalid_request_error");
        assertThat(error.getParam()).isEqualTo("session.turn_detection.threshold");
        assertThat(error.getEventId()).isEqualTo("mine-1");
    }

    @Test
    void unknownItemIsTold() {
        call.send(new ClientEventConversationItemDelete("item_none").setEventId("mine-2"));
        SessionUpdateErrorDetails error = call.await(SessionUpdateError.class).getError();
        assertThat(error.getCode()).isEqualTo("item_delete_invalid_item_id");
        assertThat(error.getEventId()).isEqualTo("mine-2");
    }
}
