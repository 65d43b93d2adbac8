package org.omerods.fs.plan;

/**
 * How far a sequential stream was fetched ahead. Immutable.
 *
 * @param bytes the distance of the last plan; 0 before the first
 * @param end up to where it went
 */
record Window(long bytes, long end) {
    static final Window NONE = new Window(0, 0);
}
