package org.omerods.storage.irods.session;

/**
 * The shortest time in which a server answered lately: what the network takes, without work and queues. The least of
 * two periods, so that a route that became longer is noticed and a single busy moment is not. Thread-safe for one
 * writer.
 */
final class RoundTrip {
    /** As long as BBR keeps its least round trip (Cardwell et al., ACM Queue 14(5), 2016). */
    static final long PERIOD_NANOS = 10_000_000_000L;

    private static final long UNKNOWN = Long.MAX_VALUE;

    private long periodBegan;
    private long leastOfThisPeriod = UNKNOWN;
    private long leastOfLastPeriod = UNKNOWN;
    private volatile long least = UNKNOWN;

    void measured(long nanos, long now) {
        if (leastOfThisPeriod == UNKNOWN) {
            periodBegan = now;
        } else if (now - periodBegan > PERIOD_NANOS) {
            leastOfLastPeriod = leastOfThisPeriod;
            leastOfThisPeriod = UNKNOWN;
            periodBegan = now;
        }
        leastOfThisPeriod = Math.min(leastOfThisPeriod, Math.max(1, nanos));
        least = Math.min(leastOfThisPeriod, leastOfLastPeriod);
    }

    /** Nanoseconds; 0 before the first answer. */
    long nanos() {
        long known = least;
        return known == UNKNOWN ? 0 : known;
    }
}
