package org.omerods.bench.suite;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.omerods.bench.load.FileReader;
import org.omerods.bench.load.Load;
import org.omerods.bench.load.RandomReaders;
import org.omerods.bench.result.Measurement;
import org.omerods.bench.result.Repetition;

/** A class of students: 64 readers of one object at the same time. */
final class ReadersSuite implements Suite {
    private static final String[] ROUND_TRIPS = {"1", "10"};
    private static final int READERS = 64;
    private static final int READ_BYTES = 256 << 10;
    private static final int MAX_READS = 3_000;
    private static final double MAX_SECONDS = 4;

    @Override
    public String description() {
        return "64 readers of one object, 256 KiB at random, cold, then the same places again";
    }

    @Override
    public void run(Run run) throws IOException, InterruptedException {
        for (Duration roundTrip : run.plan().roundTrips(ROUND_TRIPS)) {
            String rtt = Plan.millis(roundTrip);
            Measurement cold = Measurement.of("mount", "rtt_ms", rtt, "cache", "cold");
            Measurement warm = Measurement.of("mount", "rtt_ms", rtt, "cache", "warm");
            try (Stage stage = Stage.open(run, roundTrip)) {
                stage.zone().register("large", run.largeFile());
                for (int i = 0; i < run.plan().repetitions(); i++) {
                    RandomReaders.Task task = new RandomReaders.Task(
                            run.plan().fileBytes(),
                            READ_BYTES,
                            READERS,
                            MAX_READS,
                            Math.min(MAX_SECONDS, run.plan().seconds()),
                            i);
                    stage.onRunningMount(Map.of(), daemon -> {
                        Path file = daemon.root().resolve("large");
                        Observation first = Observation.begin(daemon);
                        Load load = RandomReaders.run(task, () -> FileReader.open(file, READ_BYTES));
                        cold.add(first.end(load, new Repetition()));
                        Observation second = Observation.begin(daemon);
                        Load again = RandomReaders.run(task, () -> FileReader.open(file, READ_BYTES));
                        warm.add(second.end(again, new Repetition()));
                    });
                }
                run.add(cold);
                run.add(warm);
            }
        }
    }
}
