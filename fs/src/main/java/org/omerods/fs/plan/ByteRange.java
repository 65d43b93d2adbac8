package org.omerods.fs.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Bytes of an object.
 *
 * @param start offset of the first byte
 * @param end offset behind the last byte, not before {@code start}
 */
public record ByteRange(long start, long end) {
    public ByteRange {
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("range from " + start + " to " + end);
        }
    }

    public static ByteRange of(long offset, long length) {
        return new ByteRange(offset, Math.addExact(offset, length));
    }

    public long length() {
        return end - start;
    }

    public boolean isEmpty() {
        return end == start;
    }

    public boolean overlaps(ByteRange other) {
        return start < other.end && other.start < end;
    }

    public boolean isWithin(ByteRange other) {
        return other.start <= start && end <= other.end;
    }

    /** The part before {@code size}; empty when there is none. */
    public ByteRange within(long size) {
        return new ByteRange(Math.min(start, size), Math.min(end, size));
    }

    /** The smallest range of whole units that holds this one; the last unit ends at {@code size}. */
    public ByteRange alignedTo(long unit, long size) {
        long roundedEnd = Math.ceilDiv(end, unit) * unit;
        return new ByteRange(start / unit * unit, roundedEnd).within(size);
    }

    /** What is left without {@code other}: none, one or two ranges. */
    public List<ByteRange> minus(ByteRange other) {
        if (!overlaps(other)) {
            return List.of(this);
        }
        List<ByteRange> rest = new ArrayList<>(2);
        if (start < other.start) {
            rest.add(new ByteRange(start, other.start));
        }
        if (other.end < end) {
            rest.add(new ByteRange(other.end, end));
        }
        return rest;
    }

    /** The same bytes in ascending ranges that do not touch. */
    public static List<ByteRange> union(List<ByteRange> ranges) {
        return merged(ranges, 0, 0);
    }

    /**
     * The ranges in ascending order, joined where a gap is cheaper to read than another request to make.
     *
     * @param maxGapBytes of a single gap
     * @param gapDivisor a joined range has at most one byte of gaps in so many of wanted bytes; 0 for no gaps
     */
    public static List<ByteRange> merged(List<ByteRange> ranges, long maxGapBytes, long gapDivisor) {
        List<ByteRange> sorted = new ArrayList<>(ranges);
        sorted.sort(Comparator.comparingLong(ByteRange::start));
        List<ByteRange> merged = new ArrayList<>();
        long gaps = 0;
        for (ByteRange next : sorted) {
            ByteRange last = merged.isEmpty() ? next : merged.getLast();
            long gap = Math.max(0, next.start() - last.end());
            long wanted = last.length() + next.length() - gaps;
            if (!merged.isEmpty() && (gap == 0 || (gap <= maxGapBytes && (gaps + gap) * gapDivisor <= wanted))) {
                gaps += gap;
                merged.set(merged.size() - 1, new ByteRange(last.start(), Math.max(last.end(), next.end())));
            } else if (!next.isEmpty()) {
                gaps = 0;
                merged.add(next);
            }
        }
        return merged;
    }

    /** Cut at multiples of {@code unit}, in order. */
    public List<ByteRange> cutAt(long unit) {
        List<ByteRange> pieces = new ArrayList<>();
        for (long from = start; from < end; ) {
            long to = Math.min(end, (from / unit + 1) * unit);
            pieces.add(new ByteRange(from, to));
            from = to;
        }
        return pieces;
    }
}
