package dev.parley.benchmarks.load;

import dev.parley.benchmarks.wire.AudioScript;
import dev.parley.benchmarks.wire.Frames;
import dev.parley.benchmarks.wire.Link;
import dev.parley.benchmarks.wire.Loop;
import dev.parley.benchmarks.wire.Upgrade;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** One client's session: what comes back is taken out of its envelope, verified and told. On the loop's thread. */
final class Caller extends Link {
    private static final byte[] BEFORE = ascii("{\"event\":\"realtime\",\"data\":");
    private static final byte[] AFTER = ascii(",\"timestamp\":");
    private static final byte[] CREATED = ascii("{\"type\":\"session.created\"");
    private static final byte[] ERROR = ascii("{\"type\":\"error\"");
    /** Of a timestamp in milliseconds, until the year 2286. */
    private static final int TIMESTAMP_DIGITS = 13;

    private static final int AROUND = BEFORE.length + AFTER.length + TIMESTAMP_DIGITS + 1;
    private static final int QUOTED = 300;
    /** Close code 1000. */
    private static final byte[] NORMAL = {3, (byte) 0xe8};

    private final LoadOrder order;
    private final AudioScript deltas;
    private final Told told;
    private final int index;
    private boolean leaving;
    private int next;

    /** Who is told of what happens to sessions. */
    interface Told {
        void created(Caller caller);

        void answered(Caller caller, int number);

        void altered(Caller caller);

        void misplaced(Caller caller);

        void batchEnd(Caller caller);

        void problem(String what);

        void ended(Caller caller);
    }

    Caller(Loop loop, SocketChannel channel, LoadOrder order, int index, AudioScript deltas, Told told) {
        super(loop, channel, true);
        this.order = order;
        this.index = index;
        this.deltas = deltas;
        this.told = told;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    int index() {
        return index;
    }

    @Override
    protected void connected() {
        write(Upgrade.request("127.0.0.1", order.port(), order.path()));
    }

    @Override
    protected void head(String head) throws IOException {
        if (!Upgrade.agreed(head)) {
            throw new IOException(
                    "the upgrade is answered by '" + head.lines().findFirst().orElse("") + "'");
        }
    }

    @Override
    public void text(ByteBuffer in, int at, int length, int mask) {
        if (!order.envelope()) {
            event(in, at, length);
        } else if (wrapped(in, at, length)) {
            event(in, at + BEFORE.length, length - AROUND);
        } else {
            told.altered(this);
        }
    }

    private static boolean wrapped(ByteBuffer in, int at, int length) {
        int end = at + length;
        int digits = end - 1 - TIMESTAMP_DIGITS;
        if (length < AROUND || !starts(in, at, length, BEFORE) || in.get(end - 1) != '}') {
            return false;
        }
        for (int i = digits; i < end - 1; i++) {
            if (in.get(i) < '0' || in.get(i) > '9') {
                return false;
            }
        }
        return starts(in, digits - AFTER.length, AFTER.length, AFTER);
    }

    private static boolean starts(ByteBuffer in, int at, int length, byte[] text) {
        if (length < text.length) {
            return false;
        }
        for (int i = 0; i < text.length; i++) {
            if (in.get(at + i) != text[i]) {
                return false;
            }
        }
        return true;
    }

    private void event(ByteBuffer in, int at, int length) {
        if (deltas.isKind(in, at, length, 0)) {
            delta(deltas.verify(in, at, length, 0));
        } else if (starts(in, at, length, CREATED)) {
            told.created(this);
        } else if (starts(in, at, length, ERROR)) {
            byte[] text = new byte[Math.min(length, QUOTED)];
            in.get(at, text);
            told.problem("session " + index + " is told " + new String(text, StandardCharsets.UTF_8));
        }
    }

    private void delta(long tag) {
        if (tag < 0) {
            told.altered(this);
            return;
        }
        int number = (int) tag;
        if (index != tag >>> 32 || number != next) {
            told.misplaced(this);
        }
        next = number + 1;
        told.answered(this, number);
    }

    @Override
    protected void batchEnd() {
        told.batchEnd(this);
    }

    /** Says goodbye and waits for the other end's. */
    void leave() {
        leaving = true;
        if (isConnected()) {
            reading(true);
            write(Frames.of(Frames.CLOSE, NORMAL, true));
        }
    }

    @Override
    protected void ended(String why) {
        if (!leaving) {
            told.problem("session " + index + " ended: " + why);
        }
        told.ended(this);
    }
}
