package org.omerods.storage.irods.write;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;
import org.omerods.storage.irods.session.Connection;
import org.omerods.storage.irods.session.ConnectionException;
import org.omerods.storage.irods.session.Exchange;
import org.omerods.storage.irods.session.Reply;
import org.omerods.storage.irods.session.Request;
import org.omerods.storage.irods.wire.Api;
import org.omerods.storage.irods.wire.ObjectMessages;

/** Writes to one descriptor that go out without waiting for the answers of those before. Not thread-safe. */
final class WriteFlight {
    /** 1,245 MiB/s pipelined on one connection; larger pieces gain nothing. */
    static final int PIECE_BYTES = 4 * 1024 * 1024;

    /** Writes whose answers are awaited later; depth 4 is as fast as 8. */
    private static final int MAX_UNDER_WAY = 4;

    private final Connection connection;
    private final int descriptor;
    private final StoragePath path;
    private final Queue<UnderWay> underWay = new ArrayDeque<>();

    private record UnderWay(Exchange seek, Exchange write, int length) {}

    WriteFlight(Connection connection, int descriptor, StoragePath path) {
        this.connection = connection;
        this.descriptor = descriptor;
        this.path = path;
    }

    /** Sends all that remains in {@code source}, as pieces; it is free again when this returns. */
    void sendAll(long offset, ByteBuffer source) throws ConnectionException, InterruptedException, StorageException {
        long at = offset;
        while (source.hasRemaining()) {
            int length = Math.min(PIECE_BYTES, source.remaining());
            send(at, source.slice(source.position(), length));
            source.position(source.position() + length);
            at += length;
        }
    }

    /** Sends a piece of at most {@link #PIECE_BYTES}, whose buffer is free again when this returns. */
    void send(long offset, ByteBuffer piece) throws ConnectionException, InterruptedException, StorageException {
        if (underWay.size() >= MAX_UNDER_WAY) {
            awaitOldest();
        }
        int length = piece.remaining();
        List<Exchange> exchanges = connection.submitAll(List.of(
                Request.of(Api.DATA_OBJ_LSEEK, ObjectMessages.seek(descriptor, offset)),
                Request.sending(Api.DATA_OBJ_WRITE, ObjectMessages.write(descriptor, length), piece)));
        underWay.add(new UnderWay(exchanges.getFirst(), exchanges.getLast(), length));
    }

    /** Waits until everything that was sent is written. */
    void drain() throws ConnectionException, InterruptedException, StorageException {
        while (!underWay.isEmpty()) {
            awaitOldest();
        }
    }

    private void awaitOldest() throws ConnectionException, InterruptedException, StorageException {
        UnderWay oldest = underWay.remove();
        oldest.seek().await().orThrow("write", path.value());
        Reply reply = oldest.write().await().orThrow("write", path.value());
        if (reply.status() != oldest.length()) {
            throw new StorageException(
                    Reason.NO_SPACE,
                    "write",
                    path.value(),
                    "the server wrote " + reply.status() + " of " + oldest.length() + " bytes");
        }
    }
}
