package org.omerods.storage.irods.write;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.omerods.storage.DataObject;
import org.omerods.storage.ObjectVersion;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;
import org.omerods.storage.irods.session.Connection;
import org.omerods.storage.irods.session.ConnectionException;
import org.omerods.storage.irods.session.ConnectionPool;
import org.omerods.storage.irods.session.Lane;
import org.omerods.storage.irods.session.Reply;
import org.omerods.storage.irods.session.WriterLease;
import org.omerods.storage.irods.wire.OpenedReplica;

/**
 * One upload into one replica. The first connection opens, holds the lock, and closes when all bytes are acknowledged;
 * further ones open the same replica with the token of that lock and write their share. Giving up means to drop the first
 * connection: the server then leaves the replica stale, never good. For one thread, which is joined by others.
 */
final class ReplicaUpload {
    private final ConnectionPool pool;
    private final StoragePath path;
    private final boolean registerChecksum;
    private final Pieces pieces;
    private final PieceWriter writer;
    private boolean opened;
    private boolean begun;

    ReplicaUpload(ConnectionPool pool, PieceBuffers buffers, CheckedContent content, boolean registerChecksum) {
        this.pool = pool;
        this.path = content.path();
        this.registerChecksum = registerChecksum;
        this.pieces = new WholePieces(content.content());
        this.writer = new PieceWriter(path, pieces, buffers);
    }

    /** Whether the server opened the replica, and with that perhaps made it. */
    boolean opened() {
        return opened;
    }

    /** Whether a byte of the replica may have been changed. */
    boolean begun() {
        return begun;
    }

    /**
     * Writes all of it.
     *
     * @return what the catalog has at the path then; empty when that is nothing
     * @param flags of the open
     * @param expected what the replica must be when it is locked; null where that does not matter
     * @param lanes connections to use at most, 1 or more
     */
    Optional<DataObject> run(int flags, Map<String, String> keyValues, @Nullable ObjectVersion expected, int lanes)
            throws ConnectionException, InterruptedException, StorageException {
        try (WriterLease lease = pool.writer()) {
            Connection first = lease.connection();
            boolean closed = false;
            try {
                Reply reply = ReplicaCalls.open(first, path, flags, keyValues);
                opened = true;
                OpenedReplica replica = ReplicaCalls.parse(path, reply);
                if (expected != null && !expected.equals(replica.version())) {
                    closed = true; // nothing was written, so the close changes nothing
                    ReplicaCalls.close(first, path, reply.status(), false, true);
                    throw new StorageException(
                            Reason.STALE,
                            "write",
                            path.value(),
                            "was " + expected + " when its bytes were changed, is " + replica.version());
                }
                begun = true;
                writeAll(first, reply.status(), replica, lanes);
                Optional<DataObject> now =
                        Afterwards.of(first, ReplicaCalls.closing(reply.status(), registerChecksum, true), path);
                closed = true;
                return now;
            } finally {
                if (!closed) {
                    first.abort(Reason.CLOSED, "the upload of " + path + " was given up");
                }
            }
        }
    }

    private void writeAll(Connection first, int descriptor, OpenedReplica replica, int lanes)
            throws ConnectionException, InterruptedException, StorageException {
        int others = replica.token().isEmpty() ? 0 : Math.min(lanes - 1, pool.size(Lane.TRANSFER));
        try (Sharers sharers = new Sharers(path, pieces)) {
            for (int i = 0; i < others; i++) {
                int number = i;
                sharers.start(() -> writer.share(() -> pool.connection(Lane.TRANSFER, number), first, replica));
            }
            writer.writeAll(first, descriptor);
            sharers.join();
        }
    }
}
