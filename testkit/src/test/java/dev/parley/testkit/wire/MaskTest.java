package dev.parley.testkit.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** RFC 6455 sections 5.3 and 10.3: the masks of what Parley sends to a provider. */
class MaskTest {
    private static final int FRAMES = 4_000;

    private static int mask(RawFrame frame) {
        return ByteBuffer.wrap(Objects.requireNonNull(frame.mask())).getInt();
    }

    /** 5.3: each frame has a mask of its own, of which each bit is as often 1 as 0. */
    @Test
    void masksEveryFrameAnew() throws IOException {
        Set<Integer> masks = new HashSet<>();
        int[] ones = new int[32];
        try (Ends ends = Line.open(Role.SERVER)) {
            for (int i = 0; i < FRAMES; i++) {
                ends.peer().text("{\"type\":\"a\"}");
                int mask = mask(ends.other().next());
                masks.add(mask);
                for (int bit = 0; bit < 32; bit++) {
                    ones[bit] += mask >>> bit & 1;
                }
            }
        }
        // By chance two of them may be the same: once in 500 runs; three pairs: never.
        assertThat(masks).hasSizeGreaterThan(FRAMES - 3);
        for (int count : ones) {
            assertThat(count).isBetween(FRAMES * 2 / 5, FRAMES * 3 / 5);
        }
    }

    /** 5.3: pongs and closes are masked as well, and with masks of their own. */
    @Test
    void masksControlFrames() throws IOException {
        Set<Integer> masks = new HashSet<>();
        try (Ends ends = Line.open(Role.CLIENT)) {
            for (int i = 0; i < 20; i++) {
                ends.peer().write(ends.peer().frame(0x80 | RawFrame.PING, (byte) i));
                masks.add(mask(ends.peer().nextButPings()));
            }
            ends.peer().close(1000, "");
            masks.add(mask(ends.peer().nextButPings()));
        }
        assertThat(masks).hasSize(21);
    }
}
