package org.omerods.bench.suite;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.omerods.bench.load.FileReader;
import org.omerods.bench.load.RandomReaders;
import org.omerods.bench.load.SequentialReader;
import org.omerods.bench.machine.ProcessUsage;
import org.omerods.bench.result.Measurement;
import org.omerods.bench.result.Repetition;
import org.omerods.bench.stage.Daemon;

/** A mount that is read for long, from a cache that is smaller than what is read: does its memory stay? */
final class SoakSuite implements Suite {
    private static final double MIB = 1 << 20;
    private static final int READERS = 16;
    private static final int READ_BYTES = 64 << 10;
    private static final int READS = 4_000;
    private static final int OBJECTS = 8;
    private static final int QUARTERS = 4;
    private static final int QUICK_ROUNDS = 4;
    private static final String[] NAMES = {"first quarter", "second quarter", "third quarter", "last quarter"};

    @Override
    public String description() {
        return "memory of a mount that is read for --soak minutes, with a cache smaller than the objects";
    }

    @Override
    public void run(Run run) throws IOException, InterruptedException {
        List<Repetition> samples = new ArrayList<>();
        try (Stage stage = Stage.open(run, Duration.ofMillis(1))) {
            for (int i = 0; i < OBJECTS; i++) {
                stage.zone().register("large-" + i, run.largeFile());
            }
            long cache = run.plan().fileBytes() * 2;
            stage.onFreshMount(Map.of("cache.max-size", Long.toString(cache)), daemon -> soak(run, daemon, samples));
        }
        for (int quarter = 0; quarter < QUARTERS; quarter++) {
            Measurement measurement = Measurement.of("mount", "rtt_ms", "1", "part", NAMES[quarter]);
            int from = samples.size() * quarter / QUARTERS;
            int to = samples.size() * (quarter + 1) / QUARTERS;
            samples.subList(from, to).forEach(measurement::add);
            run.add(measurement);
        }
    }

    private static void soak(Run run, Daemon daemon, List<Repetition> samples)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + run.plan().soak().toNanos();
        int round = 0;
        while (run.plan().quick() ? round < QUICK_ROUNDS : System.nanoTime() < end) {
            Path file = daemon.root().resolve("large-" + round % OBJECTS);
            RandomReaders.Task task = new RandomReaders.Task(
                    run.plan().fileBytes(),
                    READ_BYTES,
                    READERS,
                    READS,
                    run.plan().seconds(),
                    round);
            long bytes = RandomReaders.run(task, () -> FileReader.open(file, READ_BYTES))
                            .bytes()
                    + SequentialReader.read(file, READ_BYTES, run.plan().seconds())
                            .bytes();
            ProcessUsage usage = daemon.usage();
            samples.add(new Repetition()
                    .put("anonymous MiB", usage.anonymousBytes() / MIB)
                    .put("rss MiB", usage.rssBytes() / MIB)
                    .put("threads", usage.threads())
                    .put("bytes", bytes));
            round++;
        }
    }
}
