package org.omerods.fs.plan.layout;

/** Numbers of the types that entries of a directory have (TIFF 6.0, BigTIFF). */
final class TiffType {
    static final int ASCII = 2;

    private static final int[] BYTES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8};

    private TiffType() {}

    /** Bytes of one value; 0 for a type that does not exist. */
    static int bytes(int type) {
        return type < BYTES.length ? BYTES[type] : 0;
    }

    /** Whether values are whole numbers that cannot be negative. */
    static boolean isUnsigned(int type) {
        return switch (type) {
            case 1, 3, 4, 13, 16, 18 -> true;
            default -> false;
        };
    }
}
