package org.omerods.slides;

import java.util.Arrays;

/** Where the restart intervals of a JPEG start, relative to its first byte, as the low and high words that NDPI holds. */
final class McuStarts {
    private final int[] low;
    private int[] high = new int[0];
    private int count;

    McuStarts(int capacity) {
        low = new int[capacity];
    }

    void add(long offset) {
        low[count] = (int) offset;
        if (offset >>> 32 != 0) {
            if (high.length == 0) {
                high = new int[low.length];
            }
            high[count] = (int) (offset >>> 32);
        }
        count++;
    }

    int[] low() {
        return Arrays.copyOf(low, count);
    }

    /** Empty where all high words are 0. */
    int[] high() {
        return Arrays.copyOf(high, Math.min(high.length, count));
    }
}
