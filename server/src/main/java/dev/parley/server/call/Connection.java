package dev.parley.server.call;

import dev.parley.OpenAIRealtimeClient;
import dev.parley.RealtimeException;
import dev.parley.protocol.AudioEvent;
import dev.parley.protocol.ControlEvent;
import dev.parley.protocol.Event;
import dev.parley.protocol.EventType;
import dev.parley.protocol.Json;
import dev.parley.protocol.MalformedEvent;
import dev.parley.server.CommandException;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The caller's WebSocket. Speaks OpenAI Realtime, and understands the envelope of {@code /realtime} when events come in
 * it. What is to be heard goes to the playout as it comes; all events wait to be taken.
 */
final class Connection implements AutoCloseable {
    private static final short[] NO_AUDIO = {};

    private final OpenAIRealtimeClient client;
    private final Playout playout;
    private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();

    Connection(URI uri, @Nullable String key, Playout playout) {
        this.playout = playout;
        this.client = new OpenAIRealtimeClient(uri, key).onAny(this::arrived);
        client.closed()
                .thenAccept(why -> arrivals.add(new Arrival(
                        Arrival.CLOSED,
                        Json.object().put("code", why.code()).put("reason", why.text()),
                        NO_AUDIO,
                        System.nanoTime(),
                        null)));
        connect(uri);
    }

    private void connect(URI uri) {
        String where = uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
        try {
            client.connect().get(15, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            client.close();
            String reason = e.getCause() instanceof RealtimeException ours ? ours.getMessage() : "it failed";
            throw CommandException.failed("cannot connect to " + where + ": " + reason
                    + ". Is a gateway running there? 'parley serve' starts one, and --url names it");
        } catch (TimeoutException e) {
            client.close();
            throw CommandException.failed("cannot connect to " + where + ": no answer within 15 s");
        } catch (InterruptedException e) {
            client.close();
            Thread.currentThread().interrupt();
            throw CommandException.failed("interrupted");
        }
    }

    private void arrived(Event event) {
        long now = System.nanoTime();
        switch (event) {
            case AudioEvent audio ->
                arrived(
                        Json.object()
                                .put(
                                        "item_id",
                                        audio.item() == null ? "" : audio.item().itemId()),
                        audio.type().name(),
                        audio.audio(),
                        now);
            case ControlEvent control -> arrived(control.json(), control.type().name(), new byte[0], now);
            case MalformedEvent other -> enveloped(other, now);
        }
    }

    private void enveloped(MalformedEvent message, long now) {
        try {
            if (Json.parse(message.wire()).path("data") instanceof ObjectNode event) {
                String type = event.path("type").asString("");
                boolean audio = type.equals(EventType.OUTPUT_AUDIO_DELTA.name());
                byte[] bytes =
                        audio ? Base64.getDecoder().decode(event.path("delta").asString("")) : new byte[0];
                arrived(event, type, bytes, now);
            }
        } catch (Json.JsonSyntaxException e) {
            // No server of ours sends such a thing; what it meant is not ours to guess.
            return;
        }
    }

    private void arrived(ObjectNode json, String type, byte[] audio, long now) {
        short[] samples = audio.length == 0 ? NO_AUDIO : Line.samples(audio);
        if (samples.length > 0) {
            playout.play(json.path("item_id").asString(""), samples, now);
        }
        Playout.Interrupted cut = type.equals(EventType.SPEECH_STARTED.name()) ? bargedIn(now) : null;
        arrivals.add(new Arrival(type, json, samples, now, cut));
    }

    /** The caller speaks: falls silent at once, and says how much was heard, so that the rest leaves the conversation. */
    private Playout.@Nullable Interrupted bargedIn(long now) {
        Playout.Interrupted cut = playout.interrupt(now);
        if (cut != null) {
            client.send(Json.object()
                    .put("type", EventType.ITEM_TRUNCATE.name())
                    .put("item_id", cut.itemId())
                    .put("content_index", 0)
                    .put("audio_end_ms", cut.heardMillis()));
        }
        return cut;
    }

    /** The next event, or null if none comes in time. */
    @Nullable
    Arrival next(Duration patience) throws InterruptedException {
        return arrivals.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    void send(ObjectNode event) {
        client.send(event);
    }

    void sendAudio(byte[] pcm) {
        client.appendAudio(pcm);
    }

    @Override
    public void close() {
        client.close();
    }
}
