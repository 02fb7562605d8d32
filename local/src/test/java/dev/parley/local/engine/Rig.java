package dev.parley.local.engine;

import dev.parley.RealtimeSessionConfig;
import dev.parley.event.ServerEvent;
import dev.parley.leg.CloseReason;
import dev.parley.leg.Leg;
import dev.parley.leg.LegListener;
import dev.parley.local.input.InputAudio;
import dev.parley.protocol.AudioEvent;
import dev.parley.protocol.Bytes;
import dev.parley.protocol.ControlEvent;
import dev.parley.protocol.Event;
import dev.parley.protocol.EventScanner;
import dev.parley.protocol.Json;
import dev.parley.provider.Start;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One session with fake parts in virtual time, and all that it said. */
final class Rig implements LegListener {
    final HandLane lane = new HandLane();
    final HandWorkers workers = new HandWorkers();
    final FakeParts fakes = new FakeParts();
    final List<ObjectNode> events = new ArrayList<>();
    final List<Long> times = new ArrayList<>();
    final LocalLeg leg = new LocalLeg(lane, this, () -> this.released++);
    private final EventScanner scanner = new EventScanner();
    int released;
    int batches;
    int read;
    boolean inLegCall;
    boolean opened;

    @Nullable
    CloseReason closed;

    /** A session that has been created, with its first events read. */
    static Rig started() {
        return started(RealtimeSessionConfig.EMPTY, Start.FRESH);
    }

    static Rig started(RealtimeSessionConfig config, Start start) {
        Rig rig = new Rig();
        rig.leg.open(rig.fakes.parts(), rig.workers, config, "any", start);
        rig.settle();
        // As the host of a session does.
        config.session().ifPresent(session -> {
            ObjectNode update = Json.object().put("type", "session.update");
            update.set("session", session);
            rig.leg.send(ControlEvent.of(update));
            rig.settle();
        });
        rig.read = config.session().isPresent() ? 0 : 1;
        return rig;
    }

    /** A session with this {@code session.update}, its answer read. */
    static Rig with(String session) {
        Rig rig = started();
        rig.send("{'type':'session.update','session':{'type':'realtime'," + session + "}}");
        if (!rig.types().equals(List.of("session.updated"))) {
            throw new AssertionError(rig.events.getLast().toString());
        }
        return rig;
    }

    /** Sends an event, written with single quotes, and runs all that follows at once. */
    Rig send(String json) {
        leg.send(scanner.scan(Bytes.utf8(json.replace('\'', '"'))));
        leg.flush();
        settle();
        return this;
    }

    Rig raw(String json) {
        leg.send(scanner.scan(Bytes.utf8(json)));
        settle();
        return this;
    }

    /** Appends sound in events of 20 ms. */
    Rig audio(int ms, boolean loud) {
        for (int at = 0; at < ms; at += 20) {
            write(Math.min(20, ms - at), loud);
            advance(20);
        }
        return this;
    }

    /** Appends one event of sound without time going by. */
    Rig write(int ms, boolean loud) {
        byte[] pcm = new byte[ms * InputAudio.BYTES_PER_MS];
        for (int i = 0; loud && i < pcm.length / 2; i++) {
            int sample = (int) (8_000 * Math.sin(2 * Math.PI * 440 * i / 24_000));
            pcm[2 * i] = (byte) sample;
            pcm[2 * i + 1] = (byte) (sample >> 8);
        }
        String audio = Base64.getEncoder().encodeToString(pcm);
        return send("{'type':'input_audio_buffer.append','audio':'" + audio + "'}");
    }

    Rig text(String text) {
        return send("{'type':'conversation.item.create','item':{'type':'message','role':'user','content':"
                + "[{'type':'input_text','text':'" + text + "'}]}}");
    }

    Rig respond() {
        return send("{'type':'response.create'}");
    }

    /** The tasks that wait on the lane besides the end of the session's time. */
    int waiting() {
        return lane.waiting() - 1;
    }

    /** Runs the lane and the workers until nothing is due now. */
    void settle() {
        boolean any = true;
        while (any) {
            any = lane.run();
            any |= workers.run();
        }
    }

    /** Lets time go by. */
    Rig advance(long ms) {
        long until = lane.nanoTime() + ms * 1_000_000;
        settle();
        while (lane.next() <= until) {
            lane.time(lane.next());
            settle();
        }
        lane.time(until);
        settle();
        return this;
    }

    /** The types of what was said since the last call, runs of the same delta shown once. */
    List<String> types() {
        List<String> types = new ArrayList<>();
        for (ObjectNode event : events.subList(read, events.size())) {
            String type = event.path("type").asString();
            if (types.isEmpty() || !(type.endsWith(".delta") && types.getLast().equals(type))) {
                types.add(type);
            }
        }
        read = events.size();
        return types;
    }

    /** The last event of a type. */
    ObjectNode last(String type) {
        for (int i = events.size() - 1; i >= 0; i--) {
            if (events.get(i).path("type").asString().equals(type)) {
                return events.get(i);
            }
        }
        throw new AssertionError("no " + type + " in "
                + events.stream().map(e -> e.path("type").asString()).toList());
    }

    JsonNode error() {
        return last("error").path("error");
    }

    List<ObjectNode> all(String type) {
        return events.stream()
                .filter(e -> e.path("type").asString().equals(type))
                .toList();
    }

    /** The length of the audio sent so far, in ms. */
    int audioMs() {
        return all("response.output_audio.delta").stream()
                        .mapToInt(
                                e -> Base64.getDecoder().decode(e.path("delta").asString()).length)
                        .sum()
                / InputAudio.BYTES_PER_MS;
    }

    @Override
    public void opened(Leg l) {
        check();
        opened = true;
    }

    @Override
    public void event(Leg l, Event event) {
        check();
        if (closed != null || !opened) {
            throw new AssertionError("an event out of time");
        }
        ObjectNode json =
                switch (event) {
                    case ControlEvent control -> Json.parse(control.wire());
                    case AudioEvent audio -> Json.parse(audio.wire());
                    default -> throw new AssertionError("not an event: " + event);
                };
        ServerEvent typed = ServerEvent.decode(json);
        if (typed instanceof ServerEvent.Unknown || !typed.encode().equals(json)) {
            throw new AssertionError("not an event of OpenAI's: " + json);
        }
        events.add(json);
        times.add(lane.nanoTime() / 1_000_000);
    }

    @Override
    public void batchEnd(Leg l) {
        check();
        batches++;
    }

    @Override
    public void writable(Leg l, boolean now) {
        check();
    }

    @Override
    public void closed(Leg l, CloseReason why) {
        check();
        if (closed != null) {
            throw new AssertionError("closed twice");
        }
        closed = why;
    }

    private void check() {
        if (!lane.inLane()) {
            throw new AssertionError("called off the lane, or from within a method of the leg");
        }
    }
}
