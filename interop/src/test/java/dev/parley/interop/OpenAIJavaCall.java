package dev.parley.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.okhttp.OkHttpClient;
import com.openai.core.ClientOptions;
import com.openai.core.JsonValue;
import com.openai.core.http.WebSocketWriteNotAttempted;
import com.openai.helpers.RealtimeConnection;
import com.openai.helpers.RealtimeWebSocketOptions;
import com.openai.models.realtime.ConversationItemCreateEvent;
import com.openai.models.realtime.InputAudioBufferAppendEvent;
import com.openai.models.realtime.RealtimeClientEvent;
import com.openai.models.realtime.RealtimeConversationItemUserMessage;
import com.openai.models.realtime.RealtimeConversationItemUserMessage.Content;
import com.openai.models.realtime.RealtimeResponse;
import com.openai.models.realtime.RealtimeServerEvent;
import com.openai.models.realtime.RealtimeSessionCreateRequest;
import com.openai.models.realtime.ResponseCreateEvent;
import com.openai.models.realtime.SessionUpdateEvent;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** A connection of openai-java. Every event that it receives must be one that it knows, with all that it requires. */
final class OpenAIJavaCall implements AutoCloseable {
    private static final long PATIENCE_S = 20;

    private final ClientOptions options;
    private final RealtimeConnection connection;
    private final List<RealtimeServerEvent> events = new ArrayList<>();

    /**
     * What came until the response was done.
     *
     * @param audioBytes of 16-bit PCM
     */
    record Answer(String transcript, String text, int audioBytes, RealtimeResponse response) {}

    /** Connects for a conversation with a model. */
    OpenAIJavaCall(Gateway gateway, String key) {
        this(
                gateway,
                key,
                RealtimeWebSocketOptions.builder().model("gpt-realtime-2.1").build());
    }

    @SuppressWarnings("MustBeClosedChecker") // As long as the call.
    OpenAIJavaCall(Gateway gateway, String key, RealtimeWebSocketOptions what) {
        options = ClientOptions.builder()
                .httpClient(OkHttpClient.builder().build())
                .apiKey(key)
                .baseUrl(gateway.url() + "/v1")
                .build();
        connection = RealtimeConnection.connect(options, what);
    }

    /** All events so far. */
    List<RealtimeServerEvent> events() {
        return events;
    }

    RealtimeServerEvent next() {
        try {
            RealtimeServerEvent event = connection.receiveAsync().get(PATIENCE_S, TimeUnit.SECONDS);
            event.validate();
            events.add(event);
            return event;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("nothing came; before it: " + events, e);
        }
    }

    /** The next event of a kind; those before it are passed over, but no error is. */
    <T> T await(Function<RealtimeServerEvent, Optional<T>> kind) {
        while (true) {
            RealtimeServerEvent event = next();
            Optional<T> wanted = kind.apply(event);
            if (wanted.isPresent()) {
                return wanted.get();
            }
            assertThat(event.error()).isEmpty();
        }
    }

    /** Collects a response to its end. */
    Answer answer() {
        StringBuilder transcript = new StringBuilder();
        StringBuilder text = new StringBuilder();
        int[] audio = {0};
        while (true) {
            RealtimeServerEvent event = next();
            assertThat(event.error()).isEmpty();
            event.responseOutputAudioTranscriptDelta().ifPresent(delta -> transcript.append(delta.delta()));
            event.responseOutputTextDelta().ifPresent(delta -> text.append(delta.delta()));
            event.responseOutputAudioDelta()
                    .ifPresent(delta -> audio[0] += Base64.getDecoder().decode(delta.delta()).length);
            if (event.isResponseDone()) {
                return new Answer(
                        transcript.toString(),
                        text.toString(),
                        audio[0],
                        event.asResponseDone().response());
            }
        }
    }

    /** Sends as soon as what was sent before is on its way: the client takes one event at a time and says so. */
    void send(RealtimeClientEvent event) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
        while (true) {
            try {
                connection.send(event);
                return;
            } catch (WebSocketWriteNotAttempted.Busy e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                Thread.onSpinWait();
            }
        }
    }

    void update(RealtimeSessionCreateRequest session) {
        send(RealtimeClientEvent.ofSessionUpdate(
                SessionUpdateEvent.builder().session(session).build()));
    }

    /** Types a text and asks for the answer. */
    void ask(String text) {
        send(RealtimeClientEvent.ofConversationItemCreate(ConversationItemCreateEvent.builder()
                .item(RealtimeConversationItemUserMessage.builder()
                        .addContent(Content.builder()
                                .type(Content.Type.INPUT_TEXT)
                                .text(text)
                                .build())
                        .build())
                .build()));
        respond();
    }

    void respond() {
        send(RealtimeClientEvent.ofResponseCreate(ResponseCreateEvent.builder()
                .type(JsonValue.from("response.create"))
                .build()));
    }

    void say(String recording) {
        for (byte[] frame : Speech.frames(recording)) {
            send(RealtimeClientEvent.ofInputAudioBufferAppend(InputAudioBufferAppendEvent.builder()
                    .audio(Base64.getEncoder().encodeToString(frame))
                    .build()));
        }
    }

    @Override
    public void close() {
        connection.close();
        options.close();
    }
}
