package dev.parley.netty;

import dev.parley.transport.Admission.Wrapping;
import java.nio.charset.StandardCharsets;

/** What stands before and after an event on the wire to a client. */
final class Envelope {
    private static final byte[] NOTHING = {};
    private static final byte[] BEFORE = "{\"event\":\"realtime\",\"data\":".getBytes(StandardCharsets.US_ASCII);

    private Envelope() {}

    static byte[] before(Wrapping wrapping) {
        return wrapping == Wrapping.ENVELOPE ? BEFORE : NOTHING;
    }

    static byte[] after(Wrapping wrapping, long epochMillis) {
        return wrapping == Wrapping.ENVELOPE
                ? (",\"timestamp\":" + epochMillis + "}").getBytes(StandardCharsets.US_ASCII)
                : NOTHING;
    }
}
