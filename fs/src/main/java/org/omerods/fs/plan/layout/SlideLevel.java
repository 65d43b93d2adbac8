package org.omerods.fs.plan.layout;

import java.util.Arrays;
import org.omerods.fs.plan.ByteRange;

/**
 * One image of a slide as a grid of segments, each of which is read as a whole: tiles, strips, or the stretches between two
 * restart markers. Segments are numbered row by row. Immutable.
 */
public final class SlideLevel {
    /** Bits of a segment's number where offset and number are sorted together. */
    private static final int NUMBER_BITS = 24;

    private final Grid grid;
    private final NumberTable starts;

    /** Empty where each segment ends where the next one starts. */
    private final NumberTable lengths;

    /** Segments by their start; empty where they are so already. */
    private final NumberTable order;

    private final long first;
    private final long end;

    /**
     * Where the segments of a level lie in its picture.
     *
     * @param plane of images of equal size, one above the other: focal planes, channels
     * @param width in pixels
     * @param height in pixels
     * @param segmentWidth in pixels
     * @param segmentHeight in pixels
     * @param columns of segments
     * @param rows of segments
     */
    public record Grid(
            int plane, long width, long height, long segmentWidth, long segmentHeight, int columns, int rows) {
        public Grid {
            if (plane < 0 || width < 1 || height < 1 || segmentWidth < 1 || segmentHeight < 1) {
                throw new IllegalArgumentException(
                        width + " x " + height + " in " + segmentWidth + " x " + segmentHeight);
            }
            if (columns < 1 || rows < 1 || (long) columns * rows > LayoutLimits.MAX_SEGMENTS) {
                throw new IllegalArgumentException(columns + " x " + rows + " segments");
            }
        }

        public int segments() {
            return columns * rows;
        }
    }

    private SlideLevel(Grid grid, NumberTable starts, NumberTable lengths, NumberTable order, long end) {
        this.grid = grid;
        this.starts = starts;
        this.lengths = lengths;
        this.order = order;
        this.end = end;
        this.first = starts.get(sorted(0));
    }

    /** A level of segments that follow one another without gaps, in order. */
    static SlideLevel contiguous(Grid grid, NumberTable starts, long end) {
        for (int i = 1; i < starts.count(); i++) {
            if (starts.get(i) < starts.get(i - 1)) {
                throw new IllegalArgumentException("segment " + i + " starts before the one before it");
            }
        }
        return new SlideLevel(check(grid, starts), starts, NumberTable.EMPTY, NumberTable.EMPTY, end);
    }

    /** A level of segments anywhere; those of length 0 do not exist. */
    static SlideLevel scattered(Grid grid, NumberTable starts, NumberTable lengths) {
        check(grid, starts);
        check(grid, lengths);
        long end = 0;
        boolean ascending = true;
        for (int i = 0; i < starts.count(); i++) {
            end = Math.max(end, starts.get(i) + lengths.get(i));
            ascending &= i == 0 || starts.get(i) >= starts.get(i - 1);
        }
        return new SlideLevel(grid, starts, lengths, ascending ? NumberTable.EMPTY : order(starts), end);
    }

    private static Grid check(Grid grid, NumberTable table) {
        if (table.count() != grid.segments()) {
            throw new IllegalArgumentException(table.count() + " numbers for " + grid.segments() + " segments");
        }
        return grid;
    }

    private static NumberTable order(NumberTable starts) {
        long[] keys = new long[starts.count()];
        for (int i = 0; i < keys.length; i++) {
            long start = starts.get(i);
            if (start >>> (Long.SIZE - 1 - NUMBER_BITS) != 0) {
                throw new IllegalArgumentException("offset " + start + " in an unordered table");
            }
            keys[i] = (start << NUMBER_BITS) | i;
        }
        Arrays.sort(keys);
        NumberTable.Builder order = new NumberTable.Builder(keys.length, keys.length);
        for (long key : keys) {
            order.add(key & ((1 << NUMBER_BITS) - 1));
        }
        return order.build();
    }

    public Grid grid() {
        return grid;
    }

    /** Offset of the first segment in the file. */
    public long first() {
        return first;
    }

    /** Offset behind the last segment in the file. */
    public long end() {
        return end;
    }

    /** The bytes of a segment; empty for one that does not exist. */
    public ByteRange segment(int number) {
        long start = starts.get(number);
        return new ByteRange(start, endOf(number));
    }

    /** The number of the segment that an offset lies in; -1 when there is none. */
    public int segmentAt(long offset) {
        int rank = rankAt(offset);
        return rank >= 0 && offset < endOf(sorted(rank)) ? sorted(rank) : -1;
    }

    /** The number of the segment that an offset lies in, else of the next one behind it; -1 when there is none. */
    public int segmentFrom(long offset) {
        int rank = rankAt(offset);
        if (rank >= 0 && offset < endOf(sorted(rank))) {
            return sorted(rank);
        }
        return rank + 1 < starts.count() ? sorted(rank + 1) : -1;
    }

    /** How many segments, less one, start at or before an offset. */
    private int rankAt(long offset) {
        int low = -1;
        int high = starts.count() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (starts.get(sorted(middle)) <= offset) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** Bytes of memory. */
    public long weight() {
        return 128L + starts.packed().length + lengths.packed().length + order.packed().length;
    }

    NumberTable starts() {
        return starts;
    }

    NumberTable lengths() {
        return lengths;
    }

    private int sorted(int rank) {
        return order.count() == 0 ? rank : (int) order.get(rank);
    }

    private long endOf(int number) {
        if (lengths.count() > 0) {
            return starts.get(number) + lengths.get(number);
        }
        return number + 1 < starts.count() ? starts.get(number + 1) : end;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SlideLevel level
                && grid.equals(level.grid)
                && starts.equals(level.starts)
                && lengths.equals(level.lengths)
                && end == level.end;
    }

    @Override
    public int hashCode() {
        return 31 * grid.hashCode() + starts.hashCode();
    }

    @Override
    public String toString() {
        return grid + ", bytes " + first + " to " + end;
    }
}
