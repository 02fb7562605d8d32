package dev.parley.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.RealtimeModule;
import dev.parley.protocol.Json;
import dev.parley.testkit.Caller;
import dev.parley.testkit.EventOrder;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A conversation over real sockets: what the client says, and what it is told. */
final class Room implements AutoCloseable {
    private final RealtimeModule module;
    private final Runnable behind;
    private final Caller caller;
    private final EventOrder order = new EventOrder();
    private final List<ObjectNode> events = new ArrayList<>();
    private int marked;

    Room(RealtimeModule module, String model, Runnable behind) {
        this.module = module;
        this.behind = behind;
        caller = Caller.connect(
                URI.create("ws://127.0.0.1:" + module.listen(0).getPort() + "/v1/realtime?model=" + model));
        until("session.created");
    }

    Room send(String json) {
        caller.send(json.replace('\'', '"'));
        return this;
    }

    Room text(String text) {
        return send("{'type':'conversation.item.create','item':{'type':'message','role':'user','content':[{'type':"
                + "'input_text','text':'" + text + "'}]}}");
    }

    Room respond() {
        return send("{'type':'response.create'}");
    }

    /** Speaks, and is silent then for long enough to be understood. */
    Room speak() {
        caller.appendAudio(sound(600, 6000));
        caller.appendAudio(sound(1000, 0));
        return this;
    }

    /** Speaks, and goes on. */
    Room speakOn() {
        caller.appendAudio(sound(600, 6000));
        return this;
    }

    private static byte[] sound(int millis, int level) {
        byte[] pcm = new byte[millis * 48];
        for (int i = 0; i < pcm.length / 2; i++) {
            int sample = (int) (level * Math.sin(2 * Math.PI * 300 * i / 24_000));
            pcm[2 * i] = (byte) sample;
            pcm[2 * i + 1] = (byte) (sample >> 8);
        }
        return pcm;
    }

    /** The next event of a type; those before it are kept. */
    ObjectNode until(String type) {
        while (true) {
            ObjectNode event = caller.next();
            events.add(event);
            order.accept(event);
            String came = event.path("type").asString("");
            if (came.equals(type)) {
                return event;
            }
            if (came.equals("error") && !type.equals("error")) {
                throw new AssertionError("an error came instead of " + type + ": " + event);
            }
        }
    }

    /** From here on is {@link #told} told. */
    Room mark() {
        marked = events.size();
        return this;
    }

    /**
     * The types of the events since the mark: pieces of a kind as one, and without those whose place is free, which are
     * limits of rates and the user's transcript.
     */
    List<String> told() {
        List<String> types = new ArrayList<>();
        boolean pieces = false;
        for (ObjectNode event : events.subList(marked, events.size())) {
            String type = event.path("type").asString("");
            if (type.equals("rate_limits.updated") || type.startsWith("conversation.item.input_audio_transcription.")) {
                continue;
            }
            boolean piece = type.startsWith("response.output_") && type.endsWith(".delta");
            if (!piece || !pieces) {
                types.add(piece ? "pieces" : type);
            }
            pieces = piece;
        }
        return types;
    }

    /** The events of a type since the mark. */
    List<ObjectNode> all(String type) {
        return events.subList(marked, events.size()).stream()
                .filter(event -> event.path("type").asString("").equals(type))
                .toList();
    }

    /** Waits for the end of a response, and of what belongs to it. */
    JsonNode done() {
        return until("response.done").path("response");
    }

    /** Waits until all that the provider has to say has been said: it answers this last of all. */
    Room settle() {
        send("{'type':'session.update','session':{'type':'realtime'}}");
        until("session.updated");
        events.removeLast();
        return this;
    }

    ObjectNode tool(String name) {
        ObjectNode tool = Json.object().put("type", "function").put("name", name);
        tool.putObject("parameters")
                .put("type", "object")
                .putObject("properties")
                .putObject("room")
                .put("type", "string");
        return tool;
    }

    @Override
    public void close() {
        caller.close();
        module.close();
        behind.run();
        assertThat(order.faults()).isEmpty();
    }
}
