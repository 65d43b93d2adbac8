package org.omerods.storage.irods.write;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
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
import org.omerods.storage.irods.session.Request;
import org.omerods.storage.irods.session.WriterLease;
import org.omerods.storage.irods.wire.Api;
import org.omerods.storage.irods.wire.JsonMessages;
import org.omerods.storage.irods.wire.MalformedMessage;
import org.omerods.storage.irods.wire.ObjectMessages;
import org.omerods.storage.irods.wire.OpenedReplica;

/**
 * One upload into one replica. The first connection opens, holds the lock, and closes when all bytes are acknowledged;
 * further ones open the same replica with the token of that lock and write their share. Giving up means to drop the first
 * connection: the server then leaves the replica stale, never good. For one thread, which is joined by others.
 */
final class ReplicaUpload {
    private final ConnectionPool pool;
    private final PieceBuffers buffers;
    private final CheckedContent content;
    private final StoragePath path;
    private final boolean registerChecksum;
    private final Pieces pieces;
    private boolean opened;
    private boolean begun;

    ReplicaUpload(ConnectionPool pool, PieceBuffers buffers, CheckedContent content, boolean registerChecksum) {
        this.pool = pool;
        this.buffers = buffers;
        this.path = content.path();
        this.content = content;
        this.registerChecksum = registerChecksum;
        this.pieces = new Pieces(content.size());
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
                Reply reply = open(first, flags, keyValues);
                opened = true;
                OpenedReplica replica = parse(path, reply);
                if (expected != null && !expected.equals(replica.version())) {
                    closed = true; // nothing was written, so the close changes nothing
                    close(first, reply.status(), false, true);
                    throw new StorageException(
                            Reason.STALE,
                            "write",
                            path.value(),
                            "was " + expected + " when its bytes were changed, is " + replica.version());
                }
                begun = true;
                writeAll(first, reply.status(), replica, lanes);
                Optional<DataObject> now = Afterwards.of(first, closing(reply.status(), registerChecksum, true), path);
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
                sharers.start(() -> share(pool.connection(Lane.TRANSFER, number), first, replica));
            }
            writePieces(first, descriptor);
            sharers.join();
        }
    }

    /**
     * Writes what a further connection gets of the pieces. Its close leaves size and state to the first one; where that
     * will not come, because something failed, it is dropped instead: a replica that everybody closed without settling it
     * would stay locked until an administrator comes.
     */
    private void share(Connection connection, Connection first, OpenedReplica replica)
            throws ConnectionException, InterruptedException, StorageException {
        if (connection == first) {
            return;
        }
        Map<String, String> keyValues = new LinkedHashMap<>();
        keyValues.put("resc_hier", replica.hierarchy());
        keyValues.put("replicaToken", replica.token());
        int descriptor = open(connection, ObjectMessages.WRITE_ONLY, keyValues).status();
        boolean written = false;
        try {
            writePieces(connection, descriptor);
            written = !pieces.areStopped() && first.isUsable();
        } finally {
            if (!written) {
                connection.abort(Reason.UNAVAILABLE, "the upload of " + path + " failed");
            }
        }
        close(connection, descriptor, false, false);
    }

    private void writePieces(Connection connection, int descriptor)
            throws ConnectionException, InterruptedException, StorageException {
        WriteFlight flight = new WriteFlight(connection, descriptor, path);
        ByteBuffer buffer = buffers.take();
        boolean done = false;
        try {
            for (long at = pieces.take(); at >= 0; at = pieces.take()) {
                content.content().readFully(at, buffer.clear().limit(pieces.length(at)));
                flight.send(at, buffer.flip());
            }
            flight.drain();
            done = true;
        } catch (IOException e) {
            throw content.unreadable(e);
        } finally {
            buffers.giveBack(buffer);
            if (!done) {
                pieces.stop();
            }
        }
    }

    private Reply open(Connection connection, int flags, Map<String, String> keyValues)
            throws ConnectionException, InterruptedException, StorageException {
        return connection
                .submit(Request.of(Api.REPLICA_OPEN, ObjectMessages.open(path.value(), flags, keyValues)))
                .await()
                .orThrow("write", path.value());
    }

    /** What the server says of the replica that it opened. @throws StorageException CORRUPT when it cannot be read */
    static OpenedReplica parse(StoragePath path, Reply reply) throws StorageException {
        try {
            return OpenedReplica.parse(reply.body());
        } catch (MalformedMessage e) {
            throw new StorageException(
                    Reason.CORRUPT, "write", path.value(), "the server's answer is damaged: " + e.getMessage(), e);
        }
    }

    private void close(Connection connection, int descriptor, boolean checksum, boolean settle)
            throws ConnectionException, InterruptedException, StorageException {
        connection.submit(closing(descriptor, checksum, settle)).await().orThrow("write", path.value());
    }

    static Request closing(int descriptor, boolean checksum, boolean settle) {
        ObjectNode request = JsonNodeFactory.instance
                .objectNode()
                .put("fd", descriptor)
                .put("compute_checksum", checksum)
                .put("update_size", settle)
                .put("update_status", settle)
                .put("send_notifications", settle);
        return Request.of(Api.REPLICA_CLOSE, JsonMessages.write(request));
    }
}
