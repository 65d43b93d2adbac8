package org.omerods.fs.plan.layout;

import java.util.Arrays;

/**
 * Numbers from 0 up, packed to as many bytes each as the largest possible one needs: five for an offset in a slide of 20 GB,
 * three for the length of a tile. One array whatever the count. Immutable.
 */
final class NumberTable {
    static final NumberTable EMPTY = new NumberTable(1, new byte[0]);

    private final int width;
    private final byte[] packed;

    private NumberTable(int width, byte[] packed) {
        this.width = width;
        this.packed = packed;
    }

    /** A table of bytes that {@link #packed} gave. */
    static NumberTable ofPacked(int width, byte[] packed) {
        if (width < 1 || width > Long.BYTES || packed.length % width != 0) {
            throw new IllegalArgumentException(packed.length + " bytes in numbers of " + width);
        }
        return new NumberTable(width, packed);
    }

    /** Takes numbers one by one. */
    static final class Builder {
        private final int width;
        private final byte[] packed;
        private int next;

        /** For {@code count} numbers from 0 to {@code max}. */
        Builder(int count, long max) {
            width = Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(max) + 7) / 8);
            packed = new byte[Math.multiplyExact(count, width)];
        }

        void add(long value) {
            if (value < 0 || (width < Long.BYTES && value >>> (8 * width) != 0)) {
                throw new IllegalArgumentException(value + " in " + width + " bytes");
            }
            for (int i = 0; i < width; i++) {
                packed[next++] = (byte) (value >>> (8 * i));
            }
        }

        NumberTable build() {
            return new NumberTable(width, next == packed.length ? packed : Arrays.copyOf(packed, next));
        }
    }

    int count() {
        return packed.length / width;
    }

    int width() {
        return width;
    }

    /** All numbers, each with its low byte first. Not to be changed. */
    byte[] packed() {
        return packed;
    }

    long get(int index) {
        int at = index * width;
        long value = 0;
        for (int i = width - 1; i >= 0; i--) {
            value = (value << 8) | (packed[at + i] & 0xff);
        }
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NumberTable table && width == table.width && Arrays.equals(packed, table.packed);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(packed);
    }

    @Override
    public String toString() {
        return count() + " numbers of " + width + " bytes";
    }
}
