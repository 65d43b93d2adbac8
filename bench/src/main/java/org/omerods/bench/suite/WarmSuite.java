package org.omerods.bench.suite;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.omerods.bench.load.FileReader;
import org.omerods.bench.load.Load;
import org.omerods.bench.load.RandomReaders;
import org.omerods.bench.load.SequentialReader;
import org.omerods.bench.machine.PageCache;
import org.omerods.bench.peer.Bindfs;
import org.omerods.bench.result.Measurement;
import org.omerods.bench.result.Repetition;
import org.omerods.bench.stage.Daemon;

/** What is wholly in the cache, its pages of the mount dropped: what the daemon itself costs, beside a FUSE peer in C. */
final class WarmSuite implements Suite {
    private static final String NAME = "large";
    private static final int SEQUENTIAL_BYTES = 1 << 20;
    private static final int[] RANDOM_BYTES = {64 << 10, 4 << 10};
    private static final int[] READERS = {1, 4};
    private static final int MAX_READS = 8_000;
    private static final double MAX_SECONDS = 1;

    @Override
    public String description() {
        return "a file that is wholly in the cache, pages dropped, with and without pass-through, against bindfs and local";
    }

    @Override
    public void run(Run run) throws IOException, InterruptedException {
        List<Subject> subjects = new ArrayList<>();
        subjects.add(new Subject("local file", run.largeFile()));
        try (Stage stage = Stage.open(run, Duration.ZERO)) {
            stage.zone().register(NAME, run.largeFile());
            stage.onRunningMount(Map.of(), passing -> {
                fill(passing);
                subjects.add(new Subject("mount", passing.root().resolve(NAME)));
                stage.onRunningMount(Map.of("mount.pass-through", "false"), serving -> {
                    fill(serving);
                    subjects.add(new Subject(
                            "mount, pass-through off", serving.root().resolve(NAME)));
                    withPeer(run, subjects);
                });
            });
        }
    }

    private static void fill(Daemon daemon) throws IOException {
        SequentialReader.read(daemon.root().resolve(NAME), SEQUENTIAL_BYTES, Double.POSITIVE_INFINITY);
    }

    private static void withPeer(Run run, List<Subject> subjects) throws IOException, InterruptedException {
        if (!Bindfs.isInstalled()) {
            run.note("bindfs is not installed: no FUSE peer");
            measure(run, subjects);
            return;
        }
        try (Bindfs bindfs = Bindfs.mount(run.scratch(), run.newFolder("bindfs"))) {
            subjects.add(
                    new Subject("bindfs", bindfs.root().resolve(run.largeFile().getFileName())));
            measure(run, subjects);
        }
    }

    private static void measure(Run run, List<Subject> subjects) throws IOException, InterruptedException {
        run.touchMemory();
        Measurements sequential = new Measurements(subjects, "1 MiB sequential", 1);
        for (int i = 0; i < run.plan().repetitions(); i++) {
            for (Subject subject : subjects) {
                subject.drop();
                sequential.add(
                        subject,
                        SequentialReader.read(
                                subject.file(), SEQUENTIAL_BYTES, run.plan().seconds()));
            }
        }
        sequential.addTo(run);
        for (int bytes : RANDOM_BYTES) {
            for (int readers : READERS) {
                Measurements random = new Measurements(subjects, bytes / 1024 + " KiB at random", readers);
                for (int i = 0; i < run.plan().repetitions(); i++) {
                    RandomReaders.Task task = new RandomReaders.Task(
                            run.plan().fileBytes(),
                            bytes,
                            readers,
                            MAX_READS,
                            Math.min(MAX_SECONDS, run.plan().seconds()),
                            i);
                    for (Subject subject : subjects) {
                        subject.drop();
                        random.add(subject, RandomReaders.run(task, () -> FileReader.open(subject.file(), bytes)));
                    }
                }
                random.addTo(run);
            }
        }
    }

    private record Subject(String name, Path file) {
        /** Of the local file nothing is dropped: the disk is not what is measured, and it backs the peer. */
        void drop() throws IOException {
            if (!name.equals("local file")) {
                PageCache.drop(file);
            }
        }
    }

    /** Of one load, one for each subject. */
    private static final class Measurements {
        private final List<Subject> subjects;
        private final List<Measurement> all = new ArrayList<>();

        Measurements(List<Subject> subjects, String read, int readers) {
            this.subjects = subjects;
            for (Subject subject : subjects) {
                all.add(Measurement.of(
                        subject.name(), "rtt_ms", "0", "read", read, "readers", Integer.toString(readers)));
            }
        }

        void add(Subject subject, Load load) {
            all.get(subjects.indexOf(subject)).add(load.describe(new Repetition()));
        }

        void addTo(Run run) {
            all.forEach(run::add);
        }
    }
}
