package org.omerods.omero.avu;

import org.omerods.storage.Avu;

/**
 * A 64-bit number for a triple (FNV-1a over its characters), so that millions of triples can be compared without being
 * kept. Two different triples of one object with equal numbers would go unnoticed; with fifty triples on each of a hundred
 * million objects the chance that this happens anywhere is below one in a hundred million.
 */
final class TripleHash {
    private static final long OFFSET = 0xcbf2_9ce4_8422_2325L;
    private static final long PRIME = 0x100_0000_01b3L;

    private TripleHash() {}

    static long of(Avu avu) {
        return add(add(add(OFFSET, avu.attribute()), avu.value()), avu.units());
    }

    private static long add(long hash, String text) {
        long result = hash;
        for (int i = 0; i < text.length(); i++) {
            result = (result ^ text.charAt(i)) * PRIME;
        }
        return (result ^ 0xffff) * PRIME;
    }
}
