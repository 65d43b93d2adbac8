package org.omerods.storage.irods.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The least round trip of the last two periods. */
class RoundTripTest {
    private static final long PERIOD = RoundTrip.PERIOD_NANOS;

    private final RoundTrip roundTrip = new RoundTrip();

    @Test
    void nothingIsKnownBeforeTheFirstAnswer() {
        assertThat(roundTrip.nanos()).isZero();
    }

    @Test
    void theLeastCounts() {
        roundTrip.measured(500, 0);
        roundTrip.measured(300, 1);
        roundTrip.measured(900, 2);
        assertThat(roundTrip.nanos()).isEqualTo(300);
    }

    @Test
    void aRouteThatBecameLongerIsNoticedAfterTwoPeriods() {
        roundTrip.measured(300, 0);
        roundTrip.measured(900, PERIOD + 1);
        assertThat(roundTrip.nanos()).isEqualTo(300);
        roundTrip.measured(900, 2 * PERIOD + 2);
        assertThat(roundTrip.nanos()).isEqualTo(900);
    }
}
