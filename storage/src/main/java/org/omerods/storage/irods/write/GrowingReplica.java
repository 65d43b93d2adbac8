package org.omerods.storage.irods.write;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.omerods.storage.Content;
import org.omerods.storage.DataObject;
import org.omerods.storage.GrowingUpload;
import org.omerods.storage.ObjectVersion;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;
import org.omerods.storage.irods.session.Connection;
import org.omerods.storage.irods.session.ConnectionException;
import org.omerods.storage.irods.session.Reply;
import org.omerods.storage.irods.session.Request;
import org.omerods.storage.irods.session.WriterLease;

/**
 * A new replica that is written over a connection of its own as its bytes come. The server keeps it intermediate until the
 * close, and makes it stale when the connection is dropped. Not thread-safe.
 */
final class GrowingReplica implements GrowingUpload {
    private final StoragePath path;
    private final WriterLease lease;
    private final int descriptor;
    private final boolean isNew;
    private final Optional<ChecksumScheme> scheme;
    private final Uploads uploads;
    private final WriteFlight flight;
    private boolean ended;

    /**
     * @param isNew whether there was no object before
     * @param scheme of the checksum that is registered with the object; empty: none is
     */
    GrowingReplica(
            StoragePath path,
            WriterLease lease,
            int descriptor,
            boolean isNew,
            Optional<ChecksumScheme> scheme,
            Uploads uploads) {
        this.path = path;
        this.lease = lease;
        this.descriptor = descriptor;
        this.isNew = isNew;
        this.scheme = scheme;
        this.uploads = uploads;
        this.flight = new WriteFlight(lease.connection(), descriptor, path);
    }

    /**
     * Lets go of the replica, as it was, unless it is the version that is to grow.
     *
     * @param opening the server's answer to the open
     */
    void require(ObjectVersion present, Reply opening) throws StorageException {
        boolean required = false;
        try {
            ObjectVersion found = ReplicaUpload.parse(path, opening).version();
            required = found.equals(present);
            if (!required) {
                Request closing = ReplicaUpload.closing(descriptor, false, true); // of nothing written: no change
                Transfer.translated(
                        path, () -> lease.connection().submit(closing).await());
                ended = true;
                lease.close();
                throw new StorageException(Reason.STALE, "write", path.value(), "was " + present + ", is " + found);
            }
        } finally {
            if (!required) {
                close();
            }
        }
    }

    @Override
    public void send(long offset, ByteBuffer bytes) throws StorageException {
        Transfer.translated(path, () -> {
            flight.sendAll(offset, bytes);
            return bytes;
        });
    }

    @Override
    public DataObject finish(Content content) throws StorageException {
        CheckedContent checked = new CheckedContent(path, content);
        scheme.ifPresent(checked::begin); // while the server computes its own
        Optional<DataObject> now = Transfer.translated(path, this::commit);
        ended = true;
        lease.close();
        return uploads.verified(checked, now);
    }

    private Optional<DataObject> commit() throws ConnectionException, InterruptedException, StorageException {
        flight.drain();
        Connection connection = lease.connection();
        return Afterwards.of(connection, ReplicaUpload.closing(descriptor, scheme.isPresent(), true), path);
    }

    @Override
    public void close() {
        if (ended) {
            return;
        }
        ended = true;
        lease.connection().abort(Reason.CLOSED, "the upload of " + path + " was given up");
        lease.close();
        if (isNew) {
            uploads.discard(path);
        } else {
            uploads.awaitUnlocked(path);
        }
    }
}
