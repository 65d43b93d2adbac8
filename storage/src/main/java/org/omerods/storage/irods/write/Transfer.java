package org.omerods.storage.irods.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
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
import org.omerods.storage.irods.session.Request;
import org.omerods.storage.irods.session.WriterLease;
import org.omerods.storage.irods.wire.Api;
import org.omerods.storage.irods.wire.ObjectMessages;
import org.omerods.storage.irods.wire.OpenedReplica;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves bytes to the server, and tells whether what is there are these bytes. Thread-safe. */
public final class Transfer {
    private static final Logger log = LoggerFactory.getLogger(Transfer.class);

    /** Bytes that make a further connection worth its open: two are best without delay, four and more with it. */
    private static final long BYTES_PER_LANE = 32L * 1024 * 1024;

    private static final int MAX_LANES = 4;

    private final ConnectionPool pool;
    private final Optional<ChecksumScheme> scheme;
    private final PieceBuffers buffers = new PieceBuffers();
    private final AtomicInteger nextSmall = new AtomicInteger();

    /** @param scheme of the checksum that is registered with what is written; empty: none is */
    public Transfer(ConnectionPool pool, Optional<ChecksumScheme> scheme) {
        this.pool = pool;
        this.scheme = scheme;
    }

    ReplicaUpload newUpload(CheckedContent content) {
        return new ReplicaUpload(pool, buffers, content, scheme.isPresent());
    }

    /**
     * Runs an upload over as many connections as its size is worth, and computes the checksum meanwhile. Returns what the
     * catalog has then.
     */
    Optional<DataObject> run(
            ReplicaUpload upload,
            CheckedContent content,
            int flags,
            Map<String, String> keyValues,
            @Nullable ObjectVersion expected)
            throws StorageException {
        int lanes = (int) Math.clamp(content.size() / BYTES_PER_LANE, 1L, MAX_LANES);
        if (lanes > 1) {
            scheme.ifPresent(content::begin);
        }
        return guarded(content, () -> upload.run(flags, keyValues, expected, lanes));
    }

    /**
     * A whole new object by one request; the server compares it with the checksum that is told. Returns what the catalog has
     * then.
     */
    Optional<DataObject> putSmall(CheckedContent content, Map<String, String> keyValues) throws StorageException {
        String path = content.path().value();
        Map<String, String> all = new LinkedHashMap<>(keyValues);
        if (scheme.isPresent()) {
            all.put("verifyChksum", content.checksum(scheme.get()));
        }
        return guarded(content, () -> {
            ByteBuffer bytes = ByteBuffer.allocate((int) content.size());
            content.content().readFully(0, bytes);
            byte[] body = ObjectMessages.put(path, bytes.flip().remaining(), all);
            int number = Math.floorMod(nextSmall.getAndIncrement(), pool.size(Lane.TRANSFER));
            Request put = Request.sending(Api.DATA_OBJ_PUT, body, bytes);
            return Afterwards.of(pool.connection(Lane.TRANSFER, number), put, content.path());
        });
    }

    /**
     * Makes an object that is good with wrong bytes stale: a writer that wrote and vanished leaves it so, and there is no
     * other way for those who are no administrators.
     */
    void markStale(CheckedContent content) {
        String path = content.path().value();
        try (WriterLease lease = pool.writer()) {
            Connection connection = lease.connection();
            byte[] open = ObjectMessages.open(path, ObjectMessages.WRITE_ONLY, Map.of());
            int descriptor = connection
                    .submit(Request.of(Api.REPLICA_OPEN, open))
                    .await()
                    .orThrow("mark as stale", path)
                    .status();
            ByteBuffer first = ByteBuffer.allocate((int) Math.min(1, content.size()));
            content.content().readFully(0, first);
            WriteFlight flight = new WriteFlight(connection, descriptor, content.path());
            flight.send(0, first.flip());
            flight.drain();
            connection.abort(Reason.CLOSED, path + " is not what was sent");
        } catch (IOException | ConnectionException | StorageException e) {
            log.error("{} has wrong bytes and could not be marked as stale: remove it", path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            log.error("{} has wrong bytes and was not marked as stale: remove it", path);
        }
    }

    /**
     * A replica for an upload that takes its time; empty when no connection can be spared.
     *
     * @param present what it must be when it is locked; empty: new
     * @param uploads compares what it became
     */
    Optional<GrowingUpload> grow(
            StoragePath path,
            int flags,
            Map<String, String> keyValues,
            Optional<ObjectVersion> present,
            Uploads uploads)
            throws StorageException {
        return translated(path, () -> {
            Optional<WriterLease> lease = pool.spareWriter();
            if (lease.isEmpty()) {
                return Optional.empty();
            }
            GrowingReplica replica = open(path, flags, keyValues, lease.get(), present.isEmpty(), uploads);
            if (present.isPresent()) {
                replica.require(present.get());
            }
            return Optional.of(replica);
        });
    }

    /** The lease is the replica's, or given back. */
    private GrowingReplica open(
            StoragePath path,
            int flags,
            Map<String, String> keyValues,
            WriterLease lease,
            boolean isNew,
            Uploads uploads)
            throws ConnectionException, InterruptedException, StorageException {
        Reply reply = ReplicaCalls.open(lease, path, flags, keyValues);
        try {
            OpenedReplica replica = ReplicaCalls.parse(path, reply);
            return new GrowingReplica(path, lease, reply, replica, isNew, this, uploads);
        } catch (StorageException e) {
            lease.connection().abort(Reason.CORRUPT, String.valueOf(e.getMessage()));
            lease.close();
            uploads.afterGivingUp(path, isNew);
            throw e;
        }
    }

    ConnectionPool pool() {
        return pool;
    }

    Optional<ChecksumScheme> scheme() {
        return scheme;
    }

    PieceBuffers buffers() {
        return buffers;
    }

    /** How many connections are worth it for an upload that began on {@code first}, that one included. */
    int lanes(Connection first) {
        int further = Math.min(MAX_LANES - 1, pool.size(Lane.TRANSFER));
        return Math.min(1 + further, pool.carriers(first));
    }

    @FunctionalInterface
    private interface Body {
        Optional<DataObject> run() throws ConnectionException, InterruptedException, StorageException, IOException;
    }

    private static Optional<DataObject> guarded(CheckedContent content, Body body) throws StorageException {
        return translated(content.path(), () -> {
            try {
                return body.run();
            } catch (IOException e) {
                throw CheckedContent.unreadable(content.path(), e);
            }
        });
    }

    /** Something done with connections. */
    @FunctionalInterface
    interface Step<T> {
        T run() throws ConnectionException, InterruptedException, StorageException;
    }

    /** Does it, and says what went wrong as callers of a storage expect it. */
    static <T> T translated(StoragePath path, Step<T> step) throws StorageException {
        try {
            return step.run();
        } catch (ConnectionException e) {
            throw e.toStorageException("write", path.value());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageException(Reason.INTERRUPTED, "write", path.value(), "interrupted while waiting", e);
        }
    }
}
