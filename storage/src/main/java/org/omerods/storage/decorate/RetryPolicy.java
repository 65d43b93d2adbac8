package org.omerods.storage.decorate;

import java.time.Duration;

/**
 * When to try again.
 *
 * @param attempts tries in all, at least 1
 * @param firstPause before the second try; doubles from try to try, each time with up to half of it taken off at random
 *     so that many waiters do not come back at the same moment
 * @param longestPause bound of a pause
 * @param deadline no try starts later than this after the first one
 */
public record RetryPolicy(int attempts, Duration firstPause, Duration longestPause, Duration deadline) {
    /** A server that restarts is away for a few seconds; a reader that waits longer than half a minute is better told. */
    public static final RetryPolicy DEFAULT =
            new RetryPolicy(6, Duration.ofMillis(100), Duration.ofSeconds(3), Duration.ofSeconds(20));

    public RetryPolicy {
        if (attempts < 1 || firstPause.isNegative() || longestPause.isNegative() || deadline.isNegative()) {
            throw new IllegalArgumentException("attempts " + attempts + ", pauses " + firstPause + " to " + longestPause
                    + ", deadline " + deadline);
        }
    }

    /**
     * The pause after a failed try.
     *
     * @param attempt number of the try that failed, from 1
     * @param random between 0 (inclusive) and 1
     */
    Duration pauseAfter(int attempt, double random) {
        long doubled = firstPause.toNanos() << Math.min(attempt - 1, 20);
        long bounded = Math.min(doubled, longestPause.toNanos());
        return Duration.ofNanos((long) (bounded * (1 - random / 2)));
    }
}
