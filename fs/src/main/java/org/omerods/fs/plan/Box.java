package org.omerods.fs.plan;

/**
 * The part of a level that a viewer has looked at lately, in segments. Immutable.
 *
 * @param top first row
 * @param bottom last row
 * @param left first column
 * @param right last column
 */
record Box(int top, int bottom, int left, int right) {

    static Box of(int row, int column) {
        return new Box(row, row, column, column);
    }

    boolean isNear(int row, int column, int rows, int columns) {
        return row >= top - rows && row <= bottom + rows && column >= left - columns && column <= right + columns;
    }

    boolean contains(int row, int column) {
        return isNear(row, column, 0, 0);
    }

    /** With one more segment, and at most so many rows and columns around it. */
    Box with(int row, int column, int maxRows, int maxColumns) {
        return new Box(
                Math.max(Math.min(top, row), row - maxRows),
                Math.min(Math.max(bottom, row), row + maxRows),
                Math.max(Math.min(left, column), column - maxColumns),
                Math.min(Math.max(right, column), column + maxColumns));
    }
}
