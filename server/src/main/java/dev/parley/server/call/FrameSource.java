package dev.parley.server.call;

/** Where the caller's sound comes from, one frame of 20 ms at a time, in real time. */
public interface FrameSource extends AutoCloseable {
    /**
     * Waits until the next frame is due and fills it; silence where there is nothing to say.
     *
     * @param frame {@value Line#FRAME} samples at {@value Line#HERTZ} Hz
     */
    void next(short[] frame) throws InterruptedException;

    @Override
    default void close() {}
}
