package org.omerods.fs.plan;

/**
 * One reader's way through an object, guessed from offsets alone: neither process ids (0 for the kernel's own read-ahead)
 * nor handles (programs reopen a slide at every level) tell readers apart. Immutable.
 *
 * @param id names the stream in plans
 * @param lastUsed number of the read that continued it last
 * @param last that read
 * @param head the end of the furthest read
 * @param followedBytes read in order behind the first read
 * @param windowBytes how far it was fetched ahead last; 0 before the first time
 * @param ahead the end of what was planned ahead; at most {@code head} when nothing is
 * @param stride distance from the read before to the last one
 * @param repeats how many distances in a row were equal to it; 0 after the first read
 * @param stridesAhead how many strides behind the last read are planned
 */
record Stream(
        int id,
        long lastUsed,
        ByteRange last,
        long head,
        long followedBytes,
        long windowBytes,
        long ahead,
        long stride,
        int repeats,
        int stridesAhead) {

    static Stream startedBy(ByteRange read, int id, long clock) {
        return new Stream(id, clock, read, read.end(), 0, 0, read.end(), 0, 0, 0);
    }

    /**
     * Whether {@code read} goes on in order. One request may be skipped or come late: the kernel sends several at once,
     * and they arrive in any order.
     */
    boolean isContinuedBy(ByteRange read) {
        long slack = Math.max(last.length(), read.length());
        return read.start() >= head - 2 * slack && read.start() <= head + slack;
    }

    /** Whether {@code read} lies one more stride ahead. */
    boolean isStrideTo(ByteRange read) {
        return repeats > 0 && Strides.areEqual(stride, read.start() - last.start());
    }

    Stream continuedBy(ByteRange read, long clock) {
        long newHead = Math.max(head, read.end());
        long followed = followedBytes + Math.min(read.length(), newHead - head);
        return new Stream(id, clock, read, newHead, followed, windowBytes, ahead, 0, 0, 0);
    }

    Stream jumpedTo(ByteRange read, long clock) {
        long distance = read.start() - last.start();
        boolean again = repeats > 0 && Strides.areEqual(stride, distance);
        int planned = again ? Math.max(0, stridesAhead - 1) : 0;
        return new Stream(id, clock, read, read.end(), 0, 0, read.end(), distance, again ? repeats + 1 : 1, planned);
    }

    Stream withWindow(long bytes, long plannedTo) {
        return new Stream(id, lastUsed, last, head, followedBytes, bytes, plannedTo, stride, repeats, stridesAhead);
    }

    Stream withStridesAhead(int strides) {
        return new Stream(id, lastUsed, last, head, followedBytes, windowBytes, ahead, stride, repeats, strides);
    }
}
