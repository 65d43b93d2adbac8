package org.omerods.fs.block;

import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.omerods.storage.StorageException;

/**
 * Lets fetched bytes through when the object still is the version they were fetched as. Only a check that starts after the
 * last byte arrived says so; therefore nothing is remembered between waves, but all fetches that end while a check is
 * under way share the next one (a group commit). Thread-safe.
 */
final class VersionGate {
    /** The call of the catalog. */
    interface Check {
        void run() throws StorageException;
    }

    private static final class Wave {
        private boolean over;
        private @Nullable StorageException failure;
    }

    /** Held by the thread that checks for its whole wave; guards the fields of waves. */
    private final ReentrantLock turn = new ReentrantLock();

    private final Object boarding = new Object();

    /** The wave that has not started yet; guarded by {@code boarding}. */
    private Wave next = new Wave();

    /** Returns when a check that started after this call succeeded. */
    void pass(Check check) throws StorageException {
        Wave wave;
        synchronized (boarding) {
            wave = next;
        }
        turn.lock();
        try {
            if (!wave.over) {
                synchronized (boarding) {
                    next = new Wave();
                }
                run(wave, check);
            } else if (wave.failure != null) {
                throw wave.failure.forAnotherCaller();
            }
        } finally {
            turn.unlock();
        }
    }

    private static void run(Wave wave, Check check) throws StorageException {
        try {
            check.run();
        } catch (StorageException e) {
            wave.failure = e;
            throw e;
        } finally {
            wave.over = true;
        }
    }
}
