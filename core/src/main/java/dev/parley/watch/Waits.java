package dev.parley.watch;

import java.util.Arrays;
import java.util.OptionalLong;

/** How long the user waited for the last answers, 100 at the most; times in ns. */
public final class Waits {
    private final long[] inOrder;
    private final long[] sorted;

    Waits(long[] inOrder) {
        this.inOrder = inOrder;
        this.sorted = inOrder.clone();
        Arrays.sort(sorted);
    }

    /** How many there are. */
    public int count() {
        return inOrder.length;
    }

    /** The last one. */
    public OptionalLong last() {
        return inOrder.length == 0 ? OptionalLong.empty() : OptionalLong.of(inOrder[inOrder.length - 1]);
    }

    /**
     * The time that a part of them did not exceed.
     *
     * @param part above 0, at most 1, such as 0.95
     */
    public OptionalLong quantile(double part) {
        int rank = (int) Math.ceil(sorted.length * part);
        return rank == 0 ? OptionalLong.empty() : OptionalLong.of(sorted[rank - 1]);
    }
}
