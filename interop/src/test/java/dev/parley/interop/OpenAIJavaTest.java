package dev.parley.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.models.realtime.AudioTranscription;
import com.openai.models.realtime.ConversationItemCreateEvent;
import com.openai.models.realtime.ConversationItemDeleteEvent;
import com.openai.models.realtime.ConversationItemTruncateEvent;
import com.openai.models.realtime.RealtimeAudioConfig;
import com.openai.models.realtime.RealtimeAudioConfigInput;
import com.openai.models.realtime.RealtimeClientEvent;
import com.openai.models.realtime.RealtimeConversationItemFunctionCallOutput;
import com.openai.models.realtime.RealtimeError;
import com.openai.models.realtime.RealtimeErrorEvent;
import com.openai.models.realtime.RealtimeFunctionTool;
import com.openai.models.realtime.RealtimeResponse;
import com.openai.models.realtime.RealtimeResponseStatus;
import com.openai.models.realtime.RealtimeServerEvent;
import com.openai.models.realtime.RealtimeSessionCreateRequest;
import com.openai.models.realtime.ResponseAudioDeltaEvent;
import com.openai.models.realtime.ResponseCancelEvent;
import com.openai.models.realtime.ResponseFunctionCallArgumentsDoneEvent;
import com.openai.models.realtime.SessionUpdateEvent;
import com.openai.models.realtime.clientsecrets.ClientSecretCreateParams;
import com.openai.models.realtime.clientsecrets.ClientSecretCreateResponse;
import dev.parley.interop.OpenAIJavaCall.Answer;
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

/** {@code com.openai:openai-java}, its {@code RealtimeConnection}. */
@ParameterizedClass
@EnumSource(value = Behind.class, mode = EnumSource.Mode.EXCLUDE, names = "GEMINI")
@SuppressWarnings("NullAway.Init")
class OpenAIJavaTest {
    @Parameter
    Behind behind;

    private Gateway gateway;
    private OpenAIJavaCall call;

    @BeforeEach
    void connect() {
        gateway = Gateway.before(behind);
        call = new OpenAIJavaCall(gateway, Gateway.CLIENT_KEY);
        assertThat(call.next().isSessionCreated()).isTrue();
    }

    @AfterEach
    void leave() {
        call.close();
        gateway.awaitEmpty();
        gateway.checkKeys();
        assertThat(call.events().toString()).doesNotContain(Gateway.PROVIDER_KEY);
    }

    @Test
    void toldTheSession() {
        assertThat(call.events().getFirst().asSessionCreated().session().realtimeSessionCreateRequest())
                .hasValueSatisfying(session -> {
                    assertThat(session.outputModalities().orElseThrow()).hasSize(1);
                    assertThat(session.audio()
                                    .orElseThrow()
                                    .output()
                                    .orElseThrow()
                                    .voice())
                            .isPresent();
                });
    }

    @Test
    void connectsWithAClientSecret() {
        OpenAIClient rest = OpenAIOkHttpClient.builder()
                .apiKey(Gateway.CLIENT_KEY)
                .baseUrl(gateway.url() + "/v1")
                .build();
        ClientSecretCreateResponse issued = rest.realtime()
                .clientSecrets()
                .create(ClientSecretCreateParams.builder()
                        .session(RealtimeSessionCreateRequest.builder()
                                .instructions("Be brief.")
                                .build())
                        .build());
        rest.close();
        assertThat(issued.validate().session().asRealtime().instructions()).contains("Be brief.");
        try (OpenAIJavaCall other = new OpenAIJavaCall(gateway, issued.value())) {
            assertThat(other.next().isSessionCreated()).isTrue();
            other.ask("What is twelve times three?");
            assertThat(other.answer().transcript()).isEqualTo("Twelve times three is thirty-six.");
        }
    }

    @Test
    void typedTurnIsSpoken() {
        call.ask("What is twelve times three?");
        Answer answer = call.answer();
        assertThat(answer.transcript()).isEqualTo("Twelve times three is thirty-six.");
        assertThat(answer.audioBytes()).isBetween(24_000, 480_000);
        assertThat(answer.response().status()).contains(RealtimeResponse.Status.COMPLETED);
        assertThat(answer.response().usage().orElseThrow().totalTokens().orElseThrow())
                .isPositive();
        assertThat(call.await(RealtimeServerEvent::rateLimitsUpdated).rateLimits())
                .isNotEmpty();
    }

    @Test
    void typedTurnIsWritten() {
        call.update(RealtimeSessionCreateRequest.builder()
                .outputModalities(List.of(RealtimeSessionCreateRequest.OutputModality.TEXT))
                .build());
        call.await(RealtimeServerEvent::sessionUpdated);
        call.ask("What is twelve times three?");
        Answer answer = call.answer();
        assertThat(answer.text()).isEqualTo("Twelve times three is thirty-six.");
        assertThat(answer.audioBytes()).isZero();
    }

    @Test
    void spokenTurnIsHeardAndAnswered() {
        call.update(RealtimeSessionCreateRequest.builder()
                .audio(RealtimeAudioConfig.builder()
                        .input(RealtimeAudioConfigInput.builder()
                                .transcription(AudioTranscription.builder()
                                        .model("gpt-4o-mini-transcribe")
                                        .build())
                                .build())
                        .build())
                .build());
        call.await(RealtimeServerEvent::sessionUpdated);
        call.say(Speech.QUESTION);
        String item =
                call.await(RealtimeServerEvent::inputAudioBufferSpeechStarted).itemId();
        assertThat(call.await(RealtimeServerEvent::inputAudioBufferSpeechStopped)
                        .itemId())
                .isEqualTo(item);
        assertThat(call.await(RealtimeServerEvent::inputAudioBufferCommitted).itemId())
                .isEqualTo(item);
        Answer answer = call.answer();
        assertThat(answer.transcript()).isEqualTo("Twelve times three is thirty-six.");
        assertThat(answer.audioBytes()).isBetween(24_000, 480_000);
        assertThat(call.events().stream()
                        .flatMap(event -> event.conversationItemInputAudioTranscriptionCompleted().stream())
                        .map(heard -> heard.transcript()))
                .containsExactly("what is twelve times three");
    }

    @Test
    void functionIsCalledAndItsResultSpoken() {
        call.update(RealtimeSessionCreateRequest.builder()
                .addTool(RealtimeFunctionTool.builder()
                        .type(RealtimeFunctionTool.Type.FUNCTION)
                        .name("set_light")
                        .description("Turns the light of a room on or off.")
                        .parameters(JsonValue.from(Map.of(
                                "type",
                                "object",
                                "properties",
                                Map.of("room", Map.of("type", "string"), "on", Map.of("type", "boolean")),
                                "required",
                                List.of("room", "on"))))
                        .build())
                .build());
        call.await(RealtimeServerEvent::sessionUpdated);
        call.ask("Turn on the kitchen light");
        ResponseFunctionCallArgumentsDoneEvent asked =
                call.await(RealtimeServerEvent::responseFunctionCallArgumentsDone);
        assertThat(asked.name()).isEqualTo("set_light");
        assertThat(Json.parse(asked.arguments().getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(Json.object().put("room", "kitchen").put("on", true));
        RealtimeResponse called = call.answer().response();
        assertThat(called.output().orElseThrow())
                .singleElement()
                .satisfies(item -> assertThat(item.asFunctionCall().callId()).contains(asked.callId()));
        call.send(RealtimeClientEvent.ofConversationItemCreate(ConversationItemCreateEvent.builder()
                .item(RealtimeConversationItemFunctionCallOutput.builder()
                        .callId(asked.callId())
                        .output("{\"message\":\"The kitchen light is on at forty percent.\"}")
                        .build())
                .build()));
        call.respond();
        assertThat(call.answer().transcript()).contains("light is on at forty percent.");
    }

    @Test
    void answerIsCancelledAndTruncated() {
        call.ask("What can you do?");
        ResponseAudioDeltaEvent heard = call.await(RealtimeServerEvent::responseOutputAudioDelta);
        call.send(RealtimeClientEvent.ofResponseCancel(
                ResponseCancelEvent.builder().responseId(heard.responseId()).build()));
        RealtimeResponse response = call.answer().response();
        assertThat(response.status()).contains(RealtimeResponse.Status.CANCELLED);
        assertThat(response.statusDetails().orElseThrow().reason())
                .contains(RealtimeResponseStatus.Reason.CLIENT_CANCELLED);
        call.send(RealtimeClientEvent.ofConversationItemTruncate(ConversationItemTruncateEvent.builder()
                .itemId(heard.itemId())
                .contentIndex(0)
                .audioEndMs(20)
                .build()));
        assertThat(call.await(RealtimeServerEvent::conversationItemTruncated).itemId())
                .isEqualTo(heard.itemId());
    }

    @Test
    void answerStopsWhenSpokenOver() {
        call.ask("What can you do?");
        call.await(RealtimeServerEvent::responseOutputAudioDelta);
        call.say(Speech.QUESTION);
        call.await(RealtimeServerEvent::inputAudioBufferSpeechStarted);
        RealtimeResponse response = call.answer().response();
        assertThat(response.status()).contains(RealtimeResponse.Status.CANCELLED);
        assertThat(response.statusDetails().orElseThrow().reason())
                .contains(RealtimeResponseStatus.Reason.TURN_DETECTED);
        assertThat(call.answer().transcript()).isEqualTo("Twelve times three is thirty-six.");
    }

    @Test
    void wrongFieldIsToldByItsPath() {
        call.send(RealtimeClientEvent.ofSessionUpdate(SessionUpdateEvent.builder()
                .eventId("mine-1")
                .session(RealtimeSessionCreateRequest.builder()
                        .instructions("changes nothing")
                        .putAdditionalProperty("temperature", JsonValue.from(0.8))
                        .build())
                .build()));
        RealtimeErrorEvent event = call.next().asError();
        RealtimeError error = event.error();
        assertThat(event.eventId()).isNotEmpty();
        assertThat(error.type()).isEqualTo("invalid_request_error");
        assertThat(error.code()).contains("unknown_parameter");
        assertThat(error.param()).contains("session.temperature");
        assertThat(error.eventId()).contains("mine-1");
        call.update(RealtimeSessionCreateRequest.builder().build());
        assertThat(call.await(RealtimeServerEvent::sessionUpdated)
                        .session()
                        .realtimeSessionCreateRequest()
                        .orElseThrow()
                        .instructions())
                .isNotEqualTo(java.util.Optional.of("changes nothing"));
    }

    @Test
    void unknownItemIsTold() {
        call.send(RealtimeClientEvent.ofConversationItemDelete(ConversationItemDeleteEvent.builder()
                .eventId("mine-2")
                .itemId("item_none")
                .build()));
        RealtimeError error = call.next().asError().error();
        assertThat(error.code()).contains("item_delete_invalid_item_id");
        assertThat(error.eventId()).contains("mine-2");
    }
}
