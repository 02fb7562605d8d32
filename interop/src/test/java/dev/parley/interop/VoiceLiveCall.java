package dev.parley.interop;

import com.azure.ai.voicelive.VoiceLiveAsyncClient;
import com.azure.ai.voicelive.VoiceLiveClientBuilder;
import com.azure.ai.voicelive.VoiceLiveSessionAsyncClient;
import com.azure.ai.voicelive.models.ClientEvent;
import com.azure.ai.voicelive.models.InputTextContentPart;
import com.azure.ai.voicelive.models.SessionResponse;
import com.azure.ai.voicelive.models.SessionUpdate;
import com.azure.ai.voicelive.models.SessionUpdateError;
import com.azure.ai.voicelive.models.SessionUpdateResponseAudioDelta;
import com.azure.ai.voicelive.models.SessionUpdateResponseAudioTranscriptDelta;
import com.azure.ai.voicelive.models.SessionUpdateResponseDone;
import com.azure.ai.voicelive.models.SessionUpdateResponseTextDelta;
import com.azure.ai.voicelive.models.UserMessageItem;
import com.azure.ai.voicelive.models.VoiceLiveSessionOptions;
import com.azure.core.credential.KeyCredential;
import com.azure.core.util.BinaryData;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/** A session of azure-ai-voicelive. */
final class VoiceLiveCall implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final VoiceLiveSessionAsyncClient session;
    private final Disposable receiving;
    private final BlockingQueue<Object> arrived = new LinkedBlockingQueue<>();
    private final List<SessionUpdate> events = new ArrayList<>();

    /**
     * What came until the response was done.
     *
     * @param audioBytes of 16-bit PCM
     */
    record Answer(String transcript, String text, int audioBytes, SessionResponse response) {}

    VoiceLiveCall(Gateway gateway) {
        VoiceLiveAsyncClient client = new VoiceLiveClientBuilder()
                .endpoint(gateway.url())
                .credential(new KeyCredential(Gateway.CLIENT_KEY))
                .buildAsyncClient();
        session = Objects.requireNonNull(client.startSession("gpt-realtime").block(PATIENCE));
        receiving = session.receiveEvents().subscribe(arrived::add, arrived::add);
    }

    List<SessionUpdate> events() {
        return events;
    }

    SessionUpdate next() {
        try {
            Object event = arrived.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (event instanceof SessionUpdate update) {
                events.add(update);
                return update;
            }
            throw new AssertionError("in place of an event: " + event + "; before it: " + types());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private List<String> types() {
        return events.stream().map(event -> String.valueOf(event.getType())).toList();
    }

    /** The next event of a kind; those before it are passed over, but no error is. */
    <T extends SessionUpdate> T await(Class<T> kind) {
        while (true) {
            SessionUpdate event = next();
            if (kind.isInstance(event)) {
                return kind.cast(event);
            }
            failOn(event);
        }
    }

    private static void failOn(SessionUpdate event) {
        if (event instanceof SessionUpdateError error) {
            throw new AssertionError(
                    error.getError().getCode() + ": " + error.getError().getMessage());
        }
    }

    /** Collects a response to its end. */
    Answer answer() {
        StringBuilder transcript = new StringBuilder();
        StringBuilder text = new StringBuilder();
        int audio = 0;
        while (true) {
            SessionUpdate event = next();
            failOn(event);
            switch (event) {
                case SessionUpdateResponseAudioTranscriptDelta delta -> transcript.append(delta.getDelta());
                case SessionUpdateResponseTextDelta delta -> text.append(delta.getDelta());
                case SessionUpdateResponseAudioDelta delta -> audio += delta.getDelta().length;
                case SessionUpdateResponseDone done -> {
                    return new Answer(transcript.toString(), text.toString(), audio, done.getResponse());
                }
                default -> {}
            }
        }
    }

    private static void finish(Mono<Void> sending) {
        sending.block(PATIENCE);
    }

    void update(VoiceLiveSessionOptions options) {
        finish(session.configureSession(options));
    }

    void send(ClientEvent event) {
        finish(session.sendEvent(event));
    }

    void send(String json) {
        finish(session.send(BinaryData.fromString(json)));
    }

    VoiceLiveSessionAsyncClient session() {
        return session;
    }

    /** Types a text and asks for the answer. */
    void ask(String text) {
        finish(session.addItem(new UserMessageItem(List.of(new InputTextContentPart(text)))));
        respond();
    }

    void respond() {
        finish(session.startResponse());
    }

    void say(String recording) {
        for (byte[] frame : Speech.frames(recording)) {
            finish(session.sendInputAudio(frame));
        }
    }

    @Override
    public void close() {
        receiving.dispose();
        session.close();
    }
}
