package org.omerods.fs.plan;

import org.omerods.fs.plan.layout.SlideLevel;

/**
 * How many rows of segments a program reads for a tile, learned level by level. A series may be cut short by requests that
 * overtake each other, by the edge of the picture, or by a viewer who was there before: so a larger number is believed at
 * once, and a smaller one when it comes twice in a row. Not thread-safe.
 */
final class TileHeights {
    /** Pixels of a tile's side before anything is known of the program. */
    static final int TILE_PIXELS = 512;

    /** A tile of fewer rows says nothing about the next one. */
    private static final int MIN_ROWS_TO_LEARN = 8;

    /** A tile that is so much higher than usual may be a little higher only. */
    private static final int FEW_ROWS = 4;

    private static final int MORE_ROWS = 16;

    /** By level; 0 when unknown. */
    private final int[] known;

    private final int[] last;

    TileHeights(int levels) {
        known = new int[levels];
        last = new int[levels];
    }

    /** A tile of so many rows was read, perhaps of a few more that were overlooked. */
    void learn(int level, int seen) {
        if (seen < MIN_ROWS_TO_LEARN) {
            return;
        }
        int usual = Integer.highestOneBit(seen - 1) * 2;
        int rows = seen > usual / 4 * 3 ? usual : seen;
        if (rows >= known[level] || rows == last[level]) {
            known[level] = rows;
        }
        last[level] = rows;
    }

    boolean isKnown(int level) {
        return known[level] > 0;
    }

    /** Rows of a tile before anything is known of the program. */
    static int usual(SlideLevel of) {
        return (int) Math.ceilDiv(TILE_PIXELS, of.grid().segmentHeight());
    }

    /** Rows of a tile, most likely. */
    int rows(int level, SlideLevel of) {
        return known[level] > 0 ? known[level] : usual(of);
    }

    /** The same for one of which so many were read already. */
    int rows(int level, SlideLevel of, int read) {
        int expected = rows(level, of);
        if (read <= expected) {
            return expected;
        }
        int larger = Math.max(2 * expected, usual(of));
        return read <= expected + FEW_ROWS ? Math.min(larger, expected + MORE_ROWS) : larger;
    }
}
