package org.omerods.bench.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.omerods.bench.load.FioJob;
import org.omerods.bench.load.Load;
import org.omerods.bench.result.Measurement;
import org.omerods.bench.result.Repetition;
import org.omerods.bench.stage.Daemon;
import org.omerods.bench.stage.SampleFile;

/** The jobs by which mountpoint-s3 publishes its figures, under the same names, and some of others; cold, then again. */
final class FioSuite implements Suite {
    private static final Duration ROUND_TRIP = Duration.ofMillis(1);
    private static final int FILES = 4;
    private static final long SMALL_BYTES = 5 << 20;
    /** Seventeen jobs of up to four files each would fill the cache and the disk otherwise. */
    private static final int LARGE_DIVISOR = 4;

    private static final double MAX_SECONDS = 2;

    @Override
    public String description() {
        return "mountpoint-s3's fio jobs by name, wsi_stride, JuiceFS' 4 KiB reads; cold and warm, 1 ms";
    }

    @Override
    public void run(Run run) throws IOException, InterruptedException {
        if (!FioJob.isInstalled()) {
            run.note("fio is not installed: nothing was measured");
            return;
        }
        run.note("jobs that write (mix_*, seq_write) are left out");
        List<FioJob> jobs = FioJob.in(run.plan().checkout().resolve("bench/fio"));
        long largeBytes = run.plan().fileBytes() / LARGE_DIVISOR;
        Path large = run.newFolder("large");
        SampleFile.write(large, largeBytes);
        Path small = run.newFolder("small");
        SampleFile.write(small, SMALL_BYTES);
        Measurements all = new Measurements();
        local(run, jobs, large, small, all, largeBytes);
        try (Stage stage = Stage.open(run, ROUND_TRIP)) {
            for (FioJob job : jobs) {
                stage.zone().register(job.name() + "/huge.0", run.largeFile());
                for (int i = 0; i < FILES; i++) {
                    stage.zone().register(job.name() + "/large." + i, large);
                    stage.zone().register(job.name() + "/small." + i, small);
                }
            }
            for (int i = 0; i < run.plan().repetitions(); i++) {
                stage.onFreshMount(Map.of(), daemon -> {
                    for (FioJob job : jobs) {
                        all.of("mount", job, "cold").add(observed(run, daemon, job, largeBytes));
                        all.of("mount", job, "warm").add(observed(run, daemon, job, largeBytes));
                    }
                });
            }
        }
        all.addTo(run);
    }

    private static void local(Run run, List<FioJob> jobs, Path large, Path small, Measurements all, long largeBytes)
            throws IOException, InterruptedException {
        Path folder = Files.createDirectories(run.newFolder("local"));
        for (int i = 0; i < FILES; i++) {
            Files.createLink(folder.resolve("large." + i), large);
            Files.createLink(folder.resolve("small." + i), small);
        }
        Files.createLink(folder.resolve("huge.0"), run.largeFile());
        for (FioJob job : jobs) {
            all.of("local file", job, "warm")
                    .add(job.run(folder, seconds(run), largeBytes, run.plan().fileBytes())
                            .describe(new Repetition()));
        }
    }

    private static Repetition observed(Run run, Daemon daemon, FioJob job, long largeBytes)
            throws IOException, InterruptedException {
        Observation observation = Observation.begin(daemon);
        FioJob.Result result = job.run(
                daemon.root().resolve(job.name()),
                seconds(run),
                largeBytes,
                run.plan().fileBytes());
        Repetition repetition = result.describe(new Repetition());
        return observation.amplification(new Load(result.bytes(), new long[0], 1), repetition);
    }

    private static double seconds(Run run) {
        return Math.min(MAX_SECONDS, run.plan().seconds());
    }

    /** One for each subject, job and state of the cache, in the order of their first use. */
    private static final class Measurements {
        private final Map<String, Measurement> byKey = new HashMap<>();
        private final java.util.ArrayList<Measurement> inOrder = new java.util.ArrayList<>();

        Measurement of(String subject, FioJob job, String cache) {
            return byKey.computeIfAbsent(subject + job.name() + cache, key -> {
                Measurement made =
                        Measurement.of(subject, "job", job.name(), "rtt_ms", Plan.millis(ROUND_TRIP), "cache", cache);
                inOrder.add(made);
                return made;
            });
        }

        void addTo(Run run) {
            inOrder.forEach(run::add);
        }
    }
}
