package org.omerods.fs.block;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

class FlightLimitTest {
    private static final long MIB = 1 << 20;
    private static final long MAX = 64 * MIB;

    private final FlightLimit limit = new FlightLimit(MAX);
    private long nanos;

    /** A reader who wants more than there is, over a line that keeps what it is given in order. */
    private void fill(double bytesPerSecond, double roundTripSeconds, double seconds) {
        long end = nanos + (long) (seconds * 1e9);
        long nanosEach = (long) (MIB / bytesPerSecond * 1e9);
        Deque<Long> arrivals = new ArrayDeque<>();
        long lineIsFree = nanos;
        while (nanos < end) {
            while ((arrivals.size() + 1) * MIB <= limit.bytes() || arrivals.isEmpty()) {
                lineIsFree = Math.max(lineIsFree, nanos + (long) (roundTripSeconds * 1e9)) + nanosEach;
                arrivals.addLast(lineIsFree);
                limit.begun(MIB, nanos);
            }
            nanos = arrivals.removeFirst();
            limit.ended(MIB, nanos);
        }
        while (!arrivals.isEmpty()) {
            nanos = arrivals.removeFirst();
            limit.ended(MIB, nanos);
        }
    }

    @Test
    void aFastLineIsFilled() {
        fill(1000 * MIB, 0.030, 1);
        assertThat(limit.bytes()).isEqualTo(MAX);
    }

    @Test
    void ofASlowLineOnlyAQuarterOfASecondIsTaken() {
        fill(12 * MIB, 0.030, 5);
        assertThat(limit.bytes()).isBetween(2 * MIB, 4 * MIB);
    }

    @Test
    void aLineThatBecomesSlowIsNoticedWithinSeconds() {
        fill(1000 * MIB, 0.001, 3);
        fill(12 * MIB, 0.001, 10);
        assertThat(limit.bytes()).isBetween(2 * MIB, 4 * MIB);
    }

    @Test
    void aLineThatBecomesFastAgainIsFilledAgain() {
        fill(12 * MIB, 0.030, 5);
        fill(1000 * MIB, 0.030, 2);
        assertThat(limit.bytes()).isEqualTo(MAX);
    }

    @Test
    void whoAsksForLittleTellsNothingOfTheLine() {
        fill(1000 * MIB, 0.001, 3);
        for (int i = 0; i < 200; i++) {
            limit.begun(4096, nanos);
            nanos += 60_000_000;
            limit.ended(4096, nanos);
        }
        assertThat(limit.bytes()).isEqualTo(MAX);
    }

    @Test
    void aPauseOfTheServerCostsNothing() {
        fill(1000 * MIB, 0.001, 3);
        limit.begun(60 * MIB, nanos);
        nanos += 2_000_000_000L;
        limit.ended(60 * MIB, nanos);
        assertThat(limit.bytes()).isEqualTo(MAX);
    }
}
