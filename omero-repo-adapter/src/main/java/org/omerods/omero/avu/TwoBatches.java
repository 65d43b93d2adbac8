package org.omerods.omero.avu;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;

/**
 * Works at two batches at a time, so that the database reads one while the other is made into triples; more would only
 * press on OMERO's own users. Closing ends both and waits. For one thread.
 */
final class TwoBatches implements AutoCloseable {
    private static final int AT_A_TIME = 2;

    private final ExecutorService threads = Executors.newFixedThreadPool(
            AT_A_TIME, Thread.ofPlatform().daemon().name("omero-batch-", 0).factory());
    private final Deque<Future<?>> running = new ArrayDeque<>();

    /** One batch. */
    interface Work {
        void run() throws SQLException;
    }

    /** Starts a batch, after the end of the last but one. Throws what an earlier one failed with. */
    void submit(Work work) throws SQLException, StorageException {
        if (running.size() == AT_A_TIME) {
            await(running.remove());
        }
        running.add(threads.submit(() -> {
            work.run();
            return work;
        }));
    }

    void awaitAll() throws SQLException, StorageException {
        while (!running.isEmpty()) {
            await(running.remove());
        }
    }

    private static void await(Future<?> batch) throws SQLException, StorageException {
        try {
            var _ = batch.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException cause) {
                throw new SQLException(cause.getMessage(), cause.getSQLState(), cause);
            }
            throw new IllegalStateException("a batch failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageException(Reason.INTERRUPTED, "read filesets", "/", "somebody does not want to wait");
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        threads.close();
    }
}
