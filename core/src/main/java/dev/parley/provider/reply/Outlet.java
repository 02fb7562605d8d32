package dev.parley.provider.reply;

import dev.parley.protocol.Bytes;
import dev.parley.protocol.ControlEvent;
import dev.parley.protocol.ErrorDetail;
import dev.parley.protocol.Event;
import dev.parley.protocol.EventScanner;
import dev.parley.protocol.EventType;
import dev.parley.protocol.Ids;
import dev.parley.protocol.Json;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Makes a session's server events and gives them to the leg's listener. Used on the lane. */
public final class Outlet {
    private final RandomGenerator random;
    private final Consumer<Event> target;
    private final EventScanner scanner = new EventScanner();

    public Outlet(RandomGenerator random, Consumer<Event> target) {
        this.random = random;
        this.target = target;
    }

    /** A new id such as {@code item_4TzJ…}. */
    public String id(String prefix) {
        return Ids.next(prefix, random);
    }

    /** Starts an event: its type and id. */
    public ObjectNode event(EventType type) {
        return event(type.name());
    }

    public ObjectNode event(String type) {
        return Json.object().put("type", type).put("event_id", id("event"));
    }

    public void send(ObjectNode event) {
        target.accept(ControlEvent.of(event));
    }

    public void error(ErrorDetail detail, @Nullable String cause) {
        target.accept(detail.event(id("event"), cause));
    }

    /**
     * Sends a {@code response.output_audio.delta}.
     *
     * @param base64 the audio as it goes onto the wire; on loan
     */
    public void audio(String responseId, String itemId, int outputIndex, Bytes base64) {
        // Written by hand, since a tree would hold the payload twice more.
        String head = "{\"type\":\"response.output_audio.delta\",\"event_id\":\"" + id("event")
                + "\",\"response_id\":\"" + responseId + "\",\"item_id\":\"" + itemId + "\",\"output_index\":"
                + outputIndex + ",\"content_index\":0,\"delta\":\"";
        byte[] start = head.getBytes(StandardCharsets.US_ASCII);
        byte[] message = new byte[start.length + base64.length() + 2];
        System.arraycopy(start, 0, message, 0, start.length);
        base64.copyTo(0, message, start.length, base64.length());
        message[message.length - 2] = '"';
        message[message.length - 1] = '}';
        target.accept(scanner.scan(Bytes.of(message)));
    }
}
