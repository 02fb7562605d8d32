package dev.parley.local.input;

import dev.parley.provider.reply.LaneWork;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The wait for a user who says nothing after a response: begins when the response has been heard out. On the lane. */
final class IdleTimeout {
    private final LaneWork lane;
    private @Nullable Runnable timer;

    IdleTimeout(LaneWork lane) {
        this.lane = lane;
    }

    /**
     * Begins to wait.
     *
     * @param playback until the response has been heard out
     * @param heardOut runs then
     * @param elapsed runs after the timeout
     */
    void start(Duration playback, Duration timeout, Runnable heardOut, Runnable elapsed) {
        stop();
        timer = lane.later(
                () -> {
                    heardOut.run();
                    timer = lane.later(
                            () -> {
                                timer = null;
                                elapsed.run();
                            },
                            timeout);
                },
                playback);
    }

    void stop() {
        if (timer != null) {
            timer.run();
            timer = null;
        }
    }
}
