package org.omerods.fs.block;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** The files that a person wants kept, within a share of the budget. Thread-safe; no other lock is taken under its own. */
final class Pins {
    /** The rest is for everything else: a cache without room fetches past itself. */
    private static final int MAX_PERCENT = 75;

    private final ReentrantLock lock = new ReentrantLock();
    private final long maxBytes;

    /** Sizes of their objects. */
    private final Map<CachedFile, Long> pinned = new HashMap<>();

    private long totalBytes;

    Pins(long budgetBytes) {
        this.maxBytes = budgetBytes / 100 * MAX_PERCENT;
    }

    /** False when there is no room for it among the pinned. */
    boolean add(CachedFile file) {
        long size = file.key().version().size();
        lock.lock();
        try {
            if (pinned.containsKey(file)) {
                return true;
            }
            if (totalBytes + size > maxBytes) {
                return false;
            }
            pinned.put(file, size);
            totalBytes += size;
            return true;
        } finally {
            lock.unlock();
        }
    }

    void remove(CachedFile file) {
        lock.lock();
        try {
            Long size = pinned.remove(file);
            totalBytes -= size == null ? 0 : size;
        } finally {
            lock.unlock();
        }
    }

    long maxBytes() {
        return maxBytes;
    }

    long totalBytes() {
        lock.lock();
        try {
            return totalBytes;
        } finally {
            lock.unlock();
        }
    }
}
