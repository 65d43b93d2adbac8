package org.omerods.storage.irods.write;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;
import org.omerods.storage.irods.session.Connection;
import org.omerods.storage.irods.session.ConnectionException;
import org.omerods.storage.irods.session.Reply;
import org.omerods.storage.irods.session.Request;
import org.omerods.storage.irods.session.WriterLease;
import org.omerods.storage.irods.wire.Api;
import org.omerods.storage.irods.wire.JsonMessages;
import org.omerods.storage.irods.wire.MalformedMessage;
import org.omerods.storage.irods.wire.ObjectMessages;
import org.omerods.storage.irods.wire.OpenedReplica;

/** How a replica is opened and closed for writing. */
final class ReplicaCalls {
    private ReplicaCalls() {}

    /** The status of the answer is the descriptor; {@link #parse} has the rest. */
    static Reply open(Connection connection, StoragePath path, int flags, Map<String, String> keyValues)
            throws ConnectionException, InterruptedException, StorageException {
        return connection
                .submit(Request.of(Api.REPLICA_OPEN, ObjectMessages.open(path.value(), flags, keyValues)))
                .await()
                .orThrow("write", path.value());
    }

    /** The same over the connection of a lease, which is given back when it fails. */
    static Reply open(WriterLease lease, StoragePath path, int flags, Map<String, String> keyValues)
            throws ConnectionException, InterruptedException, StorageException {
        boolean opened = false;
        try {
            Reply reply = open(lease.connection(), path, flags, keyValues);
            opened = true;
            return reply;
        } finally {
            if (!opened) {
                lease.close();
            }
        }
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

    /**
     * @param checksum whether the server is to compute and register one
     * @param settle whether size and state are settled by this close; false: by another one
     */
    static void close(Connection connection, StoragePath path, int descriptor, boolean checksum, boolean settle)
            throws ConnectionException, InterruptedException, StorageException {
        connection.submit(closing(descriptor, checksum, settle)).await().orThrow("write", path.value());
    }

    /** The request of {@link #close}. */
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
