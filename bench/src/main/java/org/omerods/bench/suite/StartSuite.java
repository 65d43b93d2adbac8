package org.omerods.bench.suite;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.omerods.bench.machine.ProcessUsage;
import org.omerods.bench.result.Measurement;
import org.omerods.bench.result.Repetition;

/** From the command to a mount that answers, and the memory that it then has. */
final class StartSuite implements Suite {
    private static final double MIB = 1 << 20;

    @Override
    public String description() {
        return "seconds from `omerods mount` to a usable mount, and its memory, on loopback";
    }

    @Override
    public void run(Run run) throws IOException, InterruptedException {
        try (Stage stage = Stage.open(run, Duration.ZERO)) {
            Measurement measurement = Measurement.of("mount", "rtt_ms", "0");
            for (int i = 0; i < run.plan().repetitions(); i++) {
                stage.onFreshMount(Map.of(), daemon -> {
                    ProcessUsage usage = daemon.usage();
                    measurement.add(new Repetition()
                            .put("start s", daemon.startSeconds())
                            .put("cpu s", usage.cpuSeconds())
                            .put("rss MiB", usage.rssBytes() / MIB)
                            .put("anonymous MiB", usage.anonymousBytes() / MIB)
                            .put("threads", usage.threads()));
                });
            }
            run.add(measurement);
        }
    }
}
