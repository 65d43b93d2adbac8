package org.omerods.fs.plan.layout;

/**
 * An entry of a directory: where its values are.
 *
 * @param type of the values, see {@link TiffType}
 * @param count of the values
 * @param at offset of the first one in the file, be it in the directory or elsewhere
 * @param high what NDPI adds to a single number in the directory, as its upper 32 bits; else 0
 */
record Field(int type, long count, long at, long high) {

    int width() {
        return TiffType.bytes(type);
    }

    long bytes() {
        return count * width();
    }

    /** Whether the field holds from 1 to {@code max} whole numbers. */
    boolean isNumbers(long max) {
        return TiffType.isUnsigned(type) && count >= 1 && count <= max;
    }

    FileBytes.State need(FileBytes bytes) {
        return bytes.need(at, bytes());
    }

    /** One of the numbers, which must be here. */
    long number(FileBytes bytes, int index) {
        return bytes.number(at + (long) index * width(), width()) + (high << 32);
    }
}
