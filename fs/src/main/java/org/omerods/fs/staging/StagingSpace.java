package org.omerods.fs.staging;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;

/** The room of all staged files. Whoever finds it full waits while there is hope, and is then refused. Thread-safe. */
final class StagingSpace {
    /** How often a waiter looks whether there still is hope. */
    private static final long HOPE_MILLIS = 200;

    /** So often it looks in vain before it gives up: room comes back a moment after an upload, with the last close. */
    private static final int LOOKS_IN_VAIN = 3;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition released = lock.newCondition();
    private final long maxBytes;
    private final long maxWaitNanos;
    private final BooleanSupplier hope;

    /** Guarded by lock. */
    private long usedBytes;

    /** How often room was given back. Guarded by lock. */
    private long releases;

    /** @param hope whether something is under way that will free room; asked under this lock, so it takes none */
    StagingSpace(long maxBytes, Duration maxWait, BooleanSupplier hope) {
        this.maxBytes = maxBytes;
        this.maxWaitNanos = maxWait.toNanos();
        this.hope = hope;
    }

    /** Takes room if there is some now. */
    boolean tryReserve(long bytes) {
        lock.lock();
        try {
            if (bytes > maxBytes - usedBytes) {
                return bytes <= 0;
            }
            usedBytes += bytes;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes room, after a wait if need be.
     *
     * @throws StorageException NO_SPACE, INTERRUPTED
     */
    void reserve(StoragePath path, long bytes) throws StorageException {
        long deadline = deadline();
        int inVain = 0;
        lock.lock();
        try {
            while (bytes > maxBytes - usedBytes) {
                inVain = hope.getAsBoolean() ? 0 : inVain + 1;
                if (System.nanoTime() >= deadline || inVain == LOOKS_IN_VAIN) {
                    throw full(path, bytes);
                }
                boolean _ = released.await(HOPE_MILLIS, TimeUnit.MILLISECONDS);
            }
            usedBytes += bytes;
        } catch (InterruptedException e) {
            throw interrupted(path, e);
        } finally {
            lock.unlock();
        }
    }

    /** When a writer that begins to wait now gives up, by {@link System#nanoTime}. */
    long deadline() {
        return System.nanoTime() + maxWaitNanos;
    }

    /**
     * Waits a little for the disk, which is full though there is room by count; false when there is no hope any more.
     *
     * @throws StorageException INTERRUPTED
     */
    boolean awaitRelease(long deadline, StoragePath path) throws StorageException {
        lock.lock();
        try {
            if (System.nanoTime() >= deadline || !hope.getAsBoolean()) {
                return false;
            }
            long seen = releases;
            long left = TimeUnit.MILLISECONDS.toNanos(HOPE_MILLIS);
            while (releases == seen && left > 0) {
                left = released.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException e) {
            throw interrupted(path, e);
        } finally {
            lock.unlock();
        }
    }

    private static StorageException interrupted(StoragePath path, InterruptedException e) {
        Thread.currentThread().interrupt();
        return new StorageException(
                Reason.INTERRUPTED, "write", path.value(), "interrupted while waiting for staging room", e);
    }

    /** Counts what was found at the start, whether or not there is room. */
    void charge(long bytes) {
        lock.lock();
        try {
            usedBytes += bytes;
        } finally {
            lock.unlock();
        }
    }

    void release(long bytes) {
        lock.lock();
        try {
            usedBytes -= bytes;
            releases++;
            released.signalAll();
        } finally {
            lock.unlock();
        }
    }

    long usedBytes() {
        lock.lock();
        try {
            return usedBytes;
        } finally {
            lock.unlock();
        }
    }

    long maxBytes() {
        return maxBytes;
    }

    private StorageException full(StoragePath path, long bytes) {
        return new StorageException(
                Reason.NO_SPACE,
                "write",
                path.value(),
                "staging is full: " + usedBytes + " of " + maxBytes + " bytes are used, " + bytes
                        + " more are wanted (staging.max-size; `omerods status` shows what waits)");
    }
}
