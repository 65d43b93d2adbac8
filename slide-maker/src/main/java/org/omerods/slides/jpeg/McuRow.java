package org.omerods.slides.jpeg;

/**
 * One row of MCUs (8 pixels high, no chroma subsampling: three blocks an MCU), entropy-coded once, without byte stuffing
 * and without markers. It knows where each block starts and each block's DC value, so that {@link Scan} can copy any
 * run of its MCUs into any scan: only the DC differences of the run's first MCU have to be coded anew. Immutable.
 */
public final class McuRow {
    /** Blocks of an MCU: Y, Cb, Cr. */
    static final int BLOCKS = 3;

    private final long[] words;
    private final int[] blockStarts;
    private final short[] dcs;

    /**
     * @param words the bits, the first one highest; one word more than needed
     * @param blockStarts bit offset of each block, and behind them the bit length of all
     * @param dcs quantised DC value of each block
     */
    McuRow(long[] words, int[] blockStarts, short[] dcs) {
        this.words = words;
        this.blockStarts = blockStarts;
        this.dcs = dcs;
    }

    public int mcus() {
        return dcs.length / BLOCKS;
    }

    long[] words() {
        return words;
    }

    int dc(int mcu, int component) {
        return dcs[mcu * BLOCKS + component];
    }

    /** The bit at which a block starts; of the MCU behind the last, the number of all bits. */
    int start(int mcu, int component) {
        return blockStarts[mcu * BLOCKS + component];
    }

    /** The bit at which a block's AC coefficients start. */
    int acStart(int mcu, int component) {
        int before = mcu == 0 ? 0 : dc(mcu - 1, component);
        return start(mcu, component) + DcCode.length(component, dc(mcu, component) - before);
    }
}
