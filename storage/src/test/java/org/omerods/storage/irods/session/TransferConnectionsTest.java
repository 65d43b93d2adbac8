package org.omerods.storage.irods.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The further away a server is, the more connections fill the line. */
class TransferConnectionsTest {
    @ParameterizedTest
    @CsvSource({"0, 2", "PT0.0002S, 2", "PT0.001S, 2", "PT0.005S, 6", "PT0.01S, 10", "PT10S, 65"})
    void asManyAsCarryWhatTheLineCarries(String roundTrip, int connections) {
        long nanos = roundTrip.equals("0") ? 0 : Duration.parse(roundTrip).toNanos();
        assertThat(LanePlan.transfers(nanos)).isEqualTo(connections);
    }
}
