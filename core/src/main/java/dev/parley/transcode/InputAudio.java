package dev.parley.transcode;

import dev.parley.audio.AudioConverter;
import dev.parley.protocol.AudioEvent;
import dev.parley.protocol.ErrorDetail;
import dev.parley.protocol.Event;
import dev.parley.protocol.EventScanner;
import dev.parley.protocol.Ids;
import dev.parley.protocol.Json;
import dev.parley.turn.Requests;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The user's audio on its way to the provider: one stream, from one commit or clear to the next. Lane only. */
final class InputAudio {
    /** The most sound of one event that is converted, which is done at once. */
    static final long LONGEST_SECONDS = 60;

    private final Exits exits;
    private final RandomGenerator random;
    /** The most bytes of audio in one event to the provider. */
    private final int most;

    private Route route;
    /** Null as long as nothing has come that is to be converted. */
    private @Nullable AudioConverter stream;

    InputAudio(Route route, int most, RandomGenerator random, Exits exits) {
        this.route = route;
        this.most = most;
        this.random = random;
        this.exits = exits;
    }

    /** How the audio that follows is written. */
    void route(Route now) {
        if (!now.equals(route)) {
            route = now;
            stream = null;
        }
    }

    boolean converts() {
        return route.converts();
    }

    Route route() {
        return route;
    }

    /** Converts the audio of an event; answers whether what comes of it could be sent. */
    boolean append(AudioEvent event) {
        if (route.client().nanos(event.audioBytes()) > route.provider().nanos(most)) {
            return refuse(
                    event,
                    "The audio would come to more than " + most + " bytes in the format that the provider takes, "
                            + route.provider() + ". Send it in several events.");
        }
        if (route.client().nanos(event.audioBytes()) > LONGEST_SECONDS * 1_000_000_000) {
            return refuse(
                    event,
                    "The audio is longer than the " + LONGEST_SECONDS
                            + " seconds of one event that are converted. Send it in several events.");
        }
        List<byte[]> converted;
        try {
            if (stream == null) {
                stream = route.inward();
            }
            converted = stream.convert(event.audio());
        } catch (IllegalArgumentException e) {
            // Of texts from here and from a codec, which quote nothing.
            return refuse(event, "Invalid 'audio': " + e.getMessage() + ".");
        }
        boolean sent = true;
        for (int i = 0; i < converted.size(); i++) {
            byte[] audio = converted.get(i);
            sent &= exits.toProvider(
                    i == 0 ? event.withAudio(audio) : event.withAudio(audio, Ids.next("event", random)));
        }
        return sent;
    }

    private boolean refuse(Event event, String text) {
        exits.tellClient(ErrorDetail.invalid("invalid_value", text, "audio"), event.eventId());
        return false;
    }

    /** The stream ends: what is still in the filter goes out. */
    void commit() {
        AudioConverter ending = stream;
        if (ending != null) {
            ending.flush()
                    .forEach(rest -> exits.toProvider(new EventScanner().scan(Json.write(Requests.append(rest)))));
        }
    }

    /** What has come is forgotten. */
    void clear() {
        if (stream != null) {
            stream.reset();
        }
    }
}
