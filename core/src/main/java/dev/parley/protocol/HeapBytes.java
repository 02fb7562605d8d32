package dev.parley.protocol;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Bytes in an array of their own. */
final class HeapBytes implements Bytes {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] array;

    HeapBytes(byte[] array) {
        this.array = array;
    }

    @Override
    public int length() {
        return array.length;
    }

    @Override
    public byte at(int index) {
        return array[index];
    }

    @Override
    public long longAt(int index) {
        return (long) LONG.get(array, index);
    }

    @Override
    public void copyTo(int from, byte[] target, int at, int count) {
        System.arraycopy(array, from, target, at, count);
    }

    @Override
    public String text(int from, int to) {
        return new String(array, from, to - from, StandardCharsets.UTF_8);
    }

    @Override
    public Bytes copy() {
        return this;
    }
}
