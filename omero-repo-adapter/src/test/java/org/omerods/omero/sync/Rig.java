package org.omerods.omero.sync;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.omerods.omero.database.DatabaseConfig;
import org.omerods.omero.database.OmeroDatabase;
import org.omerods.omero.mapping.GroupPolicy;
import org.omerods.omero.mapping.MirrorPolicy;
import org.omerods.omero.model.ManagedFiles;
import org.omerods.omero.testing.TestPostgres;
import org.omerods.storage.Avu;
import org.omerods.storage.AvuStore;
import org.omerods.storage.AvuStore.Operation;
import org.omerods.storage.Storage;
import org.omerods.storage.Storage.WriteMode;
import org.omerods.storage.StorageException;
import org.omerods.storage.StoragePath;

/** A companion between a test's database and a test's storage, driven pass by pass. */
final class Rig implements AutoCloseable {
    static final StoragePath HOME = StoragePath.of("/tempZone/home/rods");

    final SyncStatus status = new SyncStatus(InstantSource.system());
    final AvuStore avus;
    private final OmeroDatabase database;
    private final MirrorTasks tasks;

    Rig(TestPostgres.Database postgres, AvuStore avus, MirrorPolicy policy, Optional<Path> managedRepository) {
        this.avus = avus;
        DatabaseConfig login = postgres.reader();
        this.database = OmeroDatabase.open(login);
        this.tasks = new MirrorTasks(
                new SyncConfig(
                        login,
                        policy,
                        "export.openmicroscopy.org",
                        managedRepository,
                        List.of(new ManagedFiles.Mount("/irods/tempZone", StoragePath.of("/tempZone"))),
                        StoragePath.ROOT,
                        HOME,
                        Duration.ofMillis(10),
                        Duration.ofMillis(100),
                        Duration.ofHours(24),
                        Duration.ofDays(7)),
                database,
                avus,
                status,
                InstantSource.system());
    }

    static MirrorPolicy policy() {
        return MirrorPolicy.DEFAULT.withWebBase("https://omero.example.org/");
    }

    static MirrorPolicy allGroups() {
        return policy().withGroups(new GroupPolicy.All());
    }

    Duration pass() throws SQLException, StorageException {
        return tasks.pass();
    }

    MirrorTasks tasks() {
        return tasks;
    }

    long reads() {
        return database.reads();
    }

    /** Makes collections and an object. */
    static StoragePath object(Storage storage, String path) throws StorageException {
        StoragePath object = StoragePath.of(path);
        collections(storage, object.parent());
        storage.write(object, WriteMode.CREATE).commit();
        return object;
    }

    static void collections(Storage storage, StoragePath path) throws StorageException {
        if (path.isRoot()) {
            return;
        }
        collections(storage, path.parent());
        try {
            storage.createCollection(path);
        } catch (StorageException e) {
            if (e.reason() != StorageException.Reason.ALREADY_EXISTS) {
                throw e;
            }
        }
    }

    void add(StoragePath path, Avu... avus) throws StorageException {
        for (Avu avu : avus) {
            this.avus.apply(path, List.of(new Operation.Add(avu)));
        }
    }

    /** All triples of the companion but its notes and the digests, as lines {@code path: attribute | value | units}. */
    static Set<String> mirrored(AvuStore avus) throws StorageException {
        Set<String> lines = new TreeSet<>();
        avus.scan(StoragePath.ROOT, "omero::", (path, avu) -> {
            if (!avu.attribute().startsWith("omero::sync::") && !avu.attribute().equals("omero::digest")) {
                lines.add(path + ": " + avu.attribute() + " | " + avu.value() + " | " + avu.units());
            }
        });
        return lines;
    }

    @Override
    public void close() {
        tasks.close();
        database.close();
    }
}
