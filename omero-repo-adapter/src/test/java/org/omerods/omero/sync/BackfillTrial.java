package org.omerods.omero.sync;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.omerods.omero.avu.Mirror;
import org.omerods.omero.avu.MirrorResult;
import org.omerods.omero.avu.Reconciliation;
import org.omerods.omero.database.DatabaseConfig;
import org.omerods.omero.database.OmeroDatabase;
import org.omerods.omero.mapping.Mapper;
import org.omerods.omero.model.FilesetReader;
import org.omerods.omero.model.ManagedFiles;
import org.omerods.omero.model.ServerIdentity;
import org.omerods.omero.testing.SyntheticServer;
import org.omerods.omero.testing.TestPostgres;
import org.omerods.storage.Avu;
import org.omerods.storage.AvuStore.Operation;
import org.omerods.storage.StoragePath;
import org.omerods.storage.irods.IrodsConfig;
import org.omerods.storage.irods.IrodsStorage;
import org.omerods.storage.irods.session.Secret;
import org.omerods.zone.EmbeddedZone;
import org.omerods.zone.ZoneOptions;

/**
 * Measures the first start on a server with many images against a plain writer that sends one triple after the other, in
 * the same run on the same zone: {@code BackfillTrial IMAGES PLAIN_IMAGES DELAY_MILLISECONDS}. Each reply of the zone waits
 * for the delay. Prints a line for each figure.
 */
final class BackfillTrial {
    private BackfillTrial() {}

    public static void main(String[] arguments) throws Exception {
        int images = Integer.parseInt(arguments[0]);
        int plainImages = Integer.parseInt(arguments[1]);
        Duration delay = Duration.ofMillis(Long.parseLong(arguments[2]));
        Path directory = Files.createTempDirectory("backfill");
        try (SyntheticServer server = SyntheticServer.start();
                EmbeddedZone zone = EmbeddedZone.start(ZoneOptions.inDirectory(directory));
                IrodsStorage storage = connect(zone)) {
            ManyImages.create(server, zone, images);
            zone.faults().delayReplies(delay);
            double plain = plainWriter(storage, plainImages);
            double mirrored = pass(server, storage, images, "back-fill");
            pass(server, storage, images, "compared again");
            for (int i = 0; i < 3; i++) {
                compareDigests(server, storage, images);
            }
            for (int i = 0; i < 2; i++) {
                readAll(server, images);
            }
            long begun = System.nanoTime();
            long[] triples = new long[1];
            storage.avus().scan(StoragePath.ROOT, "omero::", (path, avu) -> triples[0]++);
            tell("looked through, triples/s", triples[0] / seconds(begun));
            tell("back-fill is faster than the plain writer by", mirrored / plain);
        } finally {
            try (Stream<Path> files = Files.walk(directory)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        }
        System.exit(0);
    }

    /** Nine triples on each object, each a call for itself, as a simple script would. */
    private static double plainWriter(IrodsStorage storage, int images) throws Exception {
        long begun = System.nanoTime();
        for (int i = 0; i < images; i++) {
            int number = 1_000_000 + i;
            StoragePath path = StoragePath.of("/tempZone/home/rods/c" + number / 100 + "/s" + number + ".ndpi");
            for (int k = 0; k < ManyImages.TRIPLES; k++) {
                Avu avu = new Avu("plain::" + k, "value " + number, "");
                // One request for each, as an iRODS client's "add metadata" makes it.
                storage.avus().applyAll(Map.of(path, List.of(new Operation.Add(avu))));
            }
        }
        double rate = images / seconds(begun);
        tell("plain writer, images/s", rate);
        return rate;
    }

    private static double pass(SyntheticServer server, IrodsStorage storage, int images, String what) throws Exception {
        try (Rig rig = new Rig(server.database(), storage.avus(), Rig.policy(), Optional.empty())) {
            if (what.startsWith("compared")) {
                rig.tasks().requestReconciliation();
            }
            long requests = requests(storage);
            System.gc();
            long begun = System.nanoTime();
            rig.pass();
            double rate = images / seconds(begun);
            tell(what + ", images/s", rate);
            tell(what + ", requests per image", (double) (requests(storage) - requests) / images);
            tell(what + ", objects changed", (double) rig.status.count("mirror.objects-changed"));
            Runtime runtime = Runtime.getRuntime();
            tell(what + ", heap after it, MiB", (runtime.totalMemory() - runtime.freeMemory()) / 1048576.0);
            return rate;
        }
    }

    private static void compareDigests(SyntheticServer server, IrodsStorage storage, int images) throws Exception {
        DatabaseConfig login =
                DatabaseConfig.of(server.database().url(), TestPostgres.READER, TestPostgres.READER_PASSWORD);
        try (OmeroDatabase database = OmeroDatabase.open(login)) {
            Mapper mapper = new Mapper(
                    new ServerIdentity(database.read(FilesetReader::databaseUuid), ServerIdentity.DEFAULT_AUTHORITY),
                    Rig.policy());
            ManagedFiles files = new ManagedFiles(
                    Optional.empty(), List.of(new ManagedFiles.Mount("/irods/tempZone", StoragePath.of("/tempZone"))));
            Mirror mirror = new Mirror(database, mapper, files, storage.avus());
            Reconciliation reconciliation = new Reconciliation(database, mirror, storage.avus(), StoragePath.ROOT);
            long requests = requests(storage);
            long begun = System.nanoTime();
            Reconciliation.Outcome outcome =
                    reconciliation.run(id -> true, Reconciliation.Depth.DIGESTS, new Reconciliation.Listener() {
                        @Override
                        public void read(long filesets) {
                            // only the end counts here
                        }

                        @Override
                        public void changed(MirrorResult result, long done, long all) {
                            throw new IllegalStateException("an unchanged object was changed");
                        }
                    });
            tell("compared by digests, objects/s", outcome.objects() / seconds(begun));
            tell("compared by digests, requests per image", (double) (requests(storage) - requests) / images);
        }
    }

    private static void readAll(SyntheticServer server, int images) throws Exception {
        DatabaseConfig login =
                DatabaseConfig.of(server.database().url(), TestPostgres.READER, TestPostgres.READER_PASSWORD);
        try (OmeroDatabase database = OmeroDatabase.open(login)) {
            long begun = System.nanoTime();
            for (int i = 0; i < images; i += Mirror.BATCH) {
                long first = 1_000_000L + i;
                List<Long> ids =
                        LongStream.range(first, first + Mirror.BATCH).boxed().toList();
                database.read(connection -> FilesetReader.read(connection, ids));
            }
            tell("read from the database, filesets/s", images / seconds(begun));
        }
    }

    private static long requests(IrodsStorage storage) {
        return storage.counters().requests().values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private static double seconds(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }

    private static void tell(String what, double value) {
        System.out.printf(Locale.ROOT, "%s: %.2f%n", what, value);
    }

    private static IrodsStorage connect(EmbeddedZone zone) {
        return IrodsStorage.connect(IrodsConfig.builder()
                .host(zone.host())
                .port(zone.port())
                .zone(zone.zoneName())
                .user("rods")
                .password(Secret.of("rods"))
                .build());
    }
}
