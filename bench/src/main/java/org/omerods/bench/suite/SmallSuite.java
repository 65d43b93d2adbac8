package org.omerods.bench.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.omerods.bench.load.Load;
import org.omerods.bench.load.WholeFiles;
import org.omerods.bench.load.WholeFiles.Order;
import org.omerods.bench.peer.Bindfs;
import org.omerods.bench.peer.PlainObjects;
import org.omerods.bench.result.Measurement;
import org.omerods.bench.result.Repetition;
import org.omerods.bench.stage.Daemon;
import org.omerods.bench.stage.Zone;

/** Small files of a listed directory, read whole one after the other: each is a round trip or two, and hardly any bytes. */
final class SmallSuite implements Suite {
    private static final String[] ROUND_TRIPS = {"0", "1", "10"};
    private static final int OBJECTS = 1000;
    private static final int QUICK_OBJECTS = 50;
    private static final int OBJECT_BYTES = 4096;

    /** Of the subjects that take a round trip for each file. */
    private static final double MAX_SECONDS = 3;

    /** The server's descriptors of what was read before are closed in the background, and belong to that. */
    private static final long SETTLING_MILLIS = 1000;

    private static final Map<String, String> ALONE = Map.of("prefetch.sibling-size", "0");

    @Override
    public String description() {
        return "files of 4 KiB read whole one after the other, listed or shuffled, cold and warm, against plain clients";
    }

    @Override
    public void run(Run run) throws IOException, InterruptedException {
        int objects = run.plan().quick() ? QUICK_OBJECTS : OBJECTS;
        local(run, objects);
        for (Duration roundTrip : run.plan().roundTrips(ROUND_TRIPS)) {
            try (Stage stage = Stage.open(run, roundTrip)) {
                remote(run, stage, objects, new Measurements(Plan.millis(roundTrip)));
            }
        }
    }

    private static void local(Run run, int objects) throws IOException, InterruptedException {
        Path folder = run.newFolder("small");
        Files.createDirectories(folder);
        for (int i = 0; i < objects; i++) {
            Files.write(folder.resolve(Zone.nameOf(i)), new byte[OBJECT_BYTES]);
        }
        Measurements all = new Measurements("0");
        repeat(run, folder, all.of("local files", "warm"));
        if (Bindfs.isInstalled()) {
            try (Bindfs bindfs = Bindfs.mount(folder, run.newFolder("bindfs"))) {
                repeat(run, bindfs.root(), all.of("bindfs", "warm"));
            }
        }
        all.addTo(run);
    }

    private static void repeat(Run run, Path folder, Measurement into) throws IOException, InterruptedException {
        for (int i = 0; i < run.plan().repetitions(); i++) {
            into.add(WholeFiles.read(folder, Order.LISTED, MAX_SECONDS, i).describe(new Repetition()));
        }
    }

    private static void remote(Run run, Stage stage, int objects, Measurements all)
            throws IOException, InterruptedException {
        int repetitions = run.plan().repetitions();
        stage.zone().fill("warm-up-small", objects, OBJECT_BYTES);
        for (int i = 0; i < repetitions; i++) {
            stage.zone().fill("listed-" + i, objects, OBJECT_BYTES);
            stage.zone().fill("shuffled-" + i, objects, OBJECT_BYTES);
        }
        try (PlainObjects plain = PlainObjects.open(stage.zone(), "listed-0/" + Zone.nameOf(0))) {
            stage.onRunningMount(
                    Map.of(),
                    ahead -> stage.onRunningMount(ALONE, alone -> {
                        warmUp(run, ahead, plain, objects);
                        warmUp(run, alone, plain, objects);
                        for (int i = 0; i < repetitions; i++) {
                            String listed = "listed-" + i;
                            cold(run, all.of("mount", "cold"), ahead, listed, Order.LISTED);
                            cold(run, all.of("mount, siblings off", "cold"), alone, listed, Order.LISTED);
                            cold(run, all.of("mount, shuffled", "cold"), ahead, "shuffled-" + i, Order.SHUFFLED);
                            all.of("plain client", "cold")
                                    .add(plain.read(names(listed, objects), MAX_SECONDS)
                                            .describe(new Repetition()));
                            // What the time was too short for comes now, so that all of it is warm.
                            Load _ = read(ahead, listed, Order.LISTED, Double.POSITIVE_INFINITY);
                            all.of("mount", "warm").add(observed(ahead, listed, Order.LISTED));
                        }
                    }));
        }
        all.addTo(run);
    }

    private static void warmUp(Run run, Daemon daemon, PlainObjects plain, int objects)
            throws IOException, InterruptedException {
        Load mount = read(daemon, "warm-up-small", Order.LISTED, MAX_SECONDS);
        Load client = plain.read(names("warm-up-small", objects), MAX_SECONDS);
        run.say(mount.nanos().length + " and " + client.nanos().length + " files read to warm up");
    }

    private static List<String> names(String folder, int objects) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < objects; i++) {
            names.add(folder + "/" + Zone.nameOf(i));
        }
        return names;
    }

    private static void cold(Run run, Measurement into, Daemon daemon, String folder, Order order)
            throws IOException, InterruptedException {
        into.add(observed(daemon, folder, order));
        Thread.sleep(run.plan().quick() ? 0 : SETTLING_MILLIS);
    }

    private static Repetition observed(Daemon daemon, String folder, Order order)
            throws IOException, InterruptedException {
        Observation observation = Observation.begin(daemon);
        return observation.end(read(daemon, folder, order, MAX_SECONDS), new Repetition());
    }

    private static Load read(Daemon daemon, String folder, Order order, double maxSeconds)
            throws IOException, InterruptedException {
        return WholeFiles.read(daemon.root().resolve(folder), order, maxSeconds, folder.hashCode());
    }

    /** Of one round-trip time, by subject and state of the cache. */
    private static final class Measurements {
        private final String rtt;
        private final Map<String, Measurement> all = new LinkedHashMap<>();

        Measurements(String rtt) {
            this.rtt = rtt;
        }

        Measurement of(String subject, String cache) {
            return all.computeIfAbsent(subject + cache, _ -> Measurement.of(subject, "rtt_ms", rtt, "cache", cache));
        }

        void addTo(Run run) {
            all.values().forEach(run::add);
        }
    }
}
