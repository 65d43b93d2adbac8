package org.omerods.bench.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.NetworkInterface;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.omerods.bench.peer.TcpSource;

/** The forwarder with the kernel's own TCP over it. Needs root and tun; skipped elsewhere. */
final class TunLinkIT {
    private static final Duration ROUND_TRIP = Duration.ofMillis(20);

    private static TunLink open() throws InterruptedException {
        try {
            return TunLink.open(LinkShape.of(ROUND_TRIP));
        } catch (IOException e) {
            Assumptions.abort("no forwarder here: " + e.getMessage());
            throw new AssertionError(e);
        }
    }

    @Test
    void aConnectTakesARoundTripAndBytesArrive() throws Exception {
        try (TunLink link = open();
                TcpSource source = TcpSource.start(link)) {
            assertThat(source.connectMillis()).isGreaterThanOrEqualTo((double) ROUND_TRIP.toMillis());
            assertThat(source.bytesWithin(0.5)).isGreaterThan(1 << 20);
            assertThat(link.counters().get("packets")).isPositive();
        }
    }

    @Test
    void nothingIsLeftBehind() throws Exception {
        TunLink link = open();
        String name = "ob" + ProcessHandle.current().pid() + "c";
        assertThat(NetworkInterface.getByName(name)).isNotNull();

        link.close();

        assertThat(NetworkInterface.getByName(name)).isNull();
    }
}
