package org.omerods.fs.plan;

import java.util.ArrayList;
import java.util.List;
import org.omerods.fs.plan.layout.SlideLevel;

/**
 * A rectangle of segments.
 *
 * @param level number in the layout
 * @param top first row
 * @param bottom last row
 * @param left first column
 * @param right last column
 */
record Region(int level, int top, int bottom, int left, int right) {

    /** What of it lies in a grid; may be empty. */
    Region within(SlideLevel.Grid grid) {
        return new Region(
                level,
                Math.max(top, 0),
                Math.min(bottom, grid.rows() - 1),
                Math.max(left, 0),
                Math.min(right, grid.columns() - 1));
    }

    boolean isEmpty() {
        return bottom < top || right < left;
    }

    /** The bytes of its segments, row by row; without those that are too long to be fetched for a guess. */
    List<ByteRange> ranges(SlideLevel of) {
        List<ByteRange> ranges = new ArrayList<>();
        for (int row = top; row <= bottom; row++) {
            for (int column = left; column <= right; column++) {
                ByteRange segment = of.segment(row * of.grid().columns() + column);
                if (!segment.isEmpty() && segment.length() <= SlidePlanner.MAX_SEGMENT_BYTES) {
                    ranges.add(segment);
                }
            }
        }
        return ranges;
    }

    /** The same, with some bytes before and behind the columns of each row. */
    List<ByteRange> ranges(SlideLevel of, long lead, long reach, long size) {
        List<ByteRange> ranges = new ArrayList<>();
        for (int row = top; row <= bottom; row++) {
            for (ByteRange columns : ByteRange.union(new Region(level, row, row, left, right).ranges(of))) {
                ranges.add(new ByteRange(Math.max(0, columns.start() - lead), Math.min(size, columns.end() + reach)));
            }
        }
        return ranges;
    }
}
