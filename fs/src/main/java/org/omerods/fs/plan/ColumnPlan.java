package org.omerods.fs.plan;

import org.omerods.fs.plan.layout.SlideLevel;

/**
 * Plans for levels whose segments are lower than tiles: restart intervals of NDPI, strips. A program that wants a tile reads
 * one or two columns of them, downwards or (OpenSlide) upwards, each row of the picture apart. What it will read is known
 * after the first two rows: as many as for the tile before. Not thread-safe.
 */
final class ColumnPlan {
    /** Rows to both sides of the first one, while it is not known which way it goes on. */
    private static final int ROWS_AROUND = 8;

    /** So near to the end of what was planned, a tile that may be higher than expected is planned further. */
    private static final int ROWS_LEFT = 4;

    /** By so many rows. */
    private static final int MORE_ROWS = 16;

    /** Tiles ahead of somebody who keeps moving. */
    private static final int MAX_DEPTH = 3;

    /** Neighbours that were fetched for nothing, one after the other: whoever goes on like this takes samples. */
    private static final int MAX_VAIN_GUESSES = 8;

    /** Tiles around the last one that count as looked at. */
    private static final int MAX_BOX_TILES = 8;

    private final Pyramid pyramid;

    private final TileHeights heights;

    /** 1 when tiles are read downwards, -1 upwards; 0 when unknown. Programs read all levels alike. */
    private int direction;

    /** Neighbours that were guessed since one of them was looked at. */
    private int vainGuesses;

    ColumnPlan(Pyramid pyramid, int levels) {
        this.pyramid = pyramid;
        this.heights = new TileHeights(levels);
    }

    /** Follows a read that goes on with the tile that a viewer reads. */
    void goOn(Viewer viewer, SlideLevel level, int row, ByteRange read, boolean probe, PlannedRanges plan) {
        RowSeries series = viewer.series;
        series.goTo(row);
        reached(series, level, read);
        if (series.steps() == 0 && probe) {
            return;
        }
        if (series.steps() != 0) {
            direction = Integer.signum(series.steps());
            viewer.box =
                    viewer.box.with(row, series.left, MAX_BOX_TILES * heights.rows(viewer.level, level), MAX_BOX_TILES);
        }
        extend(viewer, level, read, plan);
    }

    /**
     * Follows a read of another tile.
     *
     * @param series begins at this row, or at the one before, where a small read said nothing yet
     */
    void begin(Viewer viewer, SlideLevel level, RowSeries series, int row, ByteRange read, PlannedRanges plan) {
        heights.learn(viewer.level, viewer.series.rowsRead());
        int column = series.left;
        Side side = Side.of(viewer.box, row, column);
        if (side == Side.RIGHT) {
            vainGuesses = 0;
        }
        viewer.series = series;
        viewer.box = viewer.box.with(row, column, MAX_BOX_TILES * heights.rows(viewer.level, level), MAX_BOX_TILES);
        boolean moves = side != Side.NONE && heights.isKnown(viewer.level);
        if (moves) {
            viewer.grewTo(side);
        }
        goOn(viewer, level, row, read, false, plan);
        if (moves) {
            beyond(viewer, heights.rows(viewer.level, level), plan);
        }
    }

    /** What is read of a row besides the pages that its columns are in, before and behind them. */
    private static void reached(RowSeries series, SlideLevel level, ByteRange read) {
        int first = series.row * level.grid().columns();
        ByteRange columns = new ByteRange(
                        level.segment(first + series.left).start(),
                        level.segment(first + series.right).end())
                .alignedTo(PlannedRanges.BLOCK_BYTES, Long.MAX_VALUE);
        if (read.start() < columns.start()) {
            series.led(columns.start() - read.start());
        }
        if (read.end() > columns.end()) {
            series.reached(read.end() - columns.end(), read.start() < columns.end());
        }
    }

    private void extend(Viewer viewer, SlideLevel level, ByteRange read, PlannedRanges plan) {
        RowSeries series = viewer.series;
        series.planAgainIfMoreIsRead();
        int way = way(series, level, read);
        if (way == 0) {
            upTo(viewer, series.row - ROWS_AROUND, plan);
            downTo(viewer, series.row + ROWS_AROUND, plan);
            return;
        }
        guessNeighbour(viewer, way, plan);
        int height = heights.rows(viewer.level, level, series.rowsRead());
        int last = series.firstRow + way * (height - 1);
        boolean certain = heights.isKnown(viewer.level) && height == heights.rows(viewer.level, level);
        boolean higher = way * (last - series.row) < (certain ? 0 : ROWS_LEFT);
        int goal = higher ? series.row + way * MORE_ROWS : last;
        if (way < 0) {
            upTo(viewer, goal, plan);
        } else {
            downTo(viewer, goal, plan);
        }
    }

    /** 1 for downwards, -1 for upwards, 0 while nobody can tell. */
    private int way(RowSeries series, SlideLevel level, ByteRange read) {
        if (series.steps() != 0) {
            return Integer.signum(series.steps());
        }
        return direction == 0 && coversRowBelow(series, level, read) ? 1 : direction;
    }

    /** Whoever reads so much that the next row is in it goes on below. */
    private static boolean coversRowBelow(RowSeries series, SlideLevel level, ByteRange read) {
        int below = (series.row + 1) * level.grid().columns() + series.left;
        return series.row + 1 < level.grid().rows()
                && read.end() > level.segment(below).start();
    }

    /**
     * Where somebody looks for the first time, the tile to the right most often comes next: rows of tiles are read so. It
     * lies behind this one in each row of the file, and travels in the same requests.
     */
    private void guessNeighbour(Viewer viewer, int way, PlannedRanges plan) {
        RowSeries series = viewer.series;
        if (series.withNeighbour || viewer.side != Side.NONE || vainGuesses >= MAX_VAIN_GUESSES) {
            return;
        }
        vainGuesses++;
        series.withNeighbour = true;
        int planned = way < 0 ? Math.min(series.plannedTop, series.row) : Math.max(series.plannedBottom, series.row);
        Region rows = new Region(
                viewer.level,
                Math.min(series.firstRow, planned),
                Math.max(series.firstRow, planned),
                series.left,
                series.right);
        int _ = plan.aheadWithNeighbour(rows, way < 0, series);
    }

    /** What a viewer reads just now, as far as its height is known. */
    private static Region tile(Viewer viewer, int way, int height) {
        RowSeries series = viewer.series;
        int top = way < 0 ? series.firstRow - height + 1 : series.firstRow;
        return new Region(viewer.level, top, top + height - 1, series.left, series.right);
    }

    private static void upTo(Viewer viewer, int goal, PlannedRanges plan) {
        RowSeries series = viewer.series;
        int from = Math.min(series.plannedTop, series.row) - 1;
        if (goal <= from && (series.plannedTop >= series.row || isWorthAnotherPlan(from - goal, series.row - from))) {
            series.plannedTop = from + 1 - ahead(viewer, goal, from, true, plan);
        }
    }

    private static void downTo(Viewer viewer, int goal, PlannedRanges plan) {
        RowSeries series = viewer.series;
        int from = Math.max(series.plannedBottom, series.row) + 1;
        if (goal >= from
                && (series.plannedBottom <= series.row || isWorthAnotherPlan(goal - from, from - series.row))) {
            series.plannedBottom = from - 1 + ahead(viewer, from, goal, false, plan);
        }
    }

    /** Returns how many rows could be paid; the neighbour is left out when it is too dear. */
    private static int ahead(Viewer viewer, int top, int bottom, boolean upwards, PlannedRanges plan) {
        RowSeries series = viewer.series;
        Region rows = new Region(viewer.level, top, bottom, series.left, series.right);
        int paid = series.withNeighbour ? plan.aheadWithNeighbour(rows, upwards, series) : 0;
        return paid > 0 ? paid : plan.ahead(rows, upwards, series);
    }

    /** Not a row at a time, while enough rows are on their way. */
    private static boolean isWorthAnotherPlan(int rows, int rowsLeft) {
        return rows >= MORE_ROWS / 2 || rowsLeft <= ROWS_LEFT;
    }

    private void beyond(Viewer viewer, int height, PlannedRanges plan) {
        Region own = tile(viewer, direction, height);
        for (int depth = 1; depth <= Math.min(viewer.growth, MAX_DEPTH); depth++) {
            int down = viewer.side.rows * depth * height;
            int right = viewer.side.columns * depth;
            plan.perhaps(new Region(
                    viewer.level, own.top() + down, own.bottom() + down, own.left() + right, own.right() + right));
        }
        pyramid.parent(own).ifPresent(plan::perhaps);
    }
}
