package dev.parley.netty;

import io.netty.util.concurrent.FastThreadLocal;

/**
 * The arrays in which an event loop's thread has frames before it while it reads and writes them. In an array the
 * compiler turns the loops over a payload into vector instructions, which it does not for what a socket's buffer is;
 * that is worth the copy several times over. One a thread, not one a connection: nothing stays in them.
 */
final class Scratch {
    /** Holds what one read brings (64 KiB at most), and as much that was left of the read before. */
    static final int READING = 128 << 10;
    /** Holds most frames whole; longer ones are written in pieces. A multiple of 8. */
    static final int WRITING = 16 << 10;

    private static final FastThreadLocal<Scratch> HERE = new FastThreadLocal<>() {
        @Override
        protected Scratch initialValue() {
            return new Scratch();
        }
    };

    private final byte[] reading = new byte[READING];
    private int lent;

    /** For {@link FrameWriter}, for no longer than a call. */
    final byte[] writing = new byte[WRITING];

    /** For {@link FrameWriter} to providers. */
    final Masks masks = new Masks();

    private Scratch() {}

    /** This thread's arrays. */
    static Scratch here() {
        return HERE.get();
    }

    /** An array of {@link #READING} bytes until {@link #giveBack}: another one while the first is lent. */
    byte[] take() {
        return lent++ == 0 ? reading : new byte[READING];
    }

    void giveBack() {
        lent--;
    }
}
