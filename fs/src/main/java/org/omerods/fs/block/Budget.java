package org.omerods.fs.block;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many bytes the block files may hold together, and which extents go first: those not used for the longest time. Bytes
 * are reserved before they are fetched, so that the budget is never exceeded. Thread-safe; its lock is taken before that of
 * a {@link Residency}, never after.
 */
final class Budget {
    private final ReentrantLock lock = new ReentrantLock();
    private final long maxBytes;
    private final ReadCounters counters;

    /** In order of last use. Guarded by the lock, as is the count. */
    private final Map<Extent, Extent> byUse = new LinkedHashMap<>(16, 0.75f, true);

    private long usedBytes;

    Budget(long maxBytes, ReadCounters counters) {
        this.maxBytes = maxBytes;
        this.counters = counters;
    }

    /** Takes room for {@code bytes}, evicting what it must. False when all that could go is in use. */
    boolean reserve(long bytes) {
        if (bytes > maxBytes) {
            return false;
        }
        List<Extent> victims = new ArrayList<>();
        boolean reserved;
        lock.lock();
        try {
            takeVictims(maxBytes - bytes, victims);
            reserved = usedBytes + bytes <= maxBytes;
            usedBytes += reserved ? bytes : 0;
        } finally {
            lock.unlock();
        }
        victims.forEach(victim -> victim.owner.endEviction(victim));
        return reserved;
    }

    /** The disk is smaller than the budget: evicts an eighth of what there is, so that newer bytes find room. */
    void makeRoomOnDisk() {
        evictTo(usedBytes() / 8 * 7);
    }

    private void evictTo(long targetBytes) {
        List<Extent> victims = new ArrayList<>();
        lock.lock();
        try {
            takeVictims(targetBytes, victims);
        } finally {
            lock.unlock();
        }
        victims.forEach(victim -> victim.owner.endEviction(victim));
    }

    /** Takes extents out, the longest unused first, until no more than {@code targetBytes} are used. Under the lock. */
    private void takeVictims(long targetBytes, List<Extent> victims) {
        Iterator<Extent> eldest = byUse.keySet().iterator();
        while (usedBytes > targetBytes && eldest.hasNext()) {
            Extent candidate = eldest.next();
            long freed = candidate.owner.beginEviction(candidate);
            if (freed > 0) {
                eldest.remove();
                usedBytes -= freed;
                counters.evictedBytes.add(freed);
                victims.add(candidate);
            }
        }
    }

    /** Bytes that are there already, whether there is room for them or not: see {@link #trim}. */
    void adopt(long bytes) {
        lock.lock();
        try {
            usedBytes += bytes;
        } finally {
            lock.unlock();
        }
    }

    /** Evicts what is more than the budget. */
    void trim() {
        evictTo(maxBytes);
    }

    /** Gives a reservation back that was not filled. */
    void release(long bytes) {
        lock.lock();
        try {
            usedBytes -= bytes;
        } finally {
            lock.unlock();
        }
    }

    /** The extents were used just now. They must be pinned. */
    void touch(List<Extent> extents) {
        lock.lock();
        try {
            extents.forEach(extent -> byUse.put(extent, extent));
        } finally {
            lock.unlock();
        }
    }

    /** The extents are gone together with their file. */
    void remove(List<Extent> extents) {
        lock.lock();
        try {
            for (Extent extent : extents) {
                if (byUse.remove(extent) != null) {
                    usedBytes -= extent.presentBytes;
                }
            }
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
}
