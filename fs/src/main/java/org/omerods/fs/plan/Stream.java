package org.omerods.fs.plan;

/**
 * One reader's way through an object, guessed from offsets alone: neither process ids (0 for the kernel's own read-ahead)
 * nor handles (programs reopen a slide at every level) tell readers apart. Immutable.
 *
 * @param id names the stream in plans
 * @param lastUsed number of the read that continued it last
 * @param run the reads in order that it ends with
 * @param window what was fetched ahead of the run
 * @param stride how the run lies to the runs before it
 */
record Stream(int id, long lastUsed, Run run, Window window, Stride stride) {

    static Stream startedBy(ByteRange read, int id, long clock) {
        return new Stream(id, clock, Run.of(read), Window.NONE, Stride.NONE);
    }

    long distanceTo(ByteRange read) {
        return read.start() - run.start();
    }

    /** A stream with a pattern is not disturbed by a read that does not fit: that one belongs to somebody else. */
    boolean hasPattern() {
        return window.bytes() > 0 || stride.isEstablished();
    }

    Stream continuedBy(ByteRange read, long clock) {
        return new Stream(id, clock, run.continuedBy(read), window, stride);
    }

    Stream jumpedTo(ByteRange read, long clock) {
        Stride next = stride.andThen(distanceTo(read), Math.max(read.length(), run.length()));
        return new Stream(id, clock, Run.of(read), Window.NONE, next);
    }

    Stream with(Window newWindow) {
        return new Stream(id, lastUsed, run, newWindow, stride);
    }

    Stream with(Stride newStride) {
        return new Stream(id, lastUsed, run, window, newStride);
    }
}
