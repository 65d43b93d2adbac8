package org.omerods.omero.avu;

import java.util.Collection;
import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.omerods.storage.Avu;

/**
 * A 64-bit number for a triple (FNV-1a over its characters), so that millions of triples can be compared without being
 * kept. Two different triples of one object with equal numbers would go unnoticed; with fifty triples on each of a hundred
 * million objects the chance that this happens anywhere is below one in a hundred million.
 */
final class TripleHash {
    private static final long OFFSET = 0xcbf2_9ce4_8422_2325L;
    private static final long PRIME = 0x100_0000_01b3L;

    /** Compiled once: it is asked for every object. */
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{16}");

    private TripleHash() {}

    static long of(Avu avu) {
        return add(add(add(OFFSET, avu.attribute()), avu.value()), avu.units());
    }

    /** The digest of what an object carries, whatever the order of the triples: 16 hexadecimal digits. */
    static String digest(Collection<Avu> triples) {
        return HexFormat.of()
                .toHexDigits(sum(triples.stream().mapToLong(TripleHash::of).distinct()));
    }

    /** The digest as a number, of triples' numbers told once each. They are mixed: plain sums of alike texts are alike. */
    static long sum(LongStream hashes) {
        return hashes.map(TripleHash::mix).sum();
    }

    /** The number of a digest; of a text that is none, one that fits nothing. */
    static long parse(String digest) {
        return DIGEST.matcher(digest).matches() ? HexFormat.fromHexDigitsToLong(digest) : 0;
    }

    /** The end of MurmurHash3: each bit of the number changes half of the result's. */
    private static long mix(long number) {
        long result = (number ^ (number >>> 33)) * 0xff51_afd7_ed55_8ccdL;
        result = (result ^ (result >>> 33)) * 0xc4ce_b9fe_1a85_ec53L;
        return result ^ (result >>> 33);
    }

    private static long add(long hash, String text) {
        long result = hash;
        for (int i = 0; i < text.length(); i++) {
            result = (result ^ text.charAt(i)) * PRIME;
        }
        return (result ^ 0xffff) * PRIME;
    }
}
