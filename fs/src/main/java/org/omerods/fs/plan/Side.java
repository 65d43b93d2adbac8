package org.omerods.fs.plan;

/** Where a box grows. */
enum Side {
    NONE(0, 0),
    LEFT(0, -1),
    RIGHT(0, 1),
    TOP(-1, 0),
    BOTTOM(1, 0);

    final int rows;
    final int columns;

    Side(int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
    }

    /** The side of a box at which a segment lies that is not in it. */
    static Side of(Box box, int row, int column) {
        if (column < box.left()) {
            return LEFT;
        }
        if (column > box.right()) {
            return RIGHT;
        }
        if (row < box.top()) {
            return TOP;
        }
        return row > box.bottom() ? BOTTOM : NONE;
    }
}
