package dev.parley.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SerialLaneTest {
    @Test
    void whateverATaskThrowsTheNextOneRuns() throws Exception {
        SerialLane lane = new SerialLane();
        CountDownLatch ran = new CountDownLatch(2);
        lane.execute(() -> {
            throw new AssertionError("on purpose");
        });
        lane.execute(ran::countDown);
        Mailbox mailbox = new Mailbox(10);
        mailbox.post(() -> {
            throw new NoClassDefFoundError("on purpose");
        });
        mailbox.post(ran::countDown);
        assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
    }
}
