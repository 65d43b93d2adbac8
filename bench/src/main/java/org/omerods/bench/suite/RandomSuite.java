package org.omerods.bench.suite;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.omerods.bench.load.FileReader;
import org.omerods.bench.load.Load;
import org.omerods.bench.load.RandomReaders;
import org.omerods.bench.peer.RawClient;
import org.omerods.bench.result.Measurement;
import org.omerods.bench.result.Repetition;

/** Readers at random places that nobody has read before: what a viewer's first look at a region costs. */
final class RandomSuite implements Suite {
    private static final int[] READ_BYTES = {256 << 10, 64 << 10, 4 << 10};
    private static final int[] READERS = {1, 4, 16};
    /** Enough for a 99th percentile, and short at a long round trip. */
    private static final int MAX_READS = 3_000;

    private static final double MAX_SECONDS = 1;
    private static final int RAW_CONNECTIONS = 4;

    @Override
    public String description() {
        return "random reads of 256, 64 and 4 KiB by 1, 4 and 16 readers, cold, against the raw client";
    }

    @Override
    public void run(Run run) throws IOException, InterruptedException {
        for (Duration roundTrip : run.plan().roundTrips()) {
            try (Stage stage = Stage.open(run, roundTrip)) {
                for (int i = 0; i < run.plan().repetitions(); i++) {
                    stage.zone().register("large-" + i, run.largeFile());
                }
                for (int readBytes : READ_BYTES) {
                    for (int readers : READERS) {
                        measure(run, stage, roundTrip, readBytes, readers);
                    }
                }
            }
        }
    }

    private static void measure(Run run, Stage stage, Duration roundTrip, int readBytes, int readers)
            throws IOException, InterruptedException {
        String[] labels = {
            "rtt_ms",
            Plan.millis(roundTrip),
            "read",
            readBytes / 1024 + " KiB",
            "readers",
            Integer.toString(readers),
            "cache",
            "cold"
        };
        Measurement mount = Measurement.of("mount", labels);
        Measurement raw = Measurement.of("raw client", labels);
        stage.onRunningMount(Map.of(), daemon -> {
            for (int i = 0; i < run.plan().repetitions(); i++) {
                Path file = daemon.root().resolve("large-" + i);
                RandomReaders.Task task = task(run, readBytes, readers, i);
                Observation observation = Observation.begin(daemon);
                Load load = RandomReaders.run(task, () -> FileReader.open(file, readBytes));
                mount.add(observation.end(load, new Repetition()));
            }
        });
        try (RawClient client =
                RawClient.open(stage.zone(), "large-0", run.plan().fileBytes(), Math.min(readers, RAW_CONNECTIONS))) {
            for (int i = 0; i < run.plan().repetitions(); i++) {
                AtomicInteger number = new AtomicInteger();
                Load load = RandomReaders.run(
                        task(run, readBytes, readers, i), () -> client.reader(number.getAndIncrement(), readBytes));
                raw.add(load.describe(new Repetition()));
            }
        }
        run.add(mount);
        run.add(raw);
    }

    private static RandomReaders.Task task(Run run, int readBytes, int readers, int seed) {
        return new RandomReaders.Task(
                run.plan().fileBytes(),
                readBytes,
                readers,
                MAX_READS,
                Math.min(MAX_SECONDS, run.plan().seconds()),
                seed);
    }
}
