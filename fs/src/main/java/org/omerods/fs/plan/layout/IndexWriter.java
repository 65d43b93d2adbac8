package org.omerods.fs.plan.layout;

import java.util.Arrays;

/** Appends numbers and bytes to an array that grows; low bytes first. Not thread-safe. */
final class IndexWriter {
    private byte[] bytes = new byte[1 << 10];
    private int length;

    IndexWriter number(long value, int width) {
        ensure(width);
        for (int i = 0; i < width; i++) {
            bytes[length++] = (byte) (value >>> (8 * i));
        }
        return this;
    }

    IndexWriter table(NumberTable table) {
        byte[] packed = table.packed();
        number(table.width(), 1).number(packed.length, 4);
        ensure(packed.length);
        System.arraycopy(packed, 0, bytes, length, packed.length);
        length += packed.length;
        return this;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    private void ensure(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.addExact(length, Math.max(length, more)));
        }
    }
}
