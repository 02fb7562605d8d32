package dev.parley.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MasksTest {
    @Test
    void drawsNewOnesWhenABatchIsUsedUp() {
        Masks masks = new Masks();
        Masks others = new Masks();
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            seen.add(masks.next());
            seen.add(others.next());
        }
        // Two pairs of the same by chance: once in ten million runs.
        assertThat(seen).hasSizeGreaterThan(1_998);
    }
}
