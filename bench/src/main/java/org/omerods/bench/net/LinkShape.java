package org.omerods.bench.net;

import java.time.Duration;

/**
 * What a network is like.
 *
 * @param roundTrip of an empty packet; half of it each way
 * @param bytesPerSecond of each direction
 * @param queueBytes what may wait for its turn to be sent; more is dropped
 */
public record LinkShape(Duration roundTrip, long bytesPerSecond, long queueBytes) {
    /** 10 Gb/s, as storage networks have. */
    public static final long DEFAULT_BYTES_PER_SECOND = 1_250_000_000L;

    /** Per port, as switches of that class have: TCP must be able to find the rate without losing all the time. */
    public static final long DEFAULT_QUEUE_BYTES = 16 << 20;

    public LinkShape {
        if (roundTrip.isNegative() || bytesPerSecond < 1 || queueBytes < 1) {
            throw new IllegalArgumentException("not a network: " + roundTrip + ", " + bytesPerSecond + " B/s");
        }
    }

    /** 10 Gb/s with that delay. */
    public static LinkShape of(Duration roundTrip) {
        return new LinkShape(roundTrip, DEFAULT_BYTES_PER_SECOND, DEFAULT_QUEUE_BYTES);
    }

    long delayNanos() {
        return roundTrip.toNanos() / 2;
    }

    /** What is on the way or waiting at most. */
    long bytesOnTheWay() {
        return queueBytes + (long) (bytesPerSecond * (delayNanos() / 1e9));
    }
}
