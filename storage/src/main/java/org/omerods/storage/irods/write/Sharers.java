package org.omerods.storage.irods.write;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;
import org.omerods.storage.irods.session.ConnectionException;

/**
 * The threads that share an upload with the one that began it. Closing waits for all of them: none writes any more when
 * it returns.
 */
final class Sharers implements AutoCloseable {
    private final StoragePath path;
    private final Pieces pieces;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> running = new ArrayList<>();

    Sharers(StoragePath path, Pieces pieces) {
        this.path = path;
        this.pieces = pieces;
    }

    @FunctionalInterface
    interface Share {
        void write() throws ConnectionException, InterruptedException, StorageException;
    }

    void start(Share share) {
        running.add(threads.submit(() -> {
            boolean done = false;
            try {
                share.write();
                done = true;
            } finally {
                if (!done) {
                    pieces.stop();
                }
            }
            return true;
        }));
    }

    /** Waits for all, and fails as the first that failed. */
    void join() throws ConnectionException, InterruptedException, StorageException {
        for (Future<?> share : running) {
            try {
                share.get();
            } catch (CancellationException e) {
                throw new InterruptedException("the upload of " + path + " was cancelled");
            } catch (ExecutionException e) {
                switch (e.getCause()) {
                    case ConnectionException c ->
                        throw new StorageException(
                                c.reason(), "write", path.value(), String.valueOf(c.getMessage()), e);
                    case StorageException s -> throw s;
                    case InterruptedException i -> throw i;
                    case null, default ->
                        throw new StorageException(
                                Reason.UNAVAILABLE, "write", path.value(), "a writing thread failed: " + e, e);
                }
            }
        }
    }

    @Override
    public void close() {
        pieces.stop();
        threads.close();
    }
}
