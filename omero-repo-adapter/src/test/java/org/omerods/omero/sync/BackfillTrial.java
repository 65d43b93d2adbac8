package org.omerods.omero.sync;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.omerods.omero.avu.Mirror;
import org.omerods.omero.avu.MirrorResult;
import org.omerods.omero.avu.Reconciliation;
import org.omerods.omero.database.OmeroDatabase;
import org.omerods.omero.mapping.Mapper;
import org.omerods.omero.model.ManagedFiles;
import org.omerods.omero.testing.SyntheticServer;
import org.omerods.storage.Avu;
import org.omerods.storage.AvuStore.Operation;
import org.omerods.storage.StorageException;
import org.omerods.storage.StoragePath;
import org.omerods.storage.irods.IrodsStorage;
import org.omerods.storage.testing.ZoneLogin;
import org.omerods.zone.EmbeddedZone;
import org.omerods.zone.ZoneOptions;

/**
 * A companion before a server with many images and a zone without a triple, for those who measure: its first start, a
 * plain writer on the same zone, what it costs to compare again. Each reply of the zone waits for a delay. Not thread-safe.
 */
public final class BackfillTrial implements AutoCloseable {
    private static final int FIRST = 1_000_000;

    private final SyntheticServer server;
    private final EmbeddedZone zone;
    private final IrodsStorage storage;
    private final int images;

    private BackfillTrial(SyntheticServer server, EmbeddedZone zone, IrodsStorage storage, int images) {
        this.server = server;
        this.zone = zone;
        this.storage = storage;
        this.images = images;
    }

    /**
     * Starts a database and a zone with objects.
     *
     * @param directory of the zone, empty
     * @param delay of each reply of the zone
     */
    public static BackfillTrial open(Path directory, int images, Duration delay) throws IOException, SQLException {
        SyntheticServer server = SyntheticServer.start();
        EmbeddedZone zone = EmbeddedZone.start(ZoneOptions.inDirectory(directory));
        ManyImages.create(server, zone, images);
        zone.faults().delayReplies(delay);
        IrodsStorage storage = IrodsStorage.connect(ZoneLogin.of(zone).build());
        return new BackfillTrial(server, zone, storage, images);
    }

    /**
     * As many triples as the companion puts on an object, each in a request for itself, as an iRODS client's "add metadata" makes it.
     *
     * @return images per second
     */
    public double plainWriter(int count) throws StorageException {
        long begun = System.nanoTime();
        for (int number = FIRST; number < FIRST + count; number++) {
            StoragePath path = StoragePath.of("/tempZone/home/rods/c" + number / 100 + "/s" + number + ".ndpi");
            for (int k = 0; k < ManyImages.TRIPLES; k++) {
                Avu avu = new Avu("plain::" + k, "value " + number, "");
                storage.avus().applyAll(Map.of(path, List.of(new Operation.Add(avu))));
            }
        }
        return count / seconds(begun);
    }

    /**
     * What a companion did with all images.
     *
     * @param requests of it to the zone
     * @param changed objects
     */
    public record Pass(double imagesPerSecond, long requests, long changed) {}

    /** The first start. */
    public Pass backfill() throws SQLException, StorageException {
        try (Rig rig = rig()) {
            long requests = requests();
            long begun = System.nanoTime();
            rig.pass();
            return new Pass(images / seconds(begun), requests() - requests, rig.status.count("mirror.objects-changed"));
        }
    }

    /** Compares the digest of each object with the database, as the daily comparison does. */
    public Pass compareDigests() throws SQLException, StorageException {
        long[] changed = new long[1];
        try (OmeroDatabase database = server.database().openAsReader()) {
            Mapper mapper = new Mapper(server.identity(), Rig.policy());
            ManagedFiles files = new ManagedFiles(
                    Optional.empty(), List.of(new ManagedFiles.Mount("/irods/tempZone", StoragePath.of("/tempZone"))));
            Mirror mirror = new Mirror(database, mapper, files, storage.avus());
            Reconciliation reconciliation = new Reconciliation(database, mirror, storage.avus(), StoragePath.ROOT);
            long requests = requests();
            long begun = System.nanoTime();
            Reconciliation.Outcome outcome =
                    reconciliation.run(id -> true, Reconciliation.Depth.DIGESTS, new Reconciliation.Listener() {
                        @Override
                        public void read(long filesets) {
                            // only the end counts here
                        }

                        @Override
                        public void changed(MirrorResult result, long done, long all) {
                            changed[0]++;
                        }
                    });
            return new Pass(outcome.objects() / seconds(begun), requests() - requests, changed[0]);
        }
    }

    /** Passes in which nothing is new, after one that is not counted. Returns seconds of one. */
    public double idlePass(int passes) throws SQLException, StorageException {
        try (Rig rig = rig()) {
            rig.pass();
            long begun = System.nanoTime();
            for (int i = 0; i < passes; i++) {
                rig.pass();
            }
            return seconds(begun) / passes;
        }
    }

    private Rig rig() {
        return new Rig(server.database(), storage.avus(), Rig.policy(), Optional.empty());
    }

    private long requests() {
        return storage.counters().requests().values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private static double seconds(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }

    @Override
    public void close() throws SQLException {
        storage.close();
        zone.close();
        server.close();
    }
}
