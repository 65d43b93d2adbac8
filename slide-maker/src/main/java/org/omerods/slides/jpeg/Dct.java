package org.omerods.slides.jpeg;

/**
 * The forward discrete cosine transform of an 8x8 block by the scheme of Arai, Agui and Nakajima (Trans. IEICE E-71,
 * 1988): five multiplications per row. Its outputs are too large by 8 and by {@link #scale} of row and column, which
 * the quantisation divides out.
 */
final class Dct {
    private static final float C4 = (float) Math.sqrt(0.5);
    private static final float C6 = (float) StrictMath.cos(6 * StrictMath.PI / 16);
    private static final float C2_MINUS_C6 = (float) (StrictMath.cos(2 * StrictMath.PI / 16) - C6);
    private static final float C2_PLUS_C6 = (float) (StrictMath.cos(2 * StrictMath.PI / 16) + C6);

    private Dct() {}

    /** The factor by which row or column {@code index} comes out too large. */
    static float scale(int index) {
        return index == 0 ? 1 : (float) (StrictMath.cos(index * StrictMath.PI / 16) * StrictMath.sqrt(2));
    }

    /** Transforms 64 samples in place. */
    static void forward(float[] block) {
        for (int row = 0; row < 64; row += 8) {
            line(block, row, 1);
        }
        for (int column = 0; column < 8; column++) {
            line(block, column, 8);
        }
    }

    private static void line(float[] b, int at, int step) {
        float sum07 = b[at] + b[at + 7 * step];
        float dif07 = b[at] - b[at + 7 * step];
        float sum16 = b[at + step] + b[at + 6 * step];
        float dif16 = b[at + step] - b[at + 6 * step];
        float sum25 = b[at + 2 * step] + b[at + 5 * step];
        float dif25 = b[at + 2 * step] - b[at + 5 * step];
        float sum34 = b[at + 3 * step] + b[at + 4 * step];
        float dif34 = b[at + 3 * step] - b[at + 4 * step];

        float even0 = sum07 + sum34;
        float even3 = sum07 - sum34;
        float even1 = sum16 + sum25;
        float even2 = sum16 - sum25;
        b[at] = even0 + even1;
        b[at + 4 * step] = even0 - even1;
        float turned = (even2 + even3) * C4;
        b[at + 2 * step] = even3 + turned;
        b[at + 6 * step] = even3 - turned;

        float odd0 = dif34 + dif25;
        float odd1 = dif25 + dif16;
        float odd2 = dif16 + dif07;
        float common = (odd0 - odd2) * C6;
        float low = C2_MINUS_C6 * odd0 + common;
        float high = C2_PLUS_C6 * odd2 + common;
        float middle = odd1 * C4;
        float plus = dif07 + middle;
        float minus = dif07 - middle;
        b[at + 5 * step] = minus + low;
        b[at + 3 * step] = minus - low;
        b[at + step] = plus + high;
        b[at + 7 * step] = plus - high;
    }
}
