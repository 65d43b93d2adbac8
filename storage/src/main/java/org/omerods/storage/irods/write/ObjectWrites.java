package org.omerods.storage.irods.write;

import java.util.Map;
import java.util.Optional;
import org.omerods.storage.Collection;
import org.omerods.storage.Entry;
import org.omerods.storage.ObjectWriter;
import org.omerods.storage.Storage.WriteMode;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;
import org.omerods.storage.irods.catalog.Catalog;
import org.omerods.storage.irods.catalog.CatalogChanges;
import org.omerods.storage.irods.session.ConnectionException;
import org.omerods.storage.irods.session.ConnectionPool;
import org.omerods.storage.irods.session.Reply;
import org.omerods.storage.irods.session.WriterLease;
import org.omerods.storage.irods.wire.ObjectMessages;

/** Makes writers. Thread-safe. */
public final class ObjectWrites {
    private final ConnectionPool pool;
    private final Catalog catalog;
    private final CatalogChanges changes;
    private final Optional<String> resource;
    private final boolean registerChecksums;

    /**
     * @param resource where new objects go, if the server is not to decide
     * @param registerChecksums whether the server computes and keeps a checksum at commit
     */
    public ObjectWrites(
            ConnectionPool pool,
            Catalog catalog,
            CatalogChanges changes,
            Optional<String> resource,
            boolean registerChecksums) {
        this.pool = pool;
        this.catalog = catalog;
        this.changes = changes;
        this.resource = resource;
        this.registerChecksums = registerChecksums;
    }

    /** Opens an object for writing; it is locked for others until commit or close. */
    public ObjectWriter open(StoragePath path, WriteMode mode) throws StorageException {
        Optional<Entry> present = catalog.find(path, "write");
        if (present.filter(Collection.class::isInstance).isPresent()) {
            throw new StorageException(Reason.IS_A_COLLECTION, "write", path.value(), "it is a collection");
        }
        if (present.isPresent() && mode == WriteMode.CREATE) {
            throw new StorageException(Reason.ALREADY_EXISTS, "write", path.value(), "the object exists");
        }
        if (present.isEmpty()) {
            requireParent(path);
        }
        return Transfer.translated(path, () -> open(path, mode, present.isEmpty()));
    }

    private void requireParent(StoragePath path) throws StorageException {
        Optional<Entry> parent = catalog.find(path.parent(), "write");
        if (parent.filter(Collection.class::isInstance).isEmpty()) {
            throw new StorageException(Reason.NOT_FOUND, "write", path.value(), "its collection is missing");
        }
    }

    private ObjectWriter open(StoragePath path, WriteMode mode, boolean isNew)
            throws ConnectionException, InterruptedException, StorageException {
        int flags = ObjectMessages.WRITE_ONLY
                | ObjectMessages.CREATE
                | switch (mode) {
                    case CREATE -> ObjectMessages.EXCLUSIVE;
                    case REPLACE -> ObjectMessages.TRUNCATE;
                };
        Map<String, String> keyValues =
                isNew && resource.isPresent() ? Map.of("destRescName", resource.get()) : Map.of();
        WriterLease lease = pool.writer();
        Reply reply = ReplicaCalls.open(lease, path, flags, keyValues);
        return new IrodsWriter(path, reply.status(), isNew, lease, catalog, changes, registerChecksums);
    }
}
