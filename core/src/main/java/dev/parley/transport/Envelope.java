package dev.parley.transport;

import dev.parley.transport.Admission.Wrapping;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What stands before and after an event on the wire to one client. Not safe for use by several threads. */
public final class Envelope {
    private static final byte[] NOTHING = {};
    private static final byte[] BEFORE = "{\"event\":\"realtime\",\"data\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] AFTER = ",\"timestamp\":".getBytes(StandardCharsets.US_ASCII);

    private final boolean wrapped;
    private byte[] after = NOTHING;
    private long millis = -1;

    /** What stands around events in this wrapping. */
    public Envelope(Wrapping wrapping) {
        this.wrapped = wrapping == Wrapping.ENVELOPE;
    }

    /** Whether there is anything to write. */
    public boolean wrapped() {
        return wrapped;
    }

    /** What comes before an event; not to be changed. */
    public byte[] before() {
        return wrapped ? BEFORE : NOTHING;
    }

    /** What follows an event that is sent at a time; not to be changed, and valid until the next call. */
    public byte[] after(long epochMillis) {
        if (!wrapped || epochMillis == millis) {
            return after;
        }
        int length = AFTER.length + digits(epochMillis) + 1;
        if (after.length != length) {
            after = Arrays.copyOf(AFTER, length);
            after[length - 1] = '}';
        }
        millis = epochMillis;
        long rest = epochMillis;
        for (int i = length - 2; i >= AFTER.length; i--) {
            after[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return after;
    }

    private static int digits(long number) {
        int digits = 1;
        for (long rest = number / 10; rest > 0; rest /= 10) {
            digits++;
        }
        return digits;
    }
}
