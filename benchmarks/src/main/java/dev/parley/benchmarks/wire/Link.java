package dev.parley.benchmarks.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One end of a WebSocket on a {@link Loop}. All of it runs on the loop's thread but {@link #write}, which any thread may
 * call.
 */
public abstract class Link implements FrameScanner.Sink {
    private static final byte[] NOTHING = {};
    private static final int LONGEST_HEAD = 16384;

    private final Loop loop;
    private final SocketChannel channel;
    private final boolean masks;
    private final FrameScanner scanner = new FrameScanner();
    private final ReentrantLock writing = new ReentrantLock();
    private volatile @Nullable SelectionKey key;
    private byte[] kept = NOTHING;
    private boolean upgraded;
    private boolean ended;
    private @Nullable ByteBuffer unsent;

    /**
     * An end.
     *
     * @param client whether this is the client's end, which masks what it sends
     */
    protected Link(Loop loop, SocketChannel channel, boolean client) {
        this.loop = loop;
        this.channel = channel;
        this.masks = client;
    }

    /** Begins; on the loop's thread. */
    public final void register(int ops) throws IOException {
        key = loop.register(channel, ops, this::ready);
    }

    /** Takes the other end's HTTP head and answers it if need be. */
    protected abstract void head(String head) throws IOException;

    /** The socket is there. */
    protected void connected() {}

    /** All that was read at once has been told. */
    protected abstract void batchEnd();

    /** Nothing waits to be sent any more. */
    protected void drained() {}

    /** The connection has ended; told once. */
    protected abstract void ended(String why);

    private void ready(SelectionKey ready) {
        try {
            if (ready.isConnectable()) {
                channel.finishConnect();
                ready.interestOps(SelectionKey.OP_READ);
                connected();
            }
            if (ready.isValid() && ready.isReadable()) {
                read();
            }
            if (ready.isValid() && ready.isWritable()) {
                flush();
            }
        } catch (IOException e) {
            end(String.valueOf(e.getMessage()));
        }
    }

    private void read() throws IOException {
        ByteBuffer in = loop.in().clear();
        in.put(kept);
        kept = NOTHING;
        int count = channel.read(in);
        in.flip();
        if (!upgraded) {
            upgrade(in);
        }
        if (upgraded) {
            scanner.scan(in, this);
            batchEnd();
        }
        if (count < 0) {
            end("the other end closed");
        } else if (in.hasRemaining()) {
            kept = new byte[in.remaining()];
            in.get(kept);
        }
    }

    private void upgrade(ByteBuffer in) throws IOException {
        byte[] bytes = new byte[Math.min(in.remaining(), LONGEST_HEAD)];
        in.get(in.position(), bytes);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end >= 0) {
            in.position(in.position() + end + 4);
            upgraded = true;
            head(text.substring(0, end));
        } else if (bytes.length == LONGEST_HEAD) {
            throw new IOException("an HTTP head longer than " + LONGEST_HEAD + " bytes");
        }
    }

    @Override
    public final void control(int opcode, byte[] payload) {
        if (opcode == Frames.PING) {
            write(Frames.of(Frames.PONG, payload, masks));
        } else if (opcode == Frames.CLOSE) {
            write(Frames.of(Frames.CLOSE, payload, masks));
            end(
                    payload.length < 2
                            ? "closed without a code"
                            : "closed with " + ByteBuffer.wrap(payload).getShort());
        }
    }

    /** Sends a text message. */
    public final void send(String text) {
        write(Frames.text(text.getBytes(StandardCharsets.UTF_8), masks));
    }

    /** Writes what the buffer holds, now or when the socket takes it; the buffer is free afterwards. */
    public final void write(ByteBuffer data) {
        writing.lock();
        try {
            if (unsent == null) {
                channel.write(data);
            }
            if (data.hasRemaining()) {
                keep(data);
                wantWrites();
            }
        } catch (IOException e) {
            loop.execute(() -> end(String.valueOf(e.getMessage())));
        } finally {
            writing.unlock();
        }
    }

    private void keep(ByteBuffer data) {
        ByteBuffer old = unsent;
        int waiting = old == null ? 0 : old.remaining();
        if (old == null || old.capacity() - old.limit() < data.remaining()) {
            ByteBuffer larger = ByteBuffer.allocate(Math.max(8192, 2 * (waiting + data.remaining())));
            unsent = old == null ? larger.limit(0) : larger.put(old).flip();
        }
        ByteBuffer target = unsent;
        if (target != null) {
            int end = target.limit();
            target.limit(end + data.remaining());
            target.put(end, data, data.position(), data.remaining());
        }
    }

    private void wantWrites() {
        SelectionKey ours = key;
        if (ours != null && ours.isValid()) {
            ours.interestOpsOr(SelectionKey.OP_WRITE);
            loop.wakeup();
        }
    }

    private void flush() throws IOException {
        boolean empty;
        writing.lock();
        try {
            if (unsent != null) {
                channel.write(unsent);
            }
            empty = unsent == null || !unsent.hasRemaining();
            SelectionKey ours = key;
            if (empty && ours != null) {
                unsent = null;
                ours.interestOpsAnd(~SelectionKey.OP_WRITE);
            }
        } finally {
            writing.unlock();
        }
        if (empty) {
            drained();
        }
    }

    /** Whether the socket is there and not closed. */
    protected final boolean isConnected() {
        return channel.isConnected() && channel.isOpen();
    }

    /** Bytes that the socket has not taken yet. */
    public final int unsentBytes() {
        writing.lock();
        try {
            return unsent == null ? 0 : unsent.remaining();
        } finally {
            writing.unlock();
        }
    }

    /** Whether the socket is read. */
    public final void reading(boolean on) {
        SelectionKey ours = key;
        if (ours != null && ours.isValid()) {
            if (on) {
                ours.interestOpsOr(SelectionKey.OP_READ);
            } else {
                ours.interestOpsAnd(~SelectionKey.OP_READ);
            }
        }
    }

    /** Ends the connection at once. */
    public final void end(String why) {
        if (!ended) {
            ended = true;
            try {
                channel.close();
            } catch (IOException e) {
                why = why + "; " + e.getMessage();
            }
            ended(why);
        }
    }
}
