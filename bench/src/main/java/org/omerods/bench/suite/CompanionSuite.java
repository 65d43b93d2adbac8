package org.omerods.bench.suite;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import org.omerods.bench.machine.ProcessUsage;
import org.omerods.bench.result.Measurement;
import org.omerods.bench.result.Repetition;
import org.omerods.bench.stage.Folders;
import org.omerods.omero.sync.BackfillTrial;
import org.omerods.storage.StorageException;

/**
 * The companion before an OMERO database with many images: its first start against a writer of one triple after the other,
 * comparing again, and idling. Database, companion and zone share the machine; the companion and the zone share a process.
 */
final class CompanionSuite implements Suite {
    private static final String[] ROUND_TRIPS = {"0", "10"};
    private static final double MIB = 1 << 20;
    private static final int IDLE_PASSES = 20;

    /** Of the one round that shows what grows with the number of images. */
    private static final int MANY = 100_000;

    private static final int MANY_QUICKLY = 1_000;

    @Override
    public String description() {
        return "the companion's first start, against one triple at a time; comparing an unchanged server again; idling";
    }

    @Override
    public void run(Run run) throws IOException, InterruptedException {
        run.note("each reply of the zone waits for the round-trip time; its bandwidth is that of loopback");
        try {
            for (Duration roundTrip : run.plan().roundTrips(ROUND_TRIPS)) {
                firstStart(run, roundTrip);
            }
            many(run, run.plan().quick() ? MANY_QUICKLY : MANY);
        } catch (SQLException e) {
            throw new IOException("the database of the suite failed: " + e.getMessage(), e);
        } catch (StorageException e) {
            throw new IOException("the zone of the suite failed: " + e.getMessage(), e);
        }
    }

    /** A new zone each time, since a first start is possible once. */
    private static void firstStart(Run run, Duration roundTrip)
            throws IOException, InterruptedException, SQLException, StorageException {
        String rtt = Plan.millis(roundTrip);
        int images = roundTrip.isZero() ? 10_000 : 2_000;
        int plainImages = roundTrip.isZero() ? 200 : 30;
        if (run.plan().quick()) {
            images = 300;
            plainImages = 5;
        }
        Measurement companion =
                Measurement.of("companion", "rtt_ms", rtt, "what", "first start", "images", Integer.toString(images));
        Measurement plain = Measurement.of("one triple at a time", "rtt_ms", rtt, "what", "first start");
        for (int i = 0; i < run.plan().repetitions(); i++) {
            var folder = run.newFolder("companion");
            try (BackfillTrial trial = BackfillTrial.open(folder, images, roundTrip)) {
                plain.add(new Repetition().put("images/s", trial.plainWriter(plainImages)));
                BackfillTrial.Pass pass = trial.backfill();
                require(pass.changed() == images, pass.changed() + " of " + images + " objects were changed");
                companion.add(described(pass, images));
            }
            Folders.delete(folder);
        }
        run.add(plain);
        run.add(companion);
    }

    private static void many(Run run, int images)
            throws IOException, InterruptedException, SQLException, StorageException {
        String count = Integer.toString(images);
        Measurement first = Measurement.of("companion", "rtt_ms", "0", "what", "first start, once", "images", count);
        Measurement again =
                Measurement.of("companion", "rtt_ms", "0", "what", "unchanged, compared again", "images", count);
        Measurement idle = Measurement.of("companion", "rtt_ms", "0", "what", "a look at nothing new", "images", count);
        try (BackfillTrial trial = BackfillTrial.open(run.newFolder("companion"), images, Duration.ZERO)) {
            BackfillTrial.Pass pass = trial.backfill();
            System.gc(); // what is left is what it holds
            Runtime runtime = Runtime.getRuntime();
            first.add(described(pass, images).put("heap MiB", (runtime.totalMemory() - runtime.freeMemory()) / MIB));
            for (int i = 0; i < run.plan().repetitions(); i++) {
                BackfillTrial.Pass compared = trial.compareDigests();
                require(compared.changed() == 0, compared.changed() + " unchanged objects were written to");
                again.add(described(compared, images));
                double before = ProcessUsage.of(ProcessHandle.current().pid()).cpuSeconds();
                double seconds = trial.idlePass(IDLE_PASSES);
                double cpu = ProcessUsage.of(ProcessHandle.current().pid()).cpuSeconds() - before;
                idle.add(new Repetition().put("seconds", seconds).put("cpu s", cpu / (IDLE_PASSES + 1)));
            }
        }
        run.add(first);
        run.add(again);
        run.add(idle);
    }

    private static Repetition described(BackfillTrial.Pass pass, int images) {
        return new Repetition()
                .put("images/s", pass.imagesPerSecond())
                .put("requests/op", (double) pass.requests() / images)
                .put("changed", pass.changed());
    }

    private static void require(boolean right, String otherwise) throws IOException {
        if (!right) {
            throw new IOException(otherwise);
        }
    }
}
