package org.omerods.slides.jpeg;

/**
 * The two quantisation tables of ITU-T T.81 annex K.1, scaled by a quality of 1 to 100 as the Independent JPEG Group's
 * programs do. Immutable.
 */
final class Quantization {
    /** Zigzag position to row-major position in the 8x8 block. */
    static final int[] ZIGZAG = {
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14,
        21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60,
        61, 54, 47, 55, 62, 63
    };

    private static final int[] LUMINANCE = {
        16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29,
        51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121,
        120, 101, 72, 92, 95, 98, 112, 100, 103, 99
    };
    private static final int[] CHROMINANCE = {
        17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99, 47, 66, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99
    };

    private final int[] luminance;
    private final int[] chrominance;

    Quantization(int quality) {
        if (quality < 1 || quality > 100) {
            throw new IllegalArgumentException("JPEG quality " + quality + " is not in 1..100");
        }
        int percent = quality < 50 ? 5000 / quality : 200 - 2 * quality;
        luminance = scaled(LUMINANCE, percent);
        chrominance = scaled(CHROMINANCE, percent);
    }

    private static int[] scaled(int[] table, int percent) {
        int[] scaled = new int[table.length];
        for (int i = 0; i < table.length; i++) {
            scaled[i] = Math.clamp((table[i] * (long) percent + 50) / 100, 1, 255);
        }
        return scaled;
    }

    /** What each coefficient of {@link Dct}'s output, row by row, is multiplied by. */
    float[] multipliers(boolean ofLuminance) {
        int[] table = ofLuminance ? luminance : chrominance;
        float[] multipliers = new float[64];
        for (int i = 0; i < 64; i++) {
            multipliers[i] = 1 / (table[i] * Dct.scale(i >> 3) * Dct.scale(i & 7) * 8);
        }
        return multipliers;
    }

    /** The body of a DQT segment: number 0 (luminance) or 1, 64 values in zigzag order. */
    byte[] segment(boolean ofLuminance) {
        int[] table = ofLuminance ? luminance : chrominance;
        byte[] bytes = new byte[65];
        bytes[0] = (byte) (ofLuminance ? 0 : 1);
        for (int i = 0; i < 64; i++) {
            bytes[1 + i] = (byte) table[ZIGZAG[i]];
        }
        return bytes;
    }
}
