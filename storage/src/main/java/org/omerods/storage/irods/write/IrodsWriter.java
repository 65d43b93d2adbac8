package org.omerods.storage.irods.write;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.ByteBuffer;
import org.omerods.storage.DataObject;
import org.omerods.storage.ObjectWriter;
import org.omerods.storage.ReplicaState;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;
import org.omerods.storage.irods.catalog.Catalog;
import org.omerods.storage.irods.catalog.CatalogChanges;
import org.omerods.storage.irods.session.ConnectionException;
import org.omerods.storage.irods.session.Request;
import org.omerods.storage.irods.session.WriterLease;
import org.omerods.storage.irods.wire.Api;
import org.omerods.storage.irods.wire.JsonMessages;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one object over a connection of its own. Writes go out without waiting for the answers of those before; the
 * commit waits for all of them, and only an answered close makes the object good. Not thread-safe.
 */
final class IrodsWriter implements ObjectWriter {
    private static final Logger log = LoggerFactory.getLogger(IrodsWriter.class);

    private final StoragePath path;
    private final int descriptor;
    private final boolean isNew;
    private final WriterLease lease;
    private final Catalog catalog;
    private final CatalogChanges changes;
    private final boolean registerChecksum;
    private final WriteFlight flight;
    private long size;
    private boolean failed;
    private boolean ended;

    IrodsWriter(
            StoragePath path,
            int descriptor,
            boolean isNew,
            WriterLease lease,
            Catalog catalog,
            CatalogChanges changes,
            boolean registerChecksum) {
        this.path = path;
        this.descriptor = descriptor;
        this.isNew = isNew;
        this.lease = lease;
        this.catalog = catalog;
        this.changes = changes;
        this.registerChecksum = registerChecksum;
        this.flight = new WriteFlight(lease.connection(), descriptor, path);
    }

    @Override
    public void write(long offset, ByteBuffer source) throws StorageException {
        requireOpen();
        guarded(() -> {
            long end = offset + source.remaining();
            flight.sendAll(offset, source);
            size = Math.max(size, end);
        });
    }

    @Override
    public DataObject commit() throws StorageException {
        requireOpen();
        guarded(() -> {
            flight.drain();
            finish();
        });
        ended = true;
        lease.close();
        if (!(catalog.stat(path) instanceof DataObject object)
                || object.size() != size
                || object.state() != ReplicaState.GOOD) {
            throw new StorageException(
                    Reason.STALE, "commit", path.value(), "what the catalog has is not what was written");
        }
        return object;
    }

    /** Without a close that was answered the server leaves a stale object: a new one is removed, an old one stays so. */
    @Override
    public void close() {
        if (ended) {
            return;
        }
        ended = true;
        lease.connection().abort(Reason.CLOSED, "the writer gave up " + path);
        lease.close();
        if (isNew) {
            try {
                changes.deleteWhenUnlocked(path);
            } catch (StorageException e) {
                log.warn("an unfinished object stays behind, stale: {}", e.getMessage());
            }
        }
    }

    private void finish() throws ConnectionException, InterruptedException, StorageException {
        byte[] body = JsonMessages.write(
                JsonNodeFactory.instance.objectNode().put("fd", descriptor).put("compute_checksum", registerChecksum));
        lease.connection().submit(Request.of(Api.REPLICA_CLOSE, body)).await().orThrow("commit", path.value());
    }

    private void requireOpen() throws StorageException {
        if (ended || failed) {
            throw new StorageException(
                    Reason.CLOSED, "write", path.value(), ended ? "the writer has ended" : "an earlier write failed");
        }
    }

    @FunctionalInterface
    private interface Body {
        void run() throws ConnectionException, InterruptedException, StorageException;
    }

    private void guarded(Body body) throws StorageException {
        failed = true;
        failed = Transfer.translated(path, () -> {
            body.run();
            return false;
        });
    }
}
