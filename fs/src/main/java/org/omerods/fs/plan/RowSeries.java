package org.omerods.fs.plan;

/**
 * Segments below or above each other that one program reads for one tile: the same columns of each row. Used by its planner
 * alone; not thread-safe.
 */
final class RowSeries {
    /** A read belongs to the series when its row is so close to the last one: requests overtake each other. */
    private static final int MAX_SKIPPED_ROWS = 2;

    /** Some programs read 1 MiB wherever they look (Bio-Formats); more is a run, not a reach. */
    static final long MAX_REACH_BYTES = 1 << 20;

    /** Markers before a segment are looked at in pages of their own. */
    private static final long MAX_LEAD_BYTES = 16 << 10;

    final int firstRow;
    int row;
    int left;
    int right;

    /** Rows and columns that are planned; the columns may be fewer than are read by now. */
    int plannedTop;

    int plannedBottom;

    /** Whether the tile to the right is fetched with it, though nobody showed the way. */
    boolean withNeighbour;

    /** How far reads that began inside of the columns went on behind them. */
    private long insideBytes;

    /** How far all reads in order went on in this row, and in the three before. */
    private long rowBytes;

    private long plannedBytes;

    /** How far before the first column reads began. */
    private long leadBytes;

    private final long[] before = new long[3];

    RowSeries(int row, int column) {
        this.firstRow = row;
        this.row = row;
        this.left = column;
        this.right = column;
        this.plannedTop = row;
        this.plannedBottom = row;
    }

    /** Rows from the first one to the last, 0 when there is only one; negative upwards. */
    int steps() {
        return row - firstRow;
    }

    int rowsRead() {
        return Math.abs(steps()) + 1;
    }

    /** Columns that are read. */
    int width() {
        return right - left + 1;
    }

    boolean isNext(int otherRow, int column) {
        return Math.abs(otherRow - row) <= MAX_SKIPPED_ROWS && column >= left && column <= right;
    }

    /** Whether a segment lies beside those that are read. */
    boolean isBeside(int otherRow, int column) {
        return Math.abs(otherRow - row) <= MAX_SKIPPED_ROWS && (column == left - 1 || column == right + 1);
    }

    /** Goes on to a row, which may be the same. */
    void goTo(int next) {
        if (next != row) {
            System.arraycopy(before, 0, before, 1, before.length - 1);
            before[0] = rowBytes;
            rowBytes = 0;
            row = next;
        }
    }

    /** From now on one more column is read; what is planned has to be planned again. */
    void widen(int column) {
        left = Math.min(left, column);
        right = Math.max(right, column);
        plannedTop = row;
        plannedBottom = row;
        insideBytes = 0;
    }

    /** A read began so far before the first column: the kernel asks for whole pages, or for two of them. */
    void led(long bytes) {
        leadBytes = Math.max(leadBytes, Math.min(bytes, MAX_LEAD_BYTES));
    }

    long lead() {
        return leadBytes;
    }

    /** A read went on so far behind the columns, and began inside of them or not. */
    void reached(long bytes, boolean inside) {
        rowBytes = Math.max(rowBytes, Math.min(bytes, MAX_REACH_BYTES));
        if (inside) {
            insideBytes = Math.max(insideBytes, Math.min(bytes, MAX_REACH_BYTES));
        }
    }

    /** More is read of each row than was planned: plan the rest again. */
    void planAgainIfMoreIsRead() {
        if (lead() + reach() > plannedBytes) {
            plannedBytes = lead() + reach();
            plannedTop = row;
            plannedBottom = row;
        }
    }

    /**
     * How far a program reads on behind the columns in each row. What the kernel reads ahead of it, now and then, does not count; what is read
     * three times in a row does.
     */
    long reach() {
        long always = Math.min(before[0], Math.min(before[1], before[2]));
        return Math.max(insideBytes, always);
    }
}
