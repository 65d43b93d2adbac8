package org.omerods.bench.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.omerods.bench.machine.Shell;
import org.omerods.bench.result.Measurement;
import org.omerods.bench.result.Repetition;
import org.omerods.bench.stage.Daemon;
import org.omerods.bench.stage.Zone;

/** Listings of collections that the mount never saw, by the programs that people use. */
final class ListSuite implements Suite {
    private static final String[] ROUND_TRIPS = {"0", "1", "10"};
    private static final int COLLECTIONS = 10;
    private static final int OBJECTS = 10_000;
    private static final int QUICK_OBJECTS = 100;

    @Override
    public String description() {
        return "`ls -lR` of 10 collections with 10,000 objects each, `ls -l` and `ls -f` of one of them, cold";
    }

    @Override
    public void run(Run run) throws IOException, InterruptedException {
        int objects = run.plan().quick() ? QUICK_OBJECTS : OBJECTS;
        local(run, objects);
        for (Duration roundTrip : run.plan().roundTrips(ROUND_TRIPS)) {
            try (Stage stage = Stage.open(run, roundTrip)) {
                for (int i = 0; i < COLLECTIONS; i++) {
                    stage.zone().fill("tree/c" + i, objects, 1);
                }
                stage.zone().fill("one", objects, 1);
                stage.zone().fill("other", objects, 1);
                remote(run, stage, Plan.millis(roundTrip), objects);
            }
        }
    }

    private static String all(int objects) {
        return String.format("ls -lR %,d", objects * COLLECTIONS);
    }

    private static void remote(Run run, Stage stage, String rtt, int objects) throws IOException, InterruptedException {
        Measurement recursive = Measurement.of("mount", "rtt_ms", rtt, "what", all(objects));
        Measurement longList = Measurement.of("mount", "rtt_ms", rtt, "what", String.format("ls -l %,d", objects));
        Measurement names = Measurement.of("mount", "rtt_ms", rtt, "what", String.format("ls -f %,d", objects));
        for (int i = 0; i < run.plan().repetitions(); i++) {
            stage.onFreshMount(Map.of(), daemon -> {
                recursive.add(timed(daemon, "-lR", "tree", objects * COLLECTIONS));
                longList.add(timed(daemon, "-l", "one", objects));
                names.add(timed(daemon, "-f", "other", objects));
            });
        }
        run.add(recursive);
        run.add(longList);
        run.add(names);
    }

    private static Repetition timed(Daemon daemon, String flags, String folder, int entries)
            throws IOException, InterruptedException {
        Observation observation = Observation.begin(daemon);
        double seconds =
                Shell.seconds(List.of("ls", flags, daemon.root().resolve(folder).toString()));
        Repetition repetition = observation.cost(new Repetition().put("seconds", seconds));
        return repetition.put("entries/s", entries / seconds);
    }

    private static void local(Run run, int objects) throws IOException, InterruptedException {
        Path tree = run.newFolder("tree");
        for (int i = 0; i < COLLECTIONS; i++) {
            Path folder = tree.resolve("c" + i);
            Files.createDirectories(folder);
            for (int j = 0; j < objects; j++) {
                Files.createFile(folder.resolve(Zone.nameOf(j)));
            }
        }
        Measurement measurement = Measurement.of("local directory", "rtt_ms", "0", "what", all(objects));
        for (int i = 0; i < run.plan().repetitions(); i++) {
            double seconds = Shell.seconds(List.of("ls", "-lR", tree.toString()));
            measurement.add(new Repetition().put("seconds", seconds).put("entries/s", objects * COLLECTIONS / seconds));
        }
        run.add(measurement);
    }
}
