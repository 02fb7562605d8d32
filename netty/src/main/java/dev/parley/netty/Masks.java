package dev.parley.netty;

import java.nio.ByteBuffer;
import java.security.SecureRandom;

/**
 * The masks of frames to providers, from the system's source of entropy, so that none can be foretold from those before
 * it (RFC 6455 sections 5.3 and 10.3). They are drawn many at a time. One for each event loop's thread; not safe for use
 * by several.
 */
final class Masks {
    /** One call for so many masks takes much less time than as many calls. */
    private static final int BATCH = 256;

    private final SecureRandom source = new SecureRandom();
    private final byte[] drawn = new byte[BATCH * Integer.BYTES];
    private final ByteBuffer masks = ByteBuffer.wrap(drawn).limit(0);

    int next() {
        if (!masks.hasRemaining()) {
            source.nextBytes(drawn);
            masks.clear();
        }
        return masks.getInt();
    }
}
