package org.omerods.fs.plan.layout;

import java.util.Arrays;

/** Reads what {@link IndexWriter} wrote; anything that is not there is an IllegalArgumentException. Not thread-safe. */
final class IndexReader {
    private final byte[] bytes;
    private final int end;
    private int at;

    IndexReader(byte[] bytes, int end) {
        this.bytes = bytes;
        this.end = end;
    }

    IndexReader skip(int length) {
        require(length);
        at += length;
        return this;
    }

    long number(int width) {
        require(width);
        long value = 0;
        for (int i = 0; i < width; i++) {
            value |= (bytes[at++] & 0xffL) << (8 * i);
        }
        return value;
    }

    /** A number from 0 to {@code max}. */
    int count(int max) {
        long value = number(4);
        if (value > max) {
            throw new IllegalArgumentException(value + " of at most " + max);
        }
        return (int) value;
    }

    NumberTable table() {
        int width = (int) number(1);
        int length = count(end);
        require(length);
        at += length;
        return NumberTable.ofPacked(width, Arrays.copyOfRange(bytes, at - length, at));
    }

    void expectEnd() {
        if (at != end) {
            throw new IllegalArgumentException(end - at + " bytes too many");
        }
    }

    private void require(int length) {
        if (length > end - at) {
            throw new IllegalArgumentException("it ends early");
        }
    }
}
