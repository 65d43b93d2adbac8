package org.omerods.bench.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.omerods.bench.load.FioFiles;
import org.omerods.bench.load.FioJob;
import org.omerods.bench.load.FioResult;
import org.omerods.bench.load.Load;
import org.omerods.bench.load.SequentialReader;
import org.omerods.bench.result.Measurement;
import org.omerods.bench.result.Repetition;
import org.omerods.bench.stage.Daemon;

/**
 * The jobs by which mountpoint-s3, gcsfuse and JuiceFS publish their figures, under their names, and ours: on local files,
 * on a mount that has none of the bytes, and on one that has all of them. Jobs that write read nothing that is there already.
 */
final class FioSuite implements Suite {
    private static final Duration ROUND_TRIP = Duration.ofMillis(1);
    /** All that the jobs read would fill the cache and the disk otherwise. */
    private static final int LARGE_DIVISOR = 4;

    private static final double MAX_SECONDS = 2;
    private static final int BLOCK_BYTES = 1 << 20;

    @Override
    public String description() {
        return "fio jobs of mountpoint-s3, gcsfuse, JuiceFS by name, wsi_stride; cold and warm, 1 ms";
    }

    @Override
    public void run(Run run) throws IOException, InterruptedException {
        if (!FioJob.isInstalled()) {
            run.note("fio is not installed: nothing was measured");
            return;
        }
        List<FioJob> jobs = FioJob.in(run.plan().checkout().resolve("bench/fio"));
        FioFiles files = FioFiles.make(run.newFolder("files"), largeBytes(run), run.largeFile());
        Measurements all = new Measurements();
        Path local = Files.createDirectories(run.newFolder("local"));
        files.linkInto(local);
        try (Stage stage = Stage.open(run, ROUND_TRIP)) {
            for (FioJob job : jobs) {
                stage.zone().collection(job.name());
                for (String name : job.reads()) {
                    stage.zone().register(job.name() + "/" + name, files.bytesOf(name));
                }
            }
            for (int i = 0; i < run.plan().repetitions(); i++) {
                for (FioJob job : jobs) {
                    readAll(local, job, run);
                    run.settle();
                    all.of("local file", job, job.writes() ? "cold" : "warm")
                            .add(result(run, job, local).describe(new Repetition()));
                }
                stage.onRunningMount(Map.of(), daemon -> {
                    for (FioJob job : jobs) {
                        run.settle();
                        all.of("mount", job, "cold").add(observed(run, daemon, job));
                        if (!job.writes()) {
                            readAll(daemon.root().resolve(job.name()), job, run);
                            all.of("mount", job, "warm").add(observed(run, daemon, job));
                        }
                    }
                });
            }
        }
        all.addTo(run);
    }

    /** What the job reads is here afterwards, also what its time was too short for. */
    private static void readAll(Path directory, FioJob job, Run run) throws IOException {
        for (String name : job.reads()) {
            SequentialReader.read(
                    directory.resolve(name), BLOCK_BYTES, run.plan().seconds());
        }
    }

    private static Repetition observed(Run run, Daemon daemon, FioJob job) throws IOException, InterruptedException {
        Observation observation = Observation.begin(daemon);
        FioResult result = result(run, job, daemon.root().resolve(job.name()));
        Repetition repetition = result.describe(new Repetition());
        return job.writes()
                ? observation.cost(repetition)
                : observation.amplification(new Load(result.bytes(), new long[0], 1), repetition);
    }

    private static FioResult result(Run run, FioJob job, Path directory) throws IOException, InterruptedException {
        return job.run(
                directory,
                Math.min(MAX_SECONDS, run.plan().seconds()),
                largeBytes(run),
                run.plan().fileBytes());
    }

    private static long largeBytes(Run run) {
        return run.plan().fileBytes() / LARGE_DIVISOR;
    }

    /** One for each subject, job and state of the cache, in the order of their first use. */
    private static final class Measurements {
        private final Map<String, Measurement> byKey = new LinkedHashMap<>();

        Measurement of(String subject, FioJob job, String cache) {
            return byKey.computeIfAbsent(
                    subject + job.name() + cache,
                    key -> Measurement.of(
                            subject, "job", job.name(), "rtt_ms", Plan.millis(ROUND_TRIP), "cache", cache));
        }

        void addTo(Run run) {
            byKey.values().forEach(run::add);
        }
    }
}
