package dev.parley.spring.servlet;

import dev.parley.dialect.Dialect;
import dev.parley.lane.Lane;
import dev.parley.lane.SerialLane;
import dev.parley.leg.CloseReason;
import dev.parley.leg.Failure;
import dev.parley.leg.Leg;
import dev.parley.leg.LegListener;
import dev.parley.protocol.Bytes;
import dev.parley.protocol.ErrorDetail;
import dev.parley.protocol.Event;
import dev.parley.protocol.Ids;
import dev.parley.transport.Admission;
import dev.parley.transport.Envelope;
import dev.parley.transport.RealtimeServer.SocketRoute;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A client's leg on a container's WebSocket. The session has it before the client is told that it is let in; what is sent
 * until then waits. Three threads meet here: the session's lane, the container's, which reads, and a virtual one, which
 * writes one message after the other while there is any; what is under way between them is bounded both ways.
 */
final class ContainerLeg implements Leg {
    /** Bytes under way to or from the client, from which no more are taken, until half of them are left. */
    private static final long HIGH = 128 << 10;
    /** What an event takes beside its bytes, so that very many small ones cannot take far more than is counted. */
    private static final int OBJECTS = 256;
    /** How long the client may take to answer a close, and the container to finish a handshake. */
    private static final Duration CLOSING = Duration.ofSeconds(2);

    private static final Duration OPENING = Duration.ofSeconds(10);

    private final Lane lane;
    private final Dialect dialect;
    private final Envelope envelope;
    private final SocketRoute route;
    private final Consumer<Event> tell = this::tell;
    private final Dialect.Messages write = new Written();

    // ---- Lane only
    private @Nullable LegListener listener;
    private @Nullable CloseReason closing;
    private boolean told;
    private boolean paused;
    private boolean farewell;
    private long given;
    private long lastHeard;
    private Runnable watch = () -> {};
    private Runnable cut = () -> {};

    // ---- Writer
    private final SerialLane writer = new SerialLane();
    private final CompletableFuture<ContainerSocket> socket = new CompletableFuture<>();
    private final AtomicLong outgoing = new AtomicLong();
    private volatile @Nullable CompletableFuture<?> inFlight;
    private volatile boolean gone;

    // ---- Reader
    private final Intake intake = new Intake(HIGH);
    private volatile @Nullable MessageParts parts;
    /** Whether a part came since the lane has looked; a long message may take longer than a silence. */
    private volatile boolean partCame;

    ContainerLeg(Lane lane, Admission.Admitted admitted, SocketRoute route) {
        this.lane = lane;
        this.dialect = admitted.dialect();
        this.envelope = new Envelope(admitted.wrapping());
        this.route = route;
    }

    /** Names the one who is told of this leg, and waits for the socket; on the lane. */
    void begin(LegListener session) {
        listener = session;
        parts = new MessageParts(route.maxMessage(), session.room());
        cut = lane.schedule(() -> lost("the handshake did not end"), OPENING);
    }

    // ---- What the session asks ----------------------------------------------------------------------------------

    @Override
    public void send(Event event) {
        if (closing == null && !told) {
            dialect.outbound(event, write);
        }
    }

    /** What is sent goes to the writer; only texts have an envelope. */
    private final class Written implements Dialect.Messages {
        @Override
        public void text(Bytes message) {
            byte[] before = envelope.before();
            byte[] after = envelope.after(envelope.wrapped() ? lane.epochMillis() : 0);
            byte[] all = new byte[before.length + message.length() + after.length];
            System.arraycopy(before, 0, all, 0, before.length);
            message.copyTo(0, all, before.length, message.length());
            System.arraycopy(after, 0, all, before.length + message.length(), after.length);
            String text = new String(all, StandardCharsets.UTF_8);
            write(all.length, open -> open.send(text));
        }

        @Override
        public void binary(Bytes message) {
            ByteBuffer kept = ByteBuffer.wrap(message.array(0, message.length()));
            write(kept.remaining(), open -> open.send(kept));
        }
    }

    private void write(int bytes, Function<ContainerSocket, CompletionStage<?>> message) {
        long size = (long) bytes + OBJECTS;
        given += size;
        paused |= outgoing.addAndGet(size) > HIGH;
        writer.execute(() -> {
            try {
                transmit(message);
            } catch (RuntimeException e) {
                broken(e);
            } finally {
                if (outgoing.addAndGet(-size) <= HIGH / 2) {
                    lane.execute(this::resume);
                }
            }
        });
    }

    /** Waits until the container has taken the message; on the writer's virtual thread. */
    private void transmit(Function<ContainerSocket, CompletionStage<?>> message) {
        CompletableFuture<?> sent = message.apply(socket.join()).toCompletableFuture();
        inFlight = sent;
        if (gone) {
            sent.cancel(false);
        }
        sent.join();
    }

    /** Nothing can be sent any more; a container need not say so of what it has. */
    private void gone() {
        gone = true;
        CompletableFuture<?> sent = inFlight;
        if (sent != null) {
            sent.cancel(false);
        }
    }

    private void resume() {
        if (paused && outgoing.get() <= HIGH / 2) {
            paused = false;
            if (listener != null && !told) {
                listener.writable(this, true);
            }
        }
    }

    @Override
    public boolean writable() {
        return !paused;
    }

    @Override
    public long taken() {
        return given - outgoing.get();
    }

    @Override
    public void flush() {}

    @Override
    public void reading(boolean on) {
        lastHeard = lane.nanoTime();
        intake.wanted(on);
    }

    @Override
    public void close(CloseReason why) {
        if (closing != null || told) {
            return;
        }
        closing = why;
        farewell = why.failure() == Failure.CLIENT_TOO_SLOW || outgoing.get() > 0;
        watch.run();
        // A paused client's answer would not be read.
        intake.wanted(true);
        CloseReason sent = why.sendable();
        writer.execute(() -> quietly(() -> socket.join().close(sent.code(), sent.text())));
        cut.run();
        cut = lane.schedule(() -> lost("the client did not answer the close"), patience());
    }

    /** One that has not read what it was sent is given time, so that it learns why the session ended. */
    private Duration patience() {
        return farewell && route.farewell().compareTo(CLOSING) > 0 ? route.farewell() : CLOSING;
    }

    // ---- What the container tells -------------------------------------------------------------------------------

    /** The handshake is done. */
    void opened(ContainerSocket open) {
        socket.complete(open);
        lane.execute(() -> {
            if (told) {
                quietly(open::abort);
                return;
            }
            if (closing == null) {
                cut.run();
                lastHeard = lane.nanoTime();
                watch = lane.schedule(this::watchClient, route.idle().dividedBy(4));
            }
            intake.opened(open);
        });
    }

    /** There will be no socket. */
    void refused() {
        lane.execute(() -> lost("the handshake failed"));
    }

    /** A part of a text message came; by one thread at a time. */
    void text(String part, boolean last) {
        came(assembly -> assembly.add(part, last), dialect::inbound);
    }

    /** A part of a binary message came; by the same thread. The part is the container's again when this returns. */
    void binary(ByteBuffer part, boolean last) {
        byte[] bytes = new byte[part.remaining()];
        part.get(bytes);
        came(assembly -> assembly.add(bytes, last), dialect::binary);
    }

    private void came(Function<MessageParts, @Nullable Bytes> add, BiConsumer<Bytes, Consumer<Event>> read) {
        MessageParts assembly = parts;
        if (assembly == null) {
            return;
        }
        partCame = true;
        Bytes message = add.apply(assembly);
        Failure failure = assembly.fault();
        if (failure != null) {
            lane.execute(() -> fault(failure));
        } else if (message != null) {
            arrived(message.length(), () -> read.accept(message, tell));
        }
    }

    private void arrived(long bytes, Runnable news) {
        long size = bytes + OBJECTS;
        intake.came(size);
        lane.execute(() -> {
            heard();
            try {
                if (closing == null && !told) {
                    news.run();
                    if (listener != null) {
                        listener.batchEnd(this);
                    }
                }
            } finally {
                intake.arrived(size);
            }
        });
    }

    /** A pong came. */
    void pong() {
        lane.execute(this::heard);
    }

    private void heard() {
        lastHeard = lane.nanoTime();
    }

    /** The WebSocket has ended, with the code that came or was sent; 1006: without any. */
    void ended(int code, String reason) {
        CloseReason why =
                switch (code) {
                    case 1006 -> CloseReason.of(Failure.CLIENT_LOST, "the connection broke without a close");
                    case 1002 -> new CloseReason(Failure.PROTOCOL_ERROR, code, reason);
                    case 1007 -> new CloseReason(Failure.INVALID_UTF8, code, reason);
                    case 1009 -> new CloseReason(Failure.TOO_BIG, code, reason);
                    default -> new CloseReason(Failure.NORMAL, code, reason);
                };
        gone();
        lane.execute(() -> closed(why));
    }

    /** The connection broke. */
    void broken(Throwable cause) {
        Throwable root = cause.getCause() == null ? cause : cause.getCause();
        lane.execute(() -> lost("the connection broke: " + root.getClass().getSimpleName()));
    }

    // ---- On the lane --------------------------------------------------------------------------------------------

    private void tell(Event event) {
        if (listener != null && !told) {
            listener.event(this, event);
        }
    }

    /** A message that cannot be taken: the client is told, and the session ends. */
    private void fault(Failure failure) {
        if (closing != null || told) {
            return;
        }
        String text = failure == Failure.TOO_BIG
                ? "a message is longer than " + route.maxMessage() + " bytes"
                : "there is no room for the rest of a long message now; send shorter ones, or later";
        send(ErrorDetail.invalid(failure.code(), "The connection ends: " + text + ".", null)
                .event(Ids.next("event", lane.random()), null));
        end(CloseReason.of(failure, text));
    }

    /** Closes for a fault of the client's, of which the session is told at once. */
    private void end(CloseReason why) {
        close(why);
        tellEnd(why);
    }

    private void lost(String text) {
        gone();
        abort();
        closed(CloseReason.of(Failure.CLIENT_LOST, text));
    }

    private void abort() {
        socket.completeExceptionally(new IllegalStateException("the leg has ended"));
        if (!socket.isCompletedExceptionally()) {
            ContainerSocket open = socket.join();
            Thread.ofVirtual().name("parley-abort").start(() -> quietly(open::abort));
        }
    }

    private void watchClient() {
        if (told) {
            return;
        }
        if (partCame) {
            partCame = false;
            heard();
        }
        long silent = lane.nanoTime() - lastHeard;
        if (!intake.reads() || paused) {
            // Who is not read cannot be heard, and how long a client may be slow the session knows.
            heard();
        } else if (silent > route.idle().toNanos()) {
            String text = "nothing came for " + route.idle().toMillis() + " ms, not even a pong";
            send(ErrorDetail.invalid(Failure.CLIENT_LOST.code(), "The connection ends: " + text + ".", null)
                    .event(Ids.next("event", lane.random()), null));
            end(CloseReason.of(Failure.CLIENT_LOST, text));
            return;
        } else if (silent > route.idle().toNanos() / 2) {
            writer.execute(() -> quietly(() -> socket.join().ping()));
        }
        watch = lane.schedule(this::watchClient, route.idle().dividedBy(4));
    }

    private void closed(CloseReason why) {
        cut.run();
        tellEnd(why);
    }

    /** Once: the session's own reason, if it was the session that closed. */
    private void tellEnd(CloseReason why) {
        if (told) {
            return;
        }
        told = true;
        watch.run();
        MessageParts assembly = parts;
        if (assembly != null) {
            parts = null;
            assembly.close();
        }
        if (listener != null) {
            listener.closed(this, closing == null ? why : closing);
        }
    }

    /** The container tells of the end by itself, so that nothing is lost with what it throws. */
    private static void quietly(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            // Told by ended() or broken().
        }
    }
}
