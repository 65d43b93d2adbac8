package org.omerods.bench.suite;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.omerods.bench.load.Load;
import org.omerods.bench.load.SequentialReader;
import org.omerods.bench.machine.PageCache;
import org.omerods.bench.peer.Bindfs;
import org.omerods.bench.peer.PythonClient;
import org.omerods.bench.peer.RawClient;
import org.omerods.bench.result.Measurement;
import org.omerods.bench.result.Repetition;
import org.omerods.bench.stage.Daemon;

/** One reader from the start of a large file to its end, at each round-trip time; peers in the same rounds. */
final class SequentialSuite implements Suite {
    private static final int BLOCK_BYTES = 1 << 20;
    /** What a friend of the peer would choose: larger than its own default. */
    private static final int PLAIN_BLOCK_BYTES = 4 << 20;

    private static final int RAW_BLOCK_BYTES = 4 << 20;
    /** Two blocks in flight fill one TCP connection; four also while one is being handed out. */
    private static final int RAW_DEPTH = 2;

    private static final int[] RAW_CONNECTIONS = {1, 4, 8};
    /** One connection at 30 ms needs longer for a whole file, and its rate is known by then. */
    private static final double RAW_SECONDS = 4;

    /** Peers that need the time of many round trips are cut off; their rate is what is told. */
    private static final double SLOW_PEER_SECONDS = 2;

    @Override
    public String description() {
        return "one sequential reader of a large file, cold and warm, against local, bindfs, raw and plain iRODS clients";
    }

    @Override
    public void run(Run run) throws IOException, InterruptedException {
        local(run);
        for (Duration roundTrip : run.plan().roundTrips()) {
            try (Stage stage = Stage.open(run, roundTrip)) {
                remote(run, stage, roundTrip);
            }
        }
    }

    /** What needs no server: the file itself, and FUSE in C over it. */
    private static void local(Run run) throws IOException, InterruptedException {
        Path file = run.largeFile();
        run.touchMemory();
        Measurement measurement = Measurement.of("local file", "rtt_ms", "0", "cache", "warm");
        for (int i = 0; i <= run.plan().repetitions(); i++) {
            Load load = SequentialReader.read(file, BLOCK_BYTES, run.plan().seconds());
            if (i > 0) {
                measurement.add(load.describe(new Repetition()));
            }
        }
        run.add(measurement);
        if (!Bindfs.isInstalled()) {
            run.note("bindfs is not installed: no FUSE peer");
            return;
        }
        try (Bindfs bindfs = Bindfs.mount(run.scratch(), run.newFolder("bindfs"))) {
            Path same = bindfs.root().resolve(file.getFileName());
            Measurement dropped = Measurement.of("bindfs", "rtt_ms", "0", "cache", "block file");
            Measurement warm = Measurement.of("bindfs", "rtt_ms", "0", "cache", "page cache");
            for (int i = 0; i < run.plan().repetitions(); i++) {
                PageCache.drop(same);
                dropped.add(SequentialReader.read(same, BLOCK_BYTES, run.plan().seconds())
                        .describe(new Repetition()));
                warm.add(SequentialReader.read(same, BLOCK_BYTES, run.plan().seconds())
                        .describe(new Repetition()));
            }
            run.add(dropped);
            run.add(warm);
        }
    }

    private static void remote(Run run, Stage stage, Duration roundTrip) throws IOException, InterruptedException {
        String rtt = Plan.millis(roundTrip);
        stage.zone().register("large", run.largeFile());
        boolean python = roundTrip.isZero() || rtt.equals("10");

        List<Subject> subjects = new ArrayList<>();
        subjects.add(new MountSubject("mount", rtt, Map.of()));
        if (rtt.equals("10")) {
            subjects.add(new MountSubject("mount, prefetch off", rtt, Map.of("prefetch.enabled", "false")));
        }
        if (roundTrip.isZero()) {
            subjects.add(new MountSubject("mount, jnr driver", rtt, Map.of("mount.driver", "jnr")));
        }
        for (int connections : RAW_CONNECTIONS) {
            subjects.add(new RawSubject(connections, rtt));
        }
        subjects.add(new PlainSubject(rtt));
        if (python && PythonClient.isInstalled()) {
            subjects.add(new PythonSubject(rtt));
        } else if (python) {
            run.note("python-irodsclient is not installed");
        }
        for (int i = 0; i < run.plan().repetitions(); i++) {
            for (Subject subject : subjects) {
                subject.measure(run, stage);
            }
        }
        subjects.forEach(subject -> subject.measurements().forEach(run::add));
    }

    /** One of those who are measured in each round. */
    private interface Subject {
        void measure(Run run, Stage stage) throws IOException, InterruptedException;

        List<Measurement> measurements();
    }

    /** A fresh mount: first read, read again when it is complete, read again without the kernel's pages. */
    private static final class MountSubject implements Subject {
        private final Measurement cold;
        private final Measurement pages;
        private final Measurement blocks;
        private final Map<String, String> settings;

        MountSubject(String name, String rtt, Map<String, String> settings) {
            this.cold = Measurement.of(name, "rtt_ms", rtt, "cache", "cold");
            this.pages = Measurement.of(name, "rtt_ms", rtt, "cache", "page cache");
            this.blocks = Measurement.of(name, "rtt_ms", rtt, "cache", "block file");
            this.settings = settings;
        }

        @Override
        public void measure(Run run, Stage stage) throws IOException, InterruptedException {
            stage.onRunningMount(settings, daemon -> {
                Path file = daemon.root().resolve("large");
                cold.add(read(run, daemon, file));
                // as of the local file, whose first reading does not count either
                SequentialReader.read(file, BLOCK_BYTES, run.plan().seconds());
                pages.add(read(run, daemon, file));
                PageCache.drop(file);
                blocks.add(read(run, daemon, file));
            });
        }

        private static Repetition read(Run run, Daemon daemon, Path file) throws IOException {
            Observation observation = Observation.begin(daemon);
            Load load = SequentialReader.read(file, BLOCK_BYTES, run.plan().seconds());
            return observation.end(load, new Repetition());
        }

        @Override
        public List<Measurement> measurements() {
            return List.of(cold, pages, blocks);
        }
    }

    /** Several connections, pipelined: the most that a client can get. */
    private static final class RawSubject implements Subject {
        private final int connections;
        private final Measurement measurement;

        RawSubject(int connections, String rtt) {
            this.connections = connections;
            this.measurement = Measurement.of(
                    "raw client, " + connections + (connections == 1 ? " connection" : " connections"),
                    "rtt_ms",
                    rtt,
                    "cache",
                    "cold");
        }

        @Override
        public void measure(Run run, Stage stage) throws IOException, InterruptedException {
            try (RawClient client =
                    RawClient.open(stage.zone(), "large", run.plan().fileBytes(), connections)) {
                measurement.add(client.sequential(
                                RAW_BLOCK_BYTES,
                                RAW_DEPTH,
                                Math.min(RAW_SECONDS, run.plan().seconds()))
                        .describe(new Repetition()));
            }
        }

        @Override
        public List<Measurement> measurements() {
            return List.of(measurement);
        }
    }

    /** lseek, wait, read, wait. */
    private static final class PlainSubject implements Subject {
        private final Measurement measurement;

        PlainSubject(String rtt) {
            this.measurement = Measurement.of("plain iRODS stream", "rtt_ms", rtt, "cache", "cold");
        }

        @Override
        public void measure(Run run, Stage stage) throws IOException, InterruptedException {
            try (RawClient client =
                    RawClient.open(stage.zone(), "large", run.plan().fileBytes(), 1)) {
                measurement.add(client.plain(
                                PLAIN_BLOCK_BYTES,
                                Math.min(SLOW_PEER_SECONDS, run.plan().seconds()))
                        .describe(new Repetition()));
            }
        }

        @Override
        public List<Measurement> measurements() {
            return List.of(measurement);
        }
    }

    /** A script of a user. */
    private static final class PythonSubject implements Subject {
        private final Measurement measurement;

        PythonSubject(String rtt) {
            this.measurement = Measurement.of("python-irodsclient", "rtt_ms", rtt, "cache", "cold");
        }

        @Override
        public void measure(Run run, Stage stage) throws IOException, InterruptedException {
            measurement.add(PythonClient.read(
                            stage.zone(),
                            "large",
                            PLAIN_BLOCK_BYTES,
                            Math.min(SLOW_PEER_SECONDS, run.plan().seconds()))
                    .describe(new Repetition()));
        }

        @Override
        public List<Measurement> measurements() {
            return List.of(measurement);
        }
    }
}
