package dev.parley.local.engine;

import dev.parley.event.ClientEvent;
import dev.parley.local.LocalProvider;
import dev.parley.local.input.InputAudio;
import dev.parley.protocol.AudioEvent;
import dev.parley.protocol.ControlEvent;
import dev.parley.protocol.ErrorDetail;
import dev.parley.protocol.Event;
import dev.parley.protocol.EventType;
import dev.parley.protocol.Json;
import dev.parley.protocol.MalformedEvent;
import dev.parley.provider.reply.Outlet;
import dev.parley.provider.reply.Refused;
import dev.parley.provider.reply.Verbatim;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Checks client events and does what they say; what cannot be done is answered with an {@code error} event. */
final class ClientEvents {
    private static final int LONGEST_AUDIO = 15 << 20;
    /** The audio that is worked through at once, in bytes: 1 s, which takes about 1 ms. */
    private static final int SLICE = 1_000 * InputAudio.BYTES_PER_MS;

    /** What a transcription session has no use for. */
    private static final Set<EventType> NOT_TRANSCRIBING = Set.of(
            EventType.ITEM_CREATE, EventType.ITEM_TRUNCATE, EventType.RESPONSE_CREATE, EventType.RESPONSE_CANCEL);

    private final LocalSession session;
    private final Outlet outlet;

    ClientEvents(LocalSession session, Outlet outlet) {
        this.session = session;
        this.outlet = outlet;
    }

    /** Takes what an event needs while its bytes are on loan; what is put into the inbox does it, later and in order. */
    void take(Event event, Consumer<Runnable> inbox) {
        switch (event) {
            case AudioEvent audio -> audio(audio, inbox);
            case ControlEvent control -> {
                ControlEvent copy = control.copy();
                inbox.accept(() -> guarded(copy.eventId(), () -> handle(copy)));
            }
            case MalformedEvent malformed -> refuse(malformed.error(), malformed.eventId(), inbox);
        }
    }

    private void refuse(ErrorDetail detail, @Nullable String id, Consumer<Runnable> inbox) {
        inbox.accept(() -> outlet.error(detail, id));
    }

    private void audio(AudioEvent event, Consumer<Runnable> inbox) {
        String id = event.eventId();
        if (event.audioBytes() > LONGEST_AUDIO) {
            String text = "Invalid 'audio': an event may carry at most 15 MiB of audio.";
            refuse(ErrorDetail.invalid("invalid_value", text, "audio"), id, inbox);
            return;
        }
        byte[] pcm;
        try {
            pcm = ItemReader.whole(event.audio(), "audio");
        } catch (IllegalArgumentException e) {
            refuse(ErrorDetail.invalid("invalid_value", "Invalid 'audio': expected base64.", "audio"), id, inbox);
            return;
        } catch (Refused refused) {
            refuse(refused.detail(), id, inbox);
            return;
        }
        for (int from = 0; from < pcm.length; from += SLICE) {
            int start = from;
            int length = Math.min(SLICE, pcm.length - from);
            inbox.accept(() -> guarded(id, () -> session.append(pcm, start, length)));
        }
    }

    /** Does something that may be refused. */
    void guarded(@Nullable String eventId, Runnable action) {
        try {
            action.run();
        } catch (Refused refused) {
            outlet.error(refused.detail(), eventId);
        } catch (Json.JsonSyntaxException e) {
            outlet.error(ErrorDetail.invalid("invalid_json", "The message is " + e.getMessage() + ".", null), eventId);
        }
    }

    private void handle(ControlEvent event) {
        ObjectNode json = event.json();
        String words = event.type().equals(EventType.RESPONSE_CREATE) ? Verbatim.take(json) : null;
        checked(ClientEvent.check(json));
        if (session.transcribesOnly() && NOT_TRANSCRIBING.contains(event.type())) {
            throw Refused.of(
                    "invalid_event",
                    "A transcription session takes no '" + event.type().name()
                            + "': it has the user's speech only, and no responses.",
                    "type");
        }
        String item = json.path("item_id").asString("");
        switch (event.type().name()) {
            case "session.update" -> session.update((ObjectNode) json.path("session"));
            case "input_audio_buffer.commit" -> session.commit();
            case "input_audio_buffer.clear" -> session.clear();
            case "conversation.item.create" ->
                session.items().create(json.path("item"), text(json, "previous_item_id"));
            case "conversation.item.retrieve" -> session.items().retrieve(item);
            case "conversation.item.truncate" ->
                session.items()
                        .truncate(
                                item,
                                json.path("content_index").asInt(),
                                json.path("audio_end_ms").asInt());
            case "conversation.item.delete" -> session.items().delete(item);
            case "response.create" ->
                session.respond(json.get("response") instanceof ObjectNode given ? given : null, words);
            case "response.cancel" -> session.cancel(text(json, "response_id"));
            case "output_audio_buffer.clear" ->
                throw Refused.unsupported(
                        LocalProvider.NAME,
                        "type",
                        "output_audio_buffer.clear; over a WebSocket the client holds the output buffer");
            // Audio in base64 has come as an AudioEvent.
            default -> throw Refused.value("audio", "Invalid 'audio': expected base64.");
        }
    }

    private static void checked(Optional<ErrorDetail> fault) {
        fault.ifPresent(detail -> {
            throw Refused.of(detail);
        });
    }

    private static @Nullable String text(ObjectNode json, String name) {
        return json.path(name).asStringOpt().orElse(null);
    }

    /** Adds an item as if the client had sent it. */
    void seed(ObjectNode item) {
        guarded(null, () -> {
            checked(dev.parley.event.Item.check(item, "item"));
            session.items().create(item, null);
        });
    }
}
