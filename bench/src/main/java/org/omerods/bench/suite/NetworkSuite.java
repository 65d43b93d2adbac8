package org.omerods.bench.suite;

import java.io.IOException;
import java.time.Duration;
import org.omerods.bench.net.Link;
import org.omerods.bench.net.Links;
import org.omerods.bench.peer.TcpSource;
import org.omerods.bench.result.Measurement;
import org.omerods.bench.result.Repetition;

/** The forwarder itself: what it delays and what it carries. Nothing else can be faster than this. */
final class NetworkSuite implements Suite {
    private static final double MIB = 1 << 20;

    @Override
    public String description() {
        return "the forwarder: delay of a connect and rate of one raw TCP connection, at each round-trip time";
    }

    @Override
    public void run(Run run) throws IOException, InterruptedException {
        double seconds = Math.min(1, run.plan().seconds());
        for (Duration roundTrip : run.plan().roundTrips()) {
            try (Link link = Links.open(roundTrip, run.plan().link());
                    TcpSource source = TcpSource.start(link)) {
                Measurement measurement = Measurement.of(
                        "raw TCP, 1 connection",
                        "rtt_ms",
                        Plan.millis(roundTrip),
                        "link",
                        link.kind().name());
                for (int i = 0; i < run.plan().repetitions(); i++) {
                    measurement.add(new Repetition()
                            .put("MiB/s", source.bytesWithin(seconds) / seconds / MIB)
                            .put("connect ms", source.connectMillis())
                            .put("dropped packets", link.counters().getOrDefault("dropped", 0L)));
                }
                run.add(measurement);
            }
        }
    }
}
