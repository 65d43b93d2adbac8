package org.omerods.storage.irods.catalog;

import java.util.concurrent.locks.ReentrantLock;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.irods.session.Backoff;
import org.omerods.storage.irods.session.Connection;
import org.omerods.storage.irods.session.ConnectionException;
import org.omerods.storage.irods.session.ConnectionPool;
import org.omerods.storage.irods.session.Lane;
import org.omerods.storage.irods.wire.MalformedMessage;

/**
 * Runs calls on the catalog's connection and translates what goes wrong, once. Thread-safe.
 *
 * <p>Changes go one at a time: after a failed rename the server keeps half of it in its open database transaction, and
 * the next successful change on the same connection would commit that.
 */
final class CatalogCalls {
    /** A question that meets a broken connection is asked again, on a new one, this often in all. */
    private static final int MAX_TRIES = 3;

    private final ConnectionPool pool;
    private final ReentrantLock changing = new ReentrantLock(true);

    CatalogCalls(ConnectionPool pool) {
        this.pool = pool;
    }

    /** What is done with a connection. */
    @FunctionalInterface
    interface Call<T> {
        T on(Connection connection)
                throws ConnectionException, InterruptedException, MalformedMessage, StorageException;
    }

    /** Asks something that may be asked twice. */
    <T> T ask(String operation, String path, Call<T> call) throws StorageException {
        return guarded(operation, path, () -> {
            for (int failures = 1; ; failures++) {
                try {
                    return onConnection(pool.connection(Lane.CATALOG), call);
                } catch (ConnectionException e) {
                    if (failures == MAX_TRIES || e.reason() != Reason.UNAVAILABLE) {
                        throw e;
                    }
                    Backoff.pause(failures);
                }
            }
        });
    }

    /** Changes something: once, since a change whose answer was lost may have happened. */
    <T> T change(String operation, String path, Call<T> call) throws StorageException {
        return guarded(operation, path, () -> {
            changing.lockInterruptibly();
            try {
                return onConnection(pool.connection(Lane.CATALOG), call);
            } finally {
                changing.unlock();
            }
        });
    }

    private static <T> T onConnection(Connection connection, Call<T> call)
            throws ConnectionException, InterruptedException, MalformedMessage, StorageException {
        try {
            return call.on(connection);
        } catch (MalformedMessage e) {
            connection.abort(Reason.CORRUPT, "the server broke the protocol: " + e.getMessage());
            throw e;
        }
    }

    @FunctionalInterface
    private interface Body<T> {
        T run() throws ConnectionException, InterruptedException, MalformedMessage, StorageException;
    }

    private static <T> T guarded(String operation, String path, Body<T> body) throws StorageException {
        try {
            return body.run();
        } catch (ConnectionException e) {
            throw e.toStorageException(operation, path);
        } catch (MalformedMessage e) {
            throw new StorageException(
                    Reason.CORRUPT, operation, path, "the server's answer is damaged: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageException(Reason.INTERRUPTED, operation, path, "interrupted while waiting", e);
        }
    }
}
