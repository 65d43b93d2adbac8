package org.omerods.fs.plan;

/**
 * Somebody who looks at a level of a slide, guessed from where the reads fall. Used by its planner alone; not thread-safe.
 */
final class Viewer {
    final int id;
    final int level;

    /** Steps in a row from a smaller level to a larger one; negative the other way. */
    final int zoom;

    /** What was looked at lately. */
    Box box;

    /** How many times in a row the box grew to the same side. */
    int growth;

    Side side = Side.NONE;

    /** The rows that are read just now, on levels whose segments are lower than tiles. */
    RowSeries series;

    Viewer(int id, int level, int zoom, int row, int column) {
        this.id = id;
        this.level = level;
        this.zoom = zoom;
        this.box = Box.of(row, column);
        this.series = new RowSeries(row, column);
    }

    /** The box reached this side once more. */
    void grewTo(Side grown) {
        growth = grown == side ? growth + 1 : 1;
        side = grown;
    }
}
