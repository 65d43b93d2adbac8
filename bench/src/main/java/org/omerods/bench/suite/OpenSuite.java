package org.omerods.bench.suite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.omerods.bench.load.Load;
import org.omerods.bench.result.Measurement;
import org.omerods.bench.result.Repetition;
import org.omerods.bench.stage.Daemon;
import org.omerods.bench.stage.Zone;

/** Open and the first byte of objects that the mount never saw, and of the same ones again. */
final class OpenSuite implements Suite {
    private static final String[] ROUND_TRIPS = {"0", "1", "10"};
    private static final int OBJECTS = 60;
    private static final int OBJECT_BYTES = 4096;
    /** The server's descriptors of what was read before are closed in the background, and belong to that. */
    private static final long SETTLING_MILLIS = 1000;

    @Override
    public String description() {
        return "open, read one byte, close: objects never seen, then the same ones again";
    }

    @Override
    public void run(Run run) throws IOException, InterruptedException {
        for (Duration roundTrip : run.plan().roundTrips(ROUND_TRIPS)) {
            String rtt = Plan.millis(roundTrip);
            Measurement cold = Measurement.of("mount", "rtt_ms", rtt, "cache", "cold");
            Measurement warm = Measurement.of("mount", "rtt_ms", rtt, "cache", "warm");
            try (Stage stage = Stage.open(run, roundTrip)) {
                stage.zone().fill("warm-up", OBJECTS, OBJECT_BYTES);
                for (int i = 0; i < run.plan().repetitions(); i++) {
                    stage.zone().fill("small-" + i, OBJECTS, OBJECT_BYTES);
                }
                stage.onFreshMount(Map.of(), daemon -> {
                    Load ignored = openAll(daemon.root().resolve("warm-up"));
                    run.say(ignored.nanos().length + " objects opened to warm up");
                    for (int i = 0; i < run.plan().repetitions(); i++) {
                        Path folder = daemon.root().resolve("small-" + i);
                        cold.add(observed(daemon, folder));
                        Thread.sleep(SETTLING_MILLIS);
                        warm.add(observed(daemon, folder));
                    }
                });
                run.add(cold);
                run.add(warm);
            }
        }
    }

    private static Repetition observed(Daemon daemon, Path folder) throws IOException {
        Observation observation = Observation.begin(daemon);
        return observation.end(openAll(folder), new Repetition());
    }

    private static Load openAll(Path folder) throws IOException {
        ByteBuffer one = ByteBuffer.allocateDirect(1);
        long[] nanos = new long[OBJECTS];
        long start = System.nanoTime();
        for (int i = 0; i < OBJECTS; i++) {
            long before = System.nanoTime();
            try (FileChannel channel = FileChannel.open(folder.resolve(Zone.nameOf(i)))) {
                if (channel.read(one.clear()) != 1) {
                    throw new IOException("no first byte in " + folder);
                }
            }
            nanos[i] = System.nanoTime() - before;
        }
        return new Load(OBJECTS, nanos, (System.nanoTime() - start) / 1e9);
    }
}
