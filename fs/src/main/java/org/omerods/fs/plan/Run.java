package org.omerods.fs.plan;

/**
 * Reads that follow one another without a gap, or nearly so. Immutable.
 *
 * @param start where the first one began
 * @param head the end of the furthest one
 * @param lastLength bytes of the last one
 * @param followedBytes how much was read in order behind the first one
 * @param gapless whether each began where another ended, or before
 */
record Run(long start, long head, long lastLength, long followedBytes, boolean gapless) {

    static Run of(ByteRange read) {
        return new Run(read.start(), read.end(), read.length(), 0, true);
    }

    long length() {
        return head - start;
    }

    /**
     * Whether {@code read} goes on in order. One request may be skipped or come late: the kernel sends several at once,
     * and they arrive in any order.
     */
    boolean isContinuedBy(ByteRange read) {
        long slack = Math.max(lastLength, read.length());
        return read.start() >= head - 2 * slack && read.start() <= head + slack;
    }

    Run continuedBy(ByteRange read) {
        long newHead = Math.max(head, read.end());
        return new Run(
                start,
                newHead,
                read.length(),
                followedBytes + Math.min(read.length(), newHead - head),
                gapless && read.start() >= start && read.start() <= head);
    }
}
