package org.omerods.fs.meta;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;

/**
 * Lets one load serve all who wait for the same key. The load runs on a thread of its own: a waiter who is interrupted goes
 * away alone. Nothing is kept when it ended. Thread-safe.
 */
final class SingleFlight<K, V> {
    /** Asks the storage. */
    interface Loader<V> {
        V load() throws StorageException;
    }

    private final Map<K, CompletableFuture<V>> loads = new ConcurrentHashMap<>();
    private final String operation;
    private final Executor executor;

    /** @param operation what a load does, for messages */
    SingleFlight(String operation, Executor executor) {
        this.operation = operation;
        this.executor = executor;
    }

    /** The value of the load under way for {@code key}, or of a new one. */
    V join(K key, Loader<V> loader) throws StorageException {
        return await(key, begin(key, loader));
    }

    /** Begins a load for {@code key} unless one is under way; returns what ends with its value, or a StorageException. */
    CompletableFuture<V> begin(K key, Loader<V> loader) {
        CompletableFuture<V> fresh = new CompletableFuture<>();
        CompletableFuture<V> running = loads.putIfAbsent(key, fresh);
        if (running == null) {
            start(key, fresh, loader);
        }
        return running == null ? fresh : running;
    }

    /** Later callers do not join what is under way: it may have been asked before something changed. */
    void detachAll() {
        loads.clear();
    }

    private void start(K key, CompletableFuture<V> load, Loader<V> loader) {
        try {
            executor.execute(() -> run(key, load, loader));
        } catch (RejectedExecutionException _) {
            loads.remove(key, load);
            load.completeExceptionally(
                    new StorageException(Reason.CLOSED, operation, key.toString(), "the metadata cache is closed"));
        }
    }

    private void run(K key, CompletableFuture<V> load, Loader<V> loader) {
        try {
            V value = loader.load();
            loads.remove(key, load);
            load.complete(value);
        } catch (StorageException e) {
            loads.remove(key, load);
            load.completeExceptionally(e);
        } catch (RuntimeException | Error e) {
            loads.remove(key, load);
            load.completeExceptionally(
                    new StorageException(Reason.CORRUPT, operation, key.toString(), "unexpected " + e, e));
        }
    }

    private V await(K key, CompletableFuture<V> load) throws StorageException {
        try {
            return load.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageException(Reason.INTERRUPTED, operation, key.toString(), "interrupted while waiting", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StorageException failure) {
                throw failure.forAnotherCaller();
            }
            throw new IllegalStateException("a load ends by a value or a StorageException", e);
        }
    }
}
