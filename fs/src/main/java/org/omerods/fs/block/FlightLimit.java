package org.omerods.fs.block;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How many bytes of prefetch may be under way: as many as the line delivers in a quarter of a second. Below that a line with
 * a round trip of 30 ms is never idle; beyond, what a viewer suddenly wants would share a slow line with seconds of what it
 * no longer wants. The speed is the best of the last epochs in which the line was full, so that a server that pauses once
 * costs nothing, and a line that became slow is noticed within seconds. Not thread-safe: the owner's lock guards it.
 */
final class FlightLimit {
    private static final double SECONDS_AHEAD = 0.25;
    private static final long EPOCH_NANOS = 100_000_000;
    private static final int EPOCHS = 20;

    /** Two of the largest pieces: one arrives while the next is asked for. */
    private static final long LEAST_BYTES = 2L << 20;

    /** Until something was measured: a tenth of a second of a line of 1 Gbit/s. */
    private static final long FIRST_BYTES = 12L << 20;

    private final long maxBytes;
    private final Deque<Double> bytesPerSecond = new ArrayDeque<>();
    private long inFlight;
    private long limit;
    private long epochStart;
    private long epochBytes;
    private boolean epochWasFull;

    /** @param maxBytes that are never exceeded, however fast the line is */
    FlightLimit(long maxBytes) {
        this.maxBytes = maxBytes;
        this.limit = Math.min(maxBytes, FIRST_BYTES);
    }

    /** Bytes that may be under way together. */
    long bytes() {
        return limit;
    }

    void begun(long bytes, long nanos) {
        if (inFlight == 0) {
            startEpoch(nanos);
        }
        inFlight += bytes;
        epochWasFull |= inFlight * 4 >= limit * 3;
    }

    void ended(long bytes, long nanos) {
        inFlight -= bytes;
        epochBytes += bytes;
        if (nanos - epochStart >= EPOCH_NANOS) {
            measured(epochBytes * 1e9 / (nanos - epochStart));
            startEpoch(nanos);
        }
    }

    private void startEpoch(long nanos) {
        epochStart = nanos;
        epochBytes = 0;
        epochWasFull = inFlight * 4 >= limit * 3;
    }

    /** A line that nobody filled is at least that fast; how fast it is it does not tell. */
    private void measured(double rate) {
        if (!epochWasFull && rate * SECONDS_AHEAD <= limit) {
            return;
        }
        bytesPerSecond.addLast(rate);
        if (bytesPerSecond.size() > EPOCHS) {
            bytesPerSecond.removeFirst();
        }
        double best = bytesPerSecond.stream().mapToDouble(known -> known).max().orElse(0);
        limit = Math.min(maxBytes, Math.max(LEAST_BYTES, (long) (best * SECONDS_AHEAD)));
    }
}
