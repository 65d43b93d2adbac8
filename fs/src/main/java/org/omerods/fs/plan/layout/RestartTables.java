package org.omerods.fs.plan.layout;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * The restart intervals of a level of an NDPI, which is one JPEG in a single strip: a table with their low words and, for a
 * JPEG of 4 GiB or more, one with their high words. How large an interval is in pixels stands in the JPEG alone.
 */
final class RestartTables implements ImageTables {
    /** Of the JPEG's start, so that its header is in it: comments and tables before the scan take some hundred bytes. */
    private static final long HEADER_BYTES = 4 << 10;

    private final int plane;
    private final long width;
    private final long height;
    private final long stripStart;
    private final long stripEnd;
    private final Field low;
    private final Optional<Field> high;

    private RestartTables(int plane, long width, long height, long start, long end, Field low, Optional<Field> high) {
        this.plane = plane;
        this.width = width;
        this.height = height;
        this.stripStart = start;
        this.stripEnd = end;
        this.low = low;
        this.high = high;
    }

    /** The tables of a directory; empty where it has none (small levels) or has no single strip. */
    static Optional<ImageTables> of(Directory directory, int plane, FileBytes bytes) {
        OptionalLong width = directory.number(Tags.WIDTH, bytes);
        OptionalLong height = directory.number(Tags.HEIGHT, bytes);
        OptionalLong start = directory.number(Tags.STRIP_OFFSETS, bytes);
        OptionalLong length = directory.number(Tags.STRIP_COUNTS, bytes);
        Optional<Field> low = directory.field(Tags.NDPI_STARTS).filter(f -> f.isNumbers(LayoutLimits.MAX_SEGMENTS));
        Optional<Field> high =
                directory.field(Tags.NDPI_STARTS_HIGH).filter(f -> f.isNumbers(LayoutLimits.MAX_SEGMENTS));
        if (width.isEmpty() || height.isEmpty() || start.isEmpty() || length.isEmpty() || low.isEmpty()) {
            return Optional.empty();
        }
        long from = start.getAsLong();
        boolean inside = from > 0 && length.getAsLong() > 0 && from <= bytes.size() - length.getAsLong();
        boolean fits = high.isEmpty() || high.get().count() == low.get().count();
        return inside && fits
                ? Optional.of(new RestartTables(
                        plane, width.getAsLong(), height.getAsLong(), from, from + length.getAsLong(), low.get(), high))
                : Optional.empty();
    }

    private long headerBytes() {
        return Math.min(HEADER_BYTES, stripEnd - stripStart);
    }

    @Override
    public boolean prepare(FileBytes bytes) {
        return bytes.need(stripStart, headerBytes()) != FileBytes.State.ASKED;
    }

    /** A table is worth its bytes only when it fits to the picture. */
    @Override
    public boolean ask(FileBytes bytes) {
        if (grid(bytes).isEmpty()) {
            return true;
        }
        boolean lowAsked = low.need(bytes) == FileBytes.State.ASKED;
        boolean highAsked = high.isPresent() && high.get().need(bytes) == FileBytes.State.ASKED;
        return !lowAsked && !highAsked;
    }

    private Optional<SlideLevel.Grid> grid(FileBytes bytes) {
        return bytes.covers(stripStart, headerBytes())
                ? JpegRestarts.read(bytes.slice(stripStart, (int) headerBytes()))
                        .flatMap(restarts -> restarts.grid(plane, width, height, low.count()))
                : Optional.empty();
    }

    @Override
    public Optional<SlideLevel> level(FileBytes bytes) {
        Optional<SlideLevel.Grid> grid = grid(bytes);
        boolean here = grid.isPresent()
                && low.need(bytes) == FileBytes.State.HERE
                && (high.isEmpty() || high.get().need(bytes) == FileBytes.State.HERE);
        return here ? level(grid.get(), bytes) : Optional.empty();
    }

    private Optional<SlideLevel> level(SlideLevel.Grid grid, FileBytes bytes) {
        byte[] lows = bytes.slice(low.at(), (int) low.bytes());
        byte[] highs =
                high.map(field -> bytes.slice(field.at(), (int) field.bytes())).orElse(new byte[0]);
        int highWidth = high.map(Field::width).orElse(0);
        NumberTable.Builder starts = new NumberTable.Builder(grid.segments(), bytes.size());
        long before = stripStart;
        long upper = 0;
        for (int i = 0; i < grid.segments(); i++) {
            long lower = bytes.number(lows, i * low.width(), low.width());
            if (highWidth > 0) {
                upper = bytes.number(highs, i * highWidth, highWidth);
            } else if (stripStart + (upper << 32) + lower < before) {
                upper++; // older files have no high words, but their low ones wrap
            }
            long start = stripStart + (upper << 32) + lower;
            if (start < before || start > stripEnd) {
                return Optional.empty();
            }
            starts.add(start);
            before = start;
        }
        return Optional.of(SlideLevel.contiguous(grid, starts.build(), stripEnd));
    }
}
