package org.omerods.slides.jpeg;

/** How the difference of two DC values is written: the Huffman code of its bit count, then these bits. */
final class DcCode {
    private DcCode() {}

    static HuffmanTable table(int component) {
        return component == 0 ? HuffmanTable.LUMINANCE_DC : HuffmanTable.CHROMINANCE_DC;
    }

    /** Bits needed for the magnitude of {@code value}: 0 for 0. */
    static int category(int value) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(Math.abs(value));
    }

    /** The bits behind the code: the value itself, or one less where it is negative, cut to its category. */
    static int magnitude(int value, int category) {
        return (value < 0 ? value - 1 : value) & ((1 << category) - 1);
    }

    static int length(int component, int difference) {
        int category = category(difference);
        return table(component).length(category) + category;
    }

    /** Code and magnitude together, {@link #length} bits, lowest bit last. */
    static int bits(int component, int difference) {
        int category = category(difference);
        return table(component).code(category) << category | magnitude(difference, category);
    }
}
