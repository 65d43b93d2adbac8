package org.omerods.slides.jpeg;

import java.util.HexFormat;

/**
 * One Huffman table of ITU-T T.81 annex K.3: the counts and values as the DHT segment holds them, and the code of each
 * value. The typical tables are used, not optimal ones: all pieces of a picture share their tables before the picture
 * is known. Immutable.
 */
final class HuffmanTable {
    private static final String DC_VALUES = "000102030405060708090a0b";

    /** The last values of both AC tables, which are the same from 0x83 on up to 0xda. */
    private static final String AC_COMMON = "838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9ba"
            + "c2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9da";

    static final HuffmanTable LUMINANCE_DC = new HuffmanTable(0x00, "00010501010101010100000000000000", DC_VALUES);
    static final HuffmanTable CHROMINANCE_DC = new HuffmanTable(0x01, "00030101010101010101010000000000", DC_VALUES);
    static final HuffmanTable LUMINANCE_AC = new HuffmanTable(
            0x10,
            "0002010303020403050504040000017d",
            "01020300041105122131410613516107227114328191a1082342b1c11552d1f02433627282090a161718191a25262728"
                    + "292a3435363738393a434445464748494a535455565758595a636465666768696a737475767778797a"
                    + AC_COMMON
                    + "e1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9fa");
    static final HuffmanTable CHROMINANCE_AC = new HuffmanTable(
            0x11,
            "00020102040403040705040400010277",
            "000102031104052131061241510761711322328108144291a1b1c109233352f0156272d10a162434e125f11718191a26"
                    + "2728292a35363738393a434445464748494a535455565758595a636465666768696a737475767778797a82"
                    + AC_COMMON
                    + "e2e3e4e5e6e7e8e9eaf2f3f4f5f6f7f8f9fa");

    private final int selector;
    private final byte[] counts;
    private final byte[] values;
    private final int[] codes = new int[256];
    private final int[] lengths = new int[256];

    private HuffmanTable(int selector, String counts, String values) {
        this.selector = selector;
        this.counts = HexFormat.of().parseHex(counts);
        this.values = HexFormat.of().parseHex(values);
        int code = 0;
        int next = 0;
        for (int length = 1; length <= this.counts.length; length++) {
            for (int i = 0; i < (this.counts[length - 1] & 0xff); i++) {
                int value = this.values[next++] & 0xff;
                codes[value] = code++;
                lengths[value] = length;
            }
            code <<= 1;
        }
    }

    int code(int value) {
        return codes[value];
    }

    /** Bits of the code of {@code value}. */
    int length(int value) {
        return lengths[value];
    }

    /** The body of its DHT segment: class and number, 16 counts, values. */
    byte[] segment() {
        byte[] bytes = new byte[1 + counts.length + values.length];
        bytes[0] = (byte) selector;
        System.arraycopy(counts, 0, bytes, 1, counts.length);
        System.arraycopy(values, 0, bytes, 1 + counts.length, values.length);
        return bytes;
    }
}
