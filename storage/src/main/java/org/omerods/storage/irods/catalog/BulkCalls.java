package org.omerods.storage.irods.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.irods.session.Backoff;
import org.omerods.storage.irods.session.Connection;
import org.omerods.storage.irods.session.ConnectionException;
import org.omerods.storage.irods.session.ConnectionPool;
import org.omerods.storage.irods.session.Lane;
import org.omerods.storage.irods.wire.MalformedMessage;

/**
 * Spreads many pieces of catalog work over several connections: one virtual thread for each, which takes the next piece
 * when it has finished one. A piece may be repeated when its connection breaks. Thread-safe.
 */
final class BulkCalls {
    /** A piece that meets a broken connection is done again, on a new one, this often in all. */
    private static final int MAX_TRIES = 3;

    private final ConnectionPool pool;

    BulkCalls(ConnectionPool pool) {
        this.pool = pool;
    }

    /** What is done with one piece of the work. */
    @FunctionalInterface
    interface Piece<T> {
        void on(Connection connection, T piece)
                throws ConnectionException, InterruptedException, MalformedMessage, StorageException;
    }

    /** Does all pieces, in no particular order; the first failure ends the whole. */
    <T> void run(String operation, List<T> pieces, Piece<T> call) throws StorageException {
        ConcurrentLinkedQueue<T> queue = new ConcurrentLinkedQueue<>(pieces);
        int workers = Math.min(pool.size(Lane.BULK), pieces.size());
        try (ExecutorService executor = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("irods-bulk-", 0).factory())) {
            List<Future<Boolean>> running = new ArrayList<>();
            for (int i = 0; i < workers; i++) {
                int number = i;
                running.add(executor.submit(() -> work(operation, queue, number, call)));
            }
            await(operation, executor, running);
        }
    }

    private <T> boolean work(String operation, ConcurrentLinkedQueue<T> queue, int number, Piece<T> call)
            throws StorageException {
        try {
            for (T piece = queue.poll(); piece != null; piece = queue.poll()) {
                attempt(piece, number, call);
            }
            return true;
        } catch (ConnectionException e) {
            queue.clear();
            throw e.toStorageException(operation, pool.endpoint().toString());
        } catch (MalformedMessage e) {
            queue.clear();
            throw new StorageException(
                    Reason.CORRUPT,
                    operation,
                    pool.endpoint().toString(),
                    "the server's answer is damaged: " + e.getMessage(),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted(operation, e);
        }
    }

    private <T> void attempt(T piece, int number, Piece<T> call)
            throws ConnectionException, InterruptedException, MalformedMessage, StorageException {
        for (int failures = 1; ; failures++) {
            try {
                Connection connection = pool.connection(Lane.BULK, number);
                try {
                    call.on(connection, piece);
                    return;
                } catch (MalformedMessage e) {
                    connection.abort(Reason.CORRUPT, "the server broke the protocol: " + e.getMessage());
                    throw e;
                }
            } catch (ConnectionException e) {
                if (failures == MAX_TRIES || e.reason() != Reason.UNAVAILABLE) {
                    throw e;
                }
                Backoff.pause(failures);
            }
        }
    }

    private void await(String operation, ExecutorService executor, List<Future<Boolean>> running)
            throws StorageException {
        try {
            for (Future<Boolean> worker : running) {
                worker.get();
            }
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
            throw interrupted(operation, e);
        } catch (ExecutionException e) {
            executor.shutdownNow();
            if (e.getCause() instanceof StorageException failure) {
                throw failure.forAnotherCaller();
            }
            throw new IllegalStateException(operation + " failed", e);
        }
    }

    private StorageException interrupted(String operation, InterruptedException cause) {
        return new StorageException(
                Reason.INTERRUPTED, operation, pool.endpoint().toString(), "interrupted while waiting", cause);
    }
}
