package org.omerods.omero.sync;

import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.omerods.omero.avu.Mirror;
import org.omerods.omero.avu.Reconciliation;
import org.omerods.omero.database.OmeroDatabase;
import org.omerods.omero.mapping.Mapper;
import org.omerods.omero.model.FilesetReader;
import org.omerods.omero.model.ManagedFiles;
import org.omerods.omero.model.ServerIdentity;
import org.omerods.storage.AvuStore;
import org.omerods.storage.StorageException;

/**
 * Puts a {@link MirrorTask} together. What it is made of depends on the identity of the server, which stands in the
 * database: so it is made when the database answers for the first time. One thread.
 */
public final class MirrorTasks implements SyncTask, AutoCloseable {
    private final SyncConfig config;
    private final OmeroDatabase database;
    private final AvuStore avus;
    private final SyncStatus status;
    private final InstantSource clock;
    private @Nullable MirrorTask task;

    public MirrorTasks(
            SyncConfig config, OmeroDatabase database, AvuStore avus, SyncStatus status, InstantSource clock) {
        this.config = config;
        this.database = database;
        this.avus = avus;
        this.status = status;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "mirror";
    }

    @Override
    public Duration pass() throws SQLException, StorageException {
        return task().pass();
    }

    /** The task; made now if there is none. */
    public MirrorTask task() throws SQLException {
        MirrorTask present = task;
        if (present == null) {
            present = create();
            task = present;
        }
        return present;
    }

    /** Asks the companion that runs, wherever it is, to compare everything. */
    public void requestReconciliation() throws SQLException, StorageException {
        store(database.read(FilesetReader::databaseUuid)).request();
    }

    private MirrorTask create() throws SQLException {
        UUID uuid = database.read(FilesetReader::databaseUuid);
        Mapper mapper = new Mapper(new ServerIdentity(uuid, config.lsidAuthority()), config.policy());
        Mirror mirror =
                new Mirror(database, mapper, new ManagedFiles(config.managedRepository(), config.mounts()), avus);
        String work = config.top() + " " + config.policy().prefix();
        return new MirrorTask(
                config,
                database,
                mirror,
                new Reconciliation(database, mirror, avus, config.top()),
                store(uuid),
                new Partitions(database, work),
                status,
                clock);
    }

    private CursorStore store(UUID uuid) {
        return new CursorStore(avus, config.state(), config.policy().prefix(), uuid.toString());
    }

    @Override
    public void close() {
        MirrorTask present = task;
        if (present != null) {
            present.close();
        }
    }
}
