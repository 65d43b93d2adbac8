package org.omerods.slides.jpeg;

import java.util.Arrays;

/** A growing row of bits, the first one highest in the first word. Not thread-safe. */
final class BitBuffer {
    private long[] words = new long[64];
    private int length;

    int length() {
        return length;
    }

    /** Appends the {@code count} (at most 32) low bits of {@code bits}, the others of which are 0. */
    void append(int bits, int count) {
        int word = length >> 6;
        if (word + 2 >= words.length) {
            words = Arrays.copyOf(words, words.length * 2);
        }
        int free = 64 - (length & 63);
        long value = bits & 0xffffffffL;
        if (count <= free) {
            // count 0 with nothing free would shift by 64, that is by 0
            words[word] |= count == 0 ? 0 : value << (free - count);
        } else {
            words[word] |= value >>> (count - free);
            words[word + 1] = value << (64 - (count - free));
        }
        length += count;
    }

    /** The words, and one more that is 0. */
    long[] words() {
        return Arrays.copyOf(words, (length + 63) / 64 + 1);
    }
}
