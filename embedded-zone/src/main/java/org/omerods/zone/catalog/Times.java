package org.omerods.zone.catalog;

import java.time.Clock;

/** Times as the catalog holds them: seconds since 1970 in 11 digits. */
public final class Times {
    private Times() {}

    /** The time of {@code clock}. */
    public static String now(Clock clock) {
        return of(clock.instant().getEpochSecond());
    }

    /** {@code seconds} since 1970. */
    public static String of(long seconds) {
        String digits = Long.toString(seconds);
        return "0".repeat(Math.max(0, 11 - digits.length())) + digits;
    }
}
