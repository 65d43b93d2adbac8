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
import org.omerods.storage.irods.session.ConnectionPool;
import org.omerods.storage.irods.session.Lane;
import org.omerods.storage.irods.session.Reply;
import org.omerods.storage.irods.session.WriterLease;
import org.omerods.storage.irods.wire.OpenedReplica;

/**
 * A new replica that is written as its bytes come: over a connection of its own, and over further ones where the way is so
 * long that one cannot fill it. The server keeps it intermediate until the close, and makes it stale when the connection is
 * dropped. Not thread-safe.
 */
final class GrowingReplica implements GrowingUpload {
    private final StoragePath path;
    private final WriterLease lease;
    private final Connection first;
    private final int descriptor;
    private final OpenedReplica replica;
    private final boolean isNew;
    private final Transfer transfer;
    private final Uploads uploads;
    private final GrowingPieces pieces = new GrowingPieces();
    private final PieceWriter writer;
    private final Sharers sharers;
    private final WriteFlight flight;
    private final ByteBuffer buffer;
    private final int maxLanes;
    private int lanes = 1;

    /** Everything before it was handed out. */
    private long sentTo;

    private boolean ended;

    /**
     * @param opening the server's answer to the open
     * @param replica what that says
     * @param isNew whether there was no object before
     */
    GrowingReplica(
            StoragePath path,
            WriterLease lease,
            Reply opening,
            OpenedReplica replica,
            boolean isNew,
            Transfer transfer,
            Uploads uploads) {
        this.path = path;
        this.lease = lease;
        this.first = lease.connection();
        this.descriptor = opening.status();
        this.replica = replica;
        this.isNew = isNew;
        this.transfer = transfer;
        this.uploads = uploads;
        this.writer = new PieceWriter(path, pieces, transfer.buffers());
        this.sharers = new Sharers(path, pieces);
        this.flight = new WriteFlight(first, descriptor, path);
        this.buffer = transfer.buffers().take();
        this.maxLanes = replica.token().isEmpty() ? 1 : transfer.lanes(first);
    }

    /** Lets go of the replica, as it was, unless it is the version that is to grow. */
    void require(ObjectVersion present) throws ConnectionException, InterruptedException, StorageException {
        ObjectVersion found = replica.version();
        if (found.equals(present)) {
            return;
        }
        try {
            ReplicaCalls.close(first, path, descriptor, false, true); // of nothing written: no change
            release();
        } finally {
            close();
        }
        throw new StorageException(Reason.STALE, "write", path.value(), "was " + present + ", is " + found);
    }

    @Override
    public void send(long offset, int length, Content content) throws StorageException {
        Transfer.translated(path, () -> {
            if (offset < sentTo) {
                settle(); // or the bytes of before could arrive after these
            }
            long end = offset + length;
            for (long at = offset; at < end; at += WriteFlight.PIECE_BYTES) {
                handOut(new Pieces.Piece(at, (int) Math.min(WriteFlight.PIECE_BYTES, end - at), content));
            }
            sentTo = Math.max(sentTo, end);
            return path;
        });
    }

    /** To a further connection that has nothing to do, or else over the first. */
    private void handOut(Pieces.Piece piece) throws ConnectionException, InterruptedException, StorageException {
        if (lanes < maxLanes && piece.offset() > 0) {
            int number = lanes++ - 1;
            pieces.oneMoreWaits();
            ConnectionPool pool = transfer.pool();
            sharers.start(() -> writer.share(() -> pool.connection(Lane.TRANSFER, number), first, replica));
        }
        if (pieces.areStopped()) {
            sharers.join(); // throws why
            throw new StorageException(Reason.UNAVAILABLE, "write", path.value(), "a further connection was lost");
        }
        if (!pieces.offer(piece)) {
            writer.send(piece, flight, buffer);
        }
    }

    /** Waits until everything that was handed out is written. From now on the first connection writes alone. */
    private void settle() throws ConnectionException, InterruptedException, StorageException {
        lanes = maxLanes;
        pieces.end();
        for (Optional<Pieces.Piece> left = pieces.take(); left.isPresent(); left = pieces.take()) {
            writer.send(left.get(), flight, buffer);
        }
        sharers.join();
        flight.drain();
    }

    @Override
    public DataObject finish(Content content) throws StorageException {
        CheckedContent checked = new CheckedContent(path, content);
        transfer.scheme().ifPresent(checked::begin); // while the server computes its own
        Optional<DataObject> now = Transfer.translated(path, this::commit);
        release();
        return uploads.verified(checked, now);
    }

    private Optional<DataObject> commit() throws ConnectionException, InterruptedException, StorageException {
        settle();
        boolean checksum = transfer.scheme().isPresent();
        return Afterwards.of(first, ReplicaCalls.closing(descriptor, checksum, true), path);
    }

    @Override
    public void close() {
        if (ended) {
            return;
        }
        pieces.stop();
        writer.abortFurther();
        first.abort(Reason.CLOSED, "the upload of " + path + " was given up");
        release();
        uploads.afterGivingUp(path, isNew);
    }

    private void release() {
        ended = true;
        sharers.close();
        transfer.buffers().giveBack(buffer);
        lease.close();
    }
}
