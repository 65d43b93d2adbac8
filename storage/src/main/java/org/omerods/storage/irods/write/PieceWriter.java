package org.omerods.storage.irods.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;
import org.omerods.storage.irods.session.Connection;
import org.omerods.storage.irods.session.ConnectionException;
import org.omerods.storage.irods.wire.ObjectMessages;
import org.omerods.storage.irods.wire.OpenedReplica;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes pieces into an open replica: over the connection that holds its lock, and over further ones that open the same
 * replica with the token of that lock. Thread-safe; each connection is for one thread at a time.
 */
final class PieceWriter {
    private static final Logger log = LoggerFactory.getLogger(PieceWriter.class);

    private final StoragePath path;
    private final Pieces pieces;
    private final PieceBuffers buffers;
    private final Set<Connection> further = ConcurrentHashMap.newKeySet();

    PieceWriter(StoragePath path, Pieces pieces, PieceBuffers buffers) {
        this.path = path;
        this.pieces = pieces;
        this.buffers = buffers;
    }

    /** A further connection, made where there is none. */
    @FunctionalInterface
    interface Further {
        Connection connection() throws ConnectionException, InterruptedException;
    }

    /**
     * Writes what a further connection gets of the pieces. Its close leaves size and state to the first one; where that
     * will not come, because something failed, it is dropped instead: a replica that everybody closed without settling it
     * would stay locked until an administrator comes. Where the connection cannot be made, or the server does not let it join,
     * the others write its share.
     */
    void share(Further maker, Connection first, OpenedReplica replica)
            throws ConnectionException, InterruptedException, StorageException {
        Connection connection;
        int descriptor;
        try {
            connection = maker.connection();
        } catch (ConnectionException e) {
            goesOnWithout(e);
            return;
        }
        if (connection == first) {
            return;
        }
        try {
            descriptor = open(connection, replica);
        } catch (StorageException e) {
            goesOnWithout(e);
            return;
        }
        boolean written = false;
        further.add(connection);
        try {
            writeAll(connection, descriptor);
            written = !pieces.areStopped() && first.isUsable();
        } finally {
            further.remove(connection);
            if (!written) {
                connection.abort(Reason.UNAVAILABLE, "the upload of " + path + " failed");
            }
        }
        ReplicaCalls.close(connection, path, descriptor, false, false);
    }

    /** The server's refusal is a StorageException; a connection that breaks may have left the replica open, and is not. */
    private int open(Connection connection, OpenedReplica replica)
            throws ConnectionException, InterruptedException, StorageException {
        Map<String, String> keyValues = new LinkedHashMap<>();
        keyValues.put("resc_hier", replica.hierarchy());
        keyValues.put("replicaToken", replica.token());
        return ReplicaCalls.open(connection, path, ObjectMessages.WRITE_ONLY, keyValues)
                .status();
    }

    private void goesOnWithout(Exception e) {
        log.debug("{} goes over fewer connections: {}", path, e.getMessage());
    }

    /** Drops the further connections: whoever waits for one is told. */
    void abortFurther() {
        further.forEach(connection -> connection.abort(Reason.CLOSED, "the upload of " + path + " was given up"));
    }

    /** Writes pieces until there are none left, and waits for the answers. */
    void writeAll(Connection connection, int descriptor)
            throws ConnectionException, InterruptedException, StorageException {
        WriteFlight flight = new WriteFlight(connection, descriptor, path);
        ByteBuffer buffer = buffers.take();
        boolean done = false;
        try {
            for (Optional<Pieces.Piece> piece = pieces.take(); piece.isPresent(); piece = pieces.take()) {
                send(piece.get(), flight, buffer);
            }
            flight.drain();
            done = true;
        } finally {
            buffers.giveBack(buffer);
            if (!done) {
                pieces.stop();
            }
        }
    }

    /** Sends one by way of a buffer, which is free again when this returns. */
    void send(Pieces.Piece piece, WriteFlight flight, ByteBuffer buffer)
            throws ConnectionException, InterruptedException, StorageException {
        try {
            piece.content().readFully(piece.offset(), buffer.clear().limit(piece.length()));
        } catch (IOException e) {
            throw CheckedContent.unreadable(path, e);
        }
        flight.send(piece.offset(), buffer.flip());
    }
}
