package dev.parley.netty;

import dev.parley.lane.RealTimeLane;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lane that is an event loop, so that what arrives on its sockets is in its session without any hand-off.
 *
 * @param transport of the loop, and so of all sockets on it
 */
record NettyLane(EventLoop loop, Transport transport) implements RealTimeLane {
    private static final Logger LOG = LoggerFactory.getLogger(NettyLane.class);

    @Override
    public void execute(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            // The loop has been shut down, and with it all that the task was for.
            LOG.debug("A task came after its loop had ended");
        }
    }

    @Override
    public boolean inLane() {
        return loop.inEventLoop();
    }

    @Override
    public Runnable schedule(Runnable task, Duration delay) {
        Future<?> timer = loop.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> timer.cancel(false);
    }
}
