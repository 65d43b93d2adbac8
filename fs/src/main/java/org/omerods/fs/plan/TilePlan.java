package org.omerods.fs.plan;

import org.omerods.fs.plan.layout.SlideLevel;

/**
 * Plans for levels whose segments are tiles: the rest of the tile, then what lies beyond the side to which the looked-at
 * part grows, then the same place on the next smaller level, and on the next larger one while somebody zooms in.
 */
final class TilePlan {
    /** Tiles ahead of somebody who keeps moving; a viewport moves by one or two at a time. */
    private static final int MAX_DEPTH = 3;

    /** Tiles to both sides of the last one that a viewport shows. */
    private static final int HALF_VIEW = 3;

    private final Pyramid pyramid;

    TilePlan(Pyramid pyramid) {
        this.pyramid = pyramid;
    }

    /**
     * Follows a read of a tile.
     *
     * @param read what was asked
     * @param inOrder whether it goes on behind the end of the tile before, as a copy does
     */
    void follow(
            Viewer viewer, SlideLevel level, int row, int column, ByteRange read, boolean inOrder, PlannedRanges plan) {
        ByteRange tile = level.segment(row * level.grid().columns() + column);
        if (read.end() < tile.end() && tile.length() <= SlidePlanner.MAX_SEGMENT_BYTES) {
            plan.ahead(new ByteRange(Math.max(read.end(), tile.start()), tile.end()));
        }
        boolean first = viewer.side == Side.NONE && viewer.box.contains(row, column);
        Side side = Side.of(viewer.box, row, column);
        viewer.box = viewer.box.with(row, column, 4 * HALF_VIEW, 4 * HALF_VIEW);
        Region own = new Region(viewer.level, row, row, column, column);
        if (side != Side.NONE) {
            viewer.grewTo(side);
            beyond(viewer, side, row, column, plan);
            if (!inOrder) {
                pyramid.parent(own).ifPresent(plan::perhaps);
            }
        }
        if (first && viewer.zoom != 0) {
            plan.perhaps(new Region(viewer.level, row - 1, row + 1, column - 1, column + 1));
        }
        if (viewer.zoom >= 2) {
            pyramid.child(own).ifPresent(plan::perhaps);
        }
    }

    /** Tile by tile, so that each is planned once. */
    private static void beyond(Viewer viewer, Side side, int row, int column, PlannedRanges plan) {
        int rows = side.rows == 0 ? HALF_VIEW : 0;
        int columns = side.columns == 0 ? HALF_VIEW : 0;
        for (int depth = 1; depth <= Math.min(viewer.growth, MAX_DEPTH); depth++) {
            for (int r = Math.max(viewer.box.top(), row - rows); r <= Math.min(viewer.box.bottom(), row + rows); r++) {
                for (int c = Math.max(viewer.box.left(), column - columns);
                        c <= Math.min(viewer.box.right(), column + columns);
                        c++) {
                    int atRow = r + side.rows * depth;
                    int atColumn = c + side.columns * depth;
                    plan.perhaps(new Region(viewer.level, atRow, atRow, atColumn, atColumn));
                }
            }
        }
    }
}
