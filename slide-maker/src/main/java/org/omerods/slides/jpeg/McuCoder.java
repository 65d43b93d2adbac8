package org.omerods.slides.jpeg;

/**
 * Encodes rows of pixels into {@link McuRow}s: colour transform, DCT, quantisation, Huffman coding with the typical tables.
 *
 * <p>Why an encoder of our own and not {@code javax.imageio}: a slide of 20 GB is made by copying rows that were coded
 * once, which needs the position of each block in the bit stream, and no public encoder tells it. Not thread-safe.
 */
public final class McuCoder {
    private static final int SAMPLES = 64;

    private final float[] luminance;
    private final float[] chrominance;
    private final float[][] blocks = new float[McuRow.BLOCKS][SAMPLES];
    private final int[] previous = new int[McuRow.BLOCKS];

    /** @param quality 1 to 100 */
    public McuCoder(int quality) {
        Quantization quantization = new Quantization(quality);
        luminance = quantization.multipliers(true);
        chrominance = quantization.multipliers(false);
    }

    /**
     * Encodes eight lines.
     *
     * @param rgb pixels as 0xRRGGBB
     * @param offset index of the first line's first pixel
     * @param stride pixels from line to line
     * @param mcus width in units of 8 pixels
     */
    public McuRow encode(int[] rgb, int offset, int stride, int mcus) {
        BitBuffer bits = new BitBuffer();
        int[] starts = new int[mcus * McuRow.BLOCKS + 1];
        short[] dcs = new short[mcus * McuRow.BLOCKS];
        java.util.Arrays.fill(previous, 0);
        for (int mcu = 0; mcu < mcus; mcu++) {
            transformColour(rgb, offset + 8 * mcu, stride);
            for (int component = 0; component < McuRow.BLOCKS; component++) {
                int block = mcu * McuRow.BLOCKS + component;
                starts[block] = bits.length();
                dcs[block] = (short) code(component, bits);
            }
        }
        starts[mcus * McuRow.BLOCKS] = bits.length();
        return new McuRow(bits.words(), starts, dcs);
    }

    /** RGB to YCbCr as JFIF defines it, shifted to be around 0. */
    private void transformColour(int[] rgb, int offset, int stride) {
        for (int i = 0; i < SAMPLES; i++) {
            int pixel = rgb[offset + (i >> 3) * stride + (i & 7)];
            int r = pixel >> 16 & 0xff;
            int g = pixel >> 8 & 0xff;
            int b = pixel & 0xff;
            blocks[0][i] = 0.299f * r + 0.587f * g + 0.114f * b - 128;
            blocks[1][i] = -0.168736f * r - 0.331264f * g + 0.5f * b;
            blocks[2][i] = 0.5f * r - 0.418688f * g - 0.081312f * b;
        }
    }

    /** Codes a block; answers its DC value. */
    private int code(int component, BitBuffer bits) {
        float[] block = blocks[component];
        float[] multipliers = component == 0 ? luminance : chrominance;
        Dct.forward(block);
        int dc = Math.round(block[0] * multipliers[0]);
        int difference = dc - previous[component];
        previous[component] = dc;
        bits.append(DcCode.bits(component, difference), DcCode.length(component, difference));
        codeAc(block, multipliers, component == 0 ? HuffmanTable.LUMINANCE_AC : HuffmanTable.CHROMINANCE_AC, bits);
        return dc;
    }

    private static void codeAc(float[] block, float[] multipliers, HuffmanTable table, BitBuffer bits) {
        int zeros = 0;
        for (int i = 1; i < SAMPLES; i++) {
            int position = Quantization.ZIGZAG[i];
            int value = Math.round(block[position] * multipliers[position]);
            if (value == 0) {
                zeros++;
                continue;
            }
            for (; zeros > 15; zeros -= 16) {
                bits.append(table.code(0xf0), table.length(0xf0));
            }
            int category = DcCode.category(value);
            int symbol = zeros << 4 | category;
            bits.append(
                    table.code(symbol) << category | DcCode.magnitude(value, category),
                    table.length(symbol) + category);
            zeros = 0;
        }
        if (zeros > 0) {
            bits.append(table.code(0), table.length(0));
        }
    }
}
