package org.omerods.fs.block;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.omerods.fs.plan.ByteRange;

/**
 * Which blocks ordinary traffic does not evict, within a share of the budget: when that is used up, the file whose
 * protection was renewed the longest ago loses it. Thread-safe; no other lock is taken under its own.
 */
final class Protections {
    /** Indexes of slides are some MiB each. What browses may have the rest: a cache full of indexes shows no picture. */
    private static final int SHARE_OF_BUDGET = 4;

    private final ReentrantLock lock = new ReentrantLock();
    private final long maxBytes;

    /** Protected bytes of each file, in order of renewal. Guarded by the lock, as is the sum. */
    private final Map<CachedFile, Long> byAge = new LinkedHashMap<>();

    private long totalBytes;

    Protections(long budgetBytes) {
        this.maxBytes = budgetBytes / SHARE_OF_BUDGET;
    }

    /** Protects whole blocks of a file, and no others of it. False when they alone are more than the share. */
    boolean protect(CachedFile file, List<ByteRange> blocks) {
        long bytes = blocks.stream().mapToLong(ByteRange::length).sum();
        List<CachedFile> losers = new ArrayList<>();
        lock.lock();
        try {
            forget(file);
            if (bytes > maxBytes) {
                return false;
            }
            for (Iterator<Map.Entry<CachedFile, Long>> eldest = byAge.entrySet().iterator();
                    totalBytes + bytes > maxBytes && eldest.hasNext(); ) {
                Map.Entry<CachedFile, Long> loser = eldest.next();
                eldest.remove();
                totalBytes -= loser.getValue();
                losers.add(loser.getKey());
            }
            if (bytes > 0) {
                byAge.put(file, bytes);
                totalBytes += bytes;
            }
        } finally {
            lock.unlock();
        }
        losers.forEach(loser -> loser.spare(List.of()));
        file.spare(blocks);
        return true;
    }

    /** The file is gone. */
    void remove(CachedFile file) {
        lock.lock();
        try {
            forget(file);
        } finally {
            lock.unlock();
        }
    }

    long totalBytes() {
        lock.lock();
        try {
            return totalBytes;
        } finally {
            lock.unlock();
        }
    }

    private void forget(CachedFile file) {
        Long before = byAge.remove(file);
        totalBytes -= before == null ? 0 : before;
    }
}
