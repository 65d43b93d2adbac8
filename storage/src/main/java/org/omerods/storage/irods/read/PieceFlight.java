package org.omerods.storage.irods.read;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.omerods.storage.DataObject;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.irods.session.Connection;
import org.omerods.storage.irods.session.ConnectionException;
import org.omerods.storage.irods.session.Exchange;
import org.omerods.storage.irods.session.Reply;
import org.omerods.storage.irods.session.Request;
import org.omerods.storage.irods.wire.Api;
import org.omerods.storage.irods.wire.MalformedMessage;
import org.omerods.storage.irods.wire.ObjectMessages;

/**
 * One piece on its way over one connection: open where needed, lseek and read, all in one flight, with nothing between
 * lseek and read; behind them the question for the version, if that is wanted. The number that an open will give is
 * foreseen; what was read from another is thrown away. What comes is accepted only if the lseek succeeded, ended at the
 * wanted offset (one past the end is clamped, with success), and the read brought exactly the wanted number of bytes. For
 * one thread.
 */
final class PieceFlight {
    private final DataObject object;
    private final Piece piece;
    private final Connection connection;
    private final DescriptorTable table;
    private final Descriptor descriptor;
    private @Nullable List<Exchange> exchanges;
    private @Nullable VersionCheck check;
    private int used;
    private boolean sentAgain;

    private PieceFlight(
            DataObject object, Piece piece, Connection connection, DescriptorTable table, Descriptor descriptor) {
        this.object = object;
        this.piece = piece;
        this.connection = connection;
        this.table = table;
        this.descriptor = descriptor;
    }

    /** Chooses the descriptor. To be followed by {@link #end}. */
    static PieceFlight begin(DataObject object, Piece piece, Connection connection, Descriptors descriptors) {
        DescriptorTable table = descriptors.of(connection);
        return new PieceFlight(object, piece, connection, table, table.acquire(object));
    }

    Piece piece() {
        return piece;
    }

    boolean isSent() {
        return exchanges != null;
    }

    /** Whether it was sent once more, behind what was sent after it at first. */
    boolean wasSentAgain() {
        return sentAgain;
    }

    /** Asks for the version behind the read, too; before {@link #send}. */
    void alsoCheck() {
        check = descriptor.check();
    }

    /**
     * Sends what is needed and waits for nothing: the open if that was not sent yet, lseek and read, the question for the
     * version. The descriptor's number may be foreseen only; {@link #receive} finds out.
     */
    void send() throws ConnectionException, InterruptedException {
        used = descriptor.expected();
        List<Request> requests = new ArrayList<>(3);
        requests.add(Request.of(Api.DATA_OBJ_LSEEK, ObjectMessages.seek(used, piece.offset())));
        requests.add(Request.receiving(Api.DATA_OBJ_READ, ObjectMessages.read(used, piece.length()), piece.target()));
        if (check != null) {
            requests.addAll(check.question());
        }
        exchanges = descriptor.submit(requests);
        if (check != null) {
            check.sent(exchanges);
        }
    }

    /**
     * After {@link #receive}: whether all that was sent on this connection before is known to be of the version, if that
     * was asked.
     *
     * @throws StorageException when it is of another, or may be
     */
    boolean isVerified() throws InterruptedException, StorageException {
        return check == null || check.await();
    }

    /**
     * Waits until all that was sent is answered or lost, so that {@link #receive} and {@link #isVerified} need not wait again
     * and again: the server answers in order.
     */
    void settle() throws InterruptedException {
        if (exchanges == null) {
            return;
        }
        try {
            exchanges.getLast().await();
        } catch (ConnectionException _) {
            // receive finds out
        }
    }

    /**
     * Waits for the bytes.
     *
     * @return false when the server delivered others than wanted, fewer or from elsewhere: the object changed
     */
    boolean receive() throws ConnectionException, InterruptedException, StorageException {
        if (exchanges == null) {
            throw new IllegalStateException("nothing was sent");
        }
        if (awaitOpen() != used) {
            exchanges.forEach(Exchange::abandon); // bytes of another object, if any
            send();
            sentAgain = true;
        }
        String path = object.path().value();
        Reply afterSeek = exchanges.get(1).await(); // the server answers in order: one wait for both
        Reply seek = exchanges.getFirst().await().orThrow("read", path);
        Reply read = afterSeek.orThrow("read", path);
        long position;
        try {
            position = ObjectMessages.seekReply(seek.body());
        } catch (MalformedMessage e) {
            connection.abort(Reason.CORRUPT, "the server broke the protocol: " + e.getMessage());
            throw new StorageException(Reason.CORRUPT, "read", path, String.valueOf(e.getMessage()), e);
        }
        return seek.status() == 0
                && position == piece.offset()
                && read.status() == piece.length()
                && read.binaryBytes() == piece.length();
    }

    private int awaitOpen() throws ConnectionException, InterruptedException, StorageException {
        try {
            return descriptor.await();
        } catch (StorageException e) {
            table.discard(object.version(), descriptor);
            throw e;
        }
    }

    /** Lets go; after this nothing arrives in the target any more. */
    void end() {
        if (exchanges != null) {
            exchanges.forEach(Exchange::abandon);
        }
        if (check != null) {
            check.end();
        }
        table.release(descriptor);
    }
}
