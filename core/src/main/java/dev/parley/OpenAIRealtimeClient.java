package dev.parley;

import dev.parley.dialect.PlainDialect;
import dev.parley.lane.Lane;
import dev.parley.lane.Mailbox;
import dev.parley.leg.CloseReason;
import dev.parley.leg.Failure;
import dev.parley.leg.Leg;
import dev.parley.leg.LegListener;
import dev.parley.protocol.Bytes;
import dev.parley.protocol.ControlEvent;
import dev.parley.protocol.Event;
import dev.parley.protocol.EventScanner;
import dev.parley.protocol.EventType;
import dev.parley.protocol.Json;
import dev.parley.transport.Connector;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A low-level client of the OpenAI Realtime API: of OpenAI itself, of a Parley gateway, or of any server that speaks it.
 *
 * <p>Safe for use by all threads. Sending returns at once. Listeners are called on a virtual thread, one after the other
 * in the order of the events; they may block, and while they do, events wait for them: up
 * to 1 MiB here, the rest with the server.
 */
public final class OpenAIRealtimeClient implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final int MAX_MESSAGE = 64 << 20;
    /** Bytes of events that wait for listeners, from which the socket is read no more. */
    private static final long HIGH = 1 << 20;
    /** Bytes of events that may wait for the connection, and what each event takes beside its own. */
    private static final long MOST = 32 << 20;

    private static final int OBJECTS = 256;

    private final URI uri;
    private final Map<String, String> headers;
    private final Connector connector;
    private final Lane lane;
    private final Mailbox mailbox = new Mailbox(Integer.MAX_VALUE);
    private final Map<EventType, List<Consumer<Event>>> listeners = new ConcurrentHashMap<>();
    private final List<Consumer<Event>> anyListeners = new CopyOnWriteArrayList<>();
    private final CompletableFuture<OpenAIRealtimeClient> connected = new CompletableFuture<>();
    private final CompletableFuture<CloseReason> closed = new CompletableFuture<>();
    private final EventScanner scanner = new EventScanner();
    /** Lane only: what the connection does not take yet. */
    private final Queue<Outgoing> waiting = new ArrayDeque<>();
    /** Bytes of events that were given to {@code send} and not yet to the connection. */
    private final AtomicLong outgoing = new AtomicLong();
    /** Lane only. */
    private @Nullable Leg leg;
    /** Lane only. */
    private boolean open;
    /** Lane only. */
    private boolean over;
    /** Bytes of events that wait for listeners. */
    private final AtomicLong pending = new AtomicLong();
    /** Set and cleared on the lane. */
    private volatile boolean paused;

    /**
     * A client that is not connected yet.
     *
     * @param uri the WebSocket with its query, such as {@code wss://api.openai.com/v1/realtime?model=gpt-realtime-2.1}
     * @param key sent as {@code Authorization: Bearer}; null: none is sent
     * @throws RealtimeException if parley-netty is not among the dependencies
     */
    public OpenAIRealtimeClient(URI uri, @Nullable String key) {
        String scheme = String.valueOf(uri.getScheme());
        if ((!scheme.equals("ws") && !scheme.equals("wss")) || uri.getHost() == null) {
            throw new RealtimeException.InvalidConfig(
                    "the address must be a ws or wss URL with a host, but its scheme" + " is '" + scheme + "'");
        }
        this.uri = uri;
        this.headers = key == null ? Map.of() : Map.of("Authorization", "Bearer " + key);
        this.connector = ServiceLoader.load(Connector.class)
                .findFirst()
                .orElseThrow(() -> new RealtimeException.InvalidConfig(
                        "nothing here can open a WebSocket: add parley-netty to the dependencies"));
        this.lane = connector.newLane();
    }

    /**
     * Connects; to be called once.
     *
     * @return completes when the connection is there; fails with {@link RealtimeException.ConnectionFailed}
     */
    public CompletableFuture<OpenAIRealtimeClient> connect() {
        Connector.Dial dial = new Connector.Dial(uri, headers, TIMEOUT, MAX_MESSAGE, IDLE);
        lane.execute(() -> leg = connector.connect(dial, new PlainDialect(), lane, new Link()));
        return connected;
    }

    /** Completes when the connection has ended, with the reason. */
    public CompletableFuture<CloseReason> closed() {
        return closed;
    }

    /** Calls a listener for each event of a type, such as {@code response.done}; the events are the listener's own. */
    public OpenAIRealtimeClient on(String type, Consumer<Event> listener) {
        listeners
                .computeIfAbsent(EventType.of(type), any -> new CopyOnWriteArrayList<>())
                .add(listener);
        return this;
    }

    /** Calls a listener for each event of whatever type. */
    public OpenAIRealtimeClient onAny(Consumer<Event> listener) {
        anyListeners.add(listener);
        return this;
    }

    /**
     * Sends an event; one sent before the connection is there goes out when it is, one sent after its end goes nowhere.
     *
     * @throws RealtimeException.NoRoom if 32 MiB wait already because the server is slow to read
     */
    public void send(ObjectNode event) {
        ControlEvent made = ControlEvent.of(event);
        send(made.wire().length(), () -> made);
    }

    /**
     * Sends a message as it is, whatever it is.
     *
     * @throws RealtimeException.NoRoom if 32 MiB wait already because the server is slow to read
     */
    public void send(String json) {
        Bytes message = Bytes.utf8(json);
        send(message.length(), () -> scanner.scan(message));
    }

    private void send(int length, Supplier<Event> event) {
        if (closed.isDone()) {
            // The lane may have ended, and would give nothing back.
            return;
        }
        long size = (long) length + OBJECTS;
        long all = outgoing.addAndGet(size);
        if (all > MOST && all > size) {
            outgoing.addAndGet(-size);
            throw new RealtimeException.NoRoom((all - size) + " bytes wait to be sent to " + uri.getHost()
                    + " already, and at most " + MOST + " may; send less, or wait");
        }
        lane.execute(() -> {
            waiting.add(new Outgoing(event.get(), size));
            drain();
        });
    }

    /** Sends the user's audio: by default 16-bit little-endian mono PCM at 24,000 Hz. */
    public void appendAudio(byte[] audio) {
        send(event("input_audio_buffer.append").put("audio", Base64.getEncoder().encodeToString(audio)));
    }

    /** Ends the user's turn where the provider does not find the end itself. */
    public void commitInputBuffer() {
        send(event("input_audio_buffer.commit"));
    }

    /** Drops the audio that was appended since the last commit. */
    public void clearInputBuffer() {
        send(event("input_audio_buffer.clear"));
    }

    /** Asks for a response. */
    public void createResponse() {
        send(event("response.create"));
    }

    /**
     * Asks for a response of its own kind.
     *
     * @param overrides the {@code response} of {@code response.create}
     */
    public void createResponse(ObjectNode overrides) {
        ObjectNode event = event("response.create");
        event.set("response", overrides);
        send(event);
    }

    /** Adds an item to the conversation. */
    public void addConversationItem(ObjectNode item) {
        ObjectNode event = event("conversation.item.create");
        event.set("item", item);
        send(event);
    }

    /** Changes the session's settings. */
    public void updateSession(RealtimeSessionConfig config) {
        config.session().ifPresent(session -> {
            ObjectNode event = event("session.update");
            event.set("session", session);
            send(event);
        });
    }

    /** Closes the connection with 1000. */
    public void disconnect() {
        lane.execute(() -> {
            if (leg != null) {
                leg.close(CloseReason.of(Failure.NORMAL, ""));
            }
        });
    }

    /** Closes the connection and, once it is closed, frees its thread. */
    @Override
    public void close() {
        disconnect();
        lane.execute(() -> {
            if (leg == null) {
                ended(CloseReason.of(Failure.NORMAL, "closed before it was connected"));
            }
        });
        closed.whenComplete((why, failure) -> connector.close());
    }

    private static ObjectNode event(String type) {
        return Json.object().put("type", type);
    }

    /** Sends what waits, as far as the connection takes it. */
    private void drain() {
        if (over) {
            forget();
            return;
        }
        Leg now = leg;
        if (!open || now == null) {
            return;
        }
        boolean moved = false;
        while (now.writable()) {
            Outgoing next = waiting.poll();
            if (next == null) {
                break;
            }
            outgoing.addAndGet(-next.size());
            now.send(next.event());
            moved = true;
        }
        if (moved) {
            now.flush();
        }
    }

    private void forget() {
        waiting.forEach(each -> outgoing.addAndGet(-each.size()));
        waiting.clear();
    }

    /** An event on its way to the connection, and what it counts. */
    private record Outgoing(Event event, long size) {}

    private void deliver(Event event) {
        anyListeners.forEach(listener -> listener.accept(event));
        listeners.getOrDefault(event.type(), List.of()).forEach(listener -> listener.accept(event));
    }

    private void ended(CloseReason why) {
        open = false;
        over = true;
        forget();
        // Behind the events that came before.
        mailbox.post(() -> {
            connected.completeExceptionally(new RealtimeException.ConnectionFailed("not connected: " + why.text()));
            closed.complete(why);
        });
    }

    private final class Link implements LegListener {
        @Override
        public void opened(Leg now) {
            open = true;
            drain();
            connected.completeAsync(() -> OpenAIRealtimeClient.this, Mailbox.threads());
        }

        @Override
        public void event(Leg now, Event event) {
            Event kept = event.copy();
            long size = (long) kept.wire().length() + OBJECTS;
            if (pending.addAndGet(size) > HIGH) {
                paused = true;
                now.reading(false);
            }
            mailbox.post(() -> {
                try {
                    deliver(kept);
                } finally {
                    if (pending.addAndGet(-size) <= HIGH / 2 && paused) {
                        lane.execute(() -> readOn(now));
                    }
                }
            });
        }

        private void readOn(Leg now) {
            if (paused && pending.get() <= HIGH / 2) {
                paused = false;
                now.reading(true);
            }
        }

        @Override
        public void batchEnd(Leg now) {}

        @Override
        public void writable(Leg now, boolean can) {
            drain();
        }

        @Override
        public void closed(Leg now, CloseReason why) {
            ended(why);
        }
    }
}
