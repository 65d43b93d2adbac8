package org.omerods.omero.event;

import java.util.Arrays;

/** A map from positive numbers to positive numbers in two arrays: 32 bytes an entry at worst. Not thread-safe. */
final class LongMap {
    private static final int FIRST_CAPACITY = 1024;

    private long[] keys = new long[FIRST_CAPACITY];
    private long[] values = new long[FIRST_CAPACITY];
    private int used;

    /** Remembers; replaces a value that is there. */
    void put(long key, long value) {
        if (key <= 0 || value <= 0) {
            throw new IllegalArgumentException(key + " to " + value);
        }
        if (used * 2 >= keys.length) {
            grow();
        }
        int slot = slot(key);
        if (keys[slot] == 0) {
            used++;
        }
        keys[slot] = key;
        values[slot] = value;
    }

    /** The value; 0 when there is none. */
    long get(long key) {
        int slot = slot(key);
        return keys[slot] == key ? values[slot] : 0;
    }

    int size() {
        return used;
    }

    void clear() {
        Arrays.fill(keys, 0);
        used = 0;
    }

    private int slot(long key) {
        int mask = keys.length - 1;
        int slot = (int) ((key * 0x9E37_79B9_7F4A_7C15L) >>> 33) & mask;
        while (keys[slot] != 0 && keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        long[] oldValues = values;
        keys = new long[oldKeys.length * 2];
        values = new long[oldKeys.length * 2];
        used = 0;
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0) {
                put(oldKeys[i], oldValues[i]);
            }
        }
    }
}
