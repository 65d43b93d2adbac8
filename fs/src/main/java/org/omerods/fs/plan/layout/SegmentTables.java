package org.omerods.fs.plan.layout;

import java.util.Optional;
import java.util.OptionalLong;

/** Tiles or strips of a TIFF: one table with their offsets, one with their lengths. */
final class SegmentTables implements ImageTables {
    private final SlideLevel.Grid grid;
    private final Field offsets;
    private final Field counts;

    private SegmentTables(SlideLevel.Grid grid, Field offsets, Field counts) {
        this.grid = grid;
        this.offsets = offsets;
        this.counts = counts;
    }

    /** The tables of a directory, if it has them and they fit to its size in pixels. */
    static Optional<ImageTables> of(Directory directory, int plane, FileBytes bytes) {
        OptionalLong width = directory.number(Tags.WIDTH, bytes);
        OptionalLong height = directory.number(Tags.HEIGHT, bytes);
        if (width.isEmpty() || height.isEmpty()) {
            return Optional.empty();
        }
        boolean tiled = directory.has(Tags.TILE_OFFSETS);
        long segmentWidth = tiled ? directory.number(Tags.TILE_WIDTH, bytes).orElse(0) : width.getAsLong();
        long segmentHeight = tiled
                ? directory.number(Tags.TILE_HEIGHT, bytes).orElse(0)
                : Math.min(directory.number(Tags.ROWS_PER_STRIP, bytes).orElse(height.getAsLong()), height.getAsLong());
        Optional<Field> offsets = directory.field(tiled ? Tags.TILE_OFFSETS : Tags.STRIP_OFFSETS);
        Optional<Field> counts = directory.field(tiled ? Tags.TILE_COUNTS : Tags.STRIP_COUNTS);
        if (offsets.isEmpty() || counts.isEmpty() || segmentWidth < 1 || segmentHeight < 1) {
            return Optional.empty();
        }
        return grid(
                        plane,
                        width.getAsLong(),
                        height.getAsLong(),
                        segmentWidth,
                        segmentHeight,
                        offsets.get(),
                        counts.get())
                .map(grid -> new SegmentTables(grid, offsets.get(), counts.get()));
    }

    /** A separate table for each sample follows the first one: more rows of the same grid. */
    private static Optional<SlideLevel.Grid> grid(
            int plane, long width, long height, long segmentWidth, long segmentHeight, Field offsets, Field counts) {
        long columns = Math.ceilDiv(width, segmentWidth);
        boolean fits = offsets.isNumbers(LayoutLimits.MAX_SEGMENTS)
                && counts.isNumbers(LayoutLimits.MAX_SEGMENTS)
                && offsets.count() == counts.count()
                && offsets.count() % columns == 0
                && offsets.count() / columns % Math.ceilDiv(height, segmentHeight) == 0;
        return fits
                ? Optional.of(
                        new SlideLevel.Grid(plane, width, height, segmentWidth, segmentHeight, (int) columns, (int)
                                (offsets.count() / columns)))
                : Optional.empty();
    }

    @Override
    public boolean ask(FileBytes bytes) {
        boolean offsetsAsked = offsets.need(bytes) == FileBytes.State.ASKED;
        boolean countsAsked = counts.need(bytes) == FileBytes.State.ASKED;
        return !offsetsAsked && !countsAsked;
    }

    @Override
    public Optional<SlideLevel> level(FileBytes bytes) {
        if (offsets.need(bytes) != FileBytes.State.HERE || counts.need(bytes) != FileBytes.State.HERE) {
            return Optional.empty();
        }
        int count = grid.segments();
        byte[] offsetTable = bytes.slice(offsets.at(), (int) offsets.bytes());
        byte[] countTable = bytes.slice(counts.at(), (int) counts.bytes());
        NumberTable.Builder starts = new NumberTable.Builder(count, bytes.size());
        NumberTable.Builder lengths = new NumberTable.Builder(count, LayoutLimits.MAX_SEGMENT_BYTES);
        boolean any = false;
        for (int i = 0; i < count; i++) {
            long start = bytes.number(offsetTable, i * offsets.width(), offsets.width());
            long length = bytes.number(countTable, i * counts.width(), counts.width());
            boolean exists = length > 0
                    && length <= LayoutLimits.MAX_SEGMENT_BYTES
                    && start > 0
                    && start <= bytes.size() - length;
            starts.add(exists ? start : 0);
            lengths.add(exists ? length : 0);
            any |= exists;
        }
        return any ? Optional.of(SlideLevel.scattered(grid, starts.build(), lengths.build())) : Optional.empty();
    }
}
