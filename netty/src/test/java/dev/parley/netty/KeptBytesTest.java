package dev.parley.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.leg.BufferBudget;
import dev.parley.leg.Failure;
import dev.parley.protocol.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is kept of messages that are not whole yet counts, together with all that waits elsewhere. */
class KeptBytesTest implements FrameReader.Handler {
    private static final int LIMIT = 21 << 20;

    private final List<Failure> faults = new ArrayList<>();
    private int messages;

    private FrameReader reader(BufferBudget budget) {
        FrameReader reader = new FrameReader(this, false, LIMIT);
        reader.takeFrom(budget.account());
        return reader;
    }

    private static ByteBuf header(int first, int length) {
        return Unpooled.buffer().writeByte(first).writeByte(127).writeLong(length);
    }

    private static void feed(FrameReader reader, int bytes) {
        for (int left = bytes; left > 0; left -= 64 << 10) {
            reader.read(Unpooled.buffer().writeZero(Math.min(left, 64 << 10)));
        }
    }

    @Test
    void halfAMessageCountsAndIsNoLargerThanTheMessage() {
        BufferBudget budget = new BufferBudget(64 << 20);
        FrameReader reader = reader(budget);
        int length = 20 << 20;
        reader.read(header(0x81, length));
        feed(reader, length - 1);
        assertThat(budget.used()).isBetween((long) length - (256 << 10), (long) length + (64 << 10));
        feed(reader, 1);
        assertThat(messages).isOne();
        assertThat(budget.used()).isZero();
        assertThat(faults).isEmpty();
    }

    @Test
    void fragmentsCountUntilTheyAreWhole() {
        BufferBudget budget = new BufferBudget(64 << 20);
        FrameReader reader = reader(budget);
        for (int i = 0; i < 4; i++) {
            reader.read(header(i == 0 ? 0x01 : 0x00, 1 << 20));
            feed(reader, 1 << 20);
        }
        assertThat(budget.used()).isBetween(3L << 20, 9L << 20);
        reader.read(Unpooled.buffer().writeByte(0x80).writeByte(1));
        feed(reader, 1);
        assertThat(messages).isOne();
        assertThat(budget.used()).isZero();
    }

    @Test
    void withoutRoomTheOneWhoNeedsItEndsAndGivesAllBack() {
        BufferBudget budget = new BufferBudget(8 << 20);
        FrameReader hog = reader(budget);
        FrameReader other = reader(budget);
        hog.read(header(0x81, 20 << 20));
        feed(hog, 20 << 20);
        assertThat(faults).containsExactly(Failure.OVERLOADED);
        assertThat(budget.used()).isZero();
        other.read(header(0x81, 2 << 20));
        feed(other, 2 << 20);
        assertThat(messages).isOne();
        assertThat(faults).hasSize(1);
    }

    @Test
    void aPeerThatGoesGivesBackWhatWasKeptOfIt() {
        BufferBudget budget = new BufferBudget(64 << 20);
        FrameReader reader = reader(budget);
        reader.read(header(0x81, 20 << 20));
        feed(reader, 10 << 20);
        assertThat(budget.used()).isPositive();
        reader.release();
        assertThat(budget.used()).isZero();
    }

    @Test
    void whoIsAtFaultKeepsNothingAndIsToldOnlyOnce() {
        BufferBudget budget = new BufferBudget(1 << 20);
        budget.account().takeAnyway(1 << 20);
        FrameReader reader = reader(budget);
        int length = 300 << 10;
        reader.read(header(0x01, length).writeZero(length).writeByte(0x83).writeByte(0));
        assertThat(faults).containsExactly(Failure.PROTOCOL_ERROR);
        assertThat(budget.used()).isEqualTo(1 << 20);
    }

    @Test
    void aMessageThatTricklesIsNotCopiedWithEachOfItsBytes() {
        FrameReader reader = reader(new BufferBudget(64 << 20));
        int length = 100 << 10;
        ByteBuf one = Unpooled.buffer(1).writeByte('a');
        com.sun.management.ThreadMXBean meter = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = meter.getCurrentThreadAllocatedBytes();
        reader.read(header(0x81, length));
        for (int i = 0; i < length; i++) {
            reader.read(one.readerIndex(0).retain());
        }
        assertThat(messages).isOne();
        // Some of it for each of the first bytes, and none for those after.
        assertThat(meter.getCurrentThreadAllocatedBytes() - before).isLessThan(64L << 20);
        one.release();
    }

    @Override
    public void text(Bytes message) {
        messages++;
    }

    @Override
    public void binary(Bytes message) {}

    @Override
    public void ping(Bytes payload) {}

    @Override
    public void pong() {}

    @Override
    public void close(int code, String reason) {}

    @Override
    public void fault(Failure failure, String text) {
        faults.add(failure);
    }
}
