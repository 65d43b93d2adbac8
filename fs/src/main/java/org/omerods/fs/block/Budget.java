package org.omerods.fs.block;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes the block files may hold together. Bytes are reserved before they are fetched, so that the budget is never
 * exceeded; above a high watermark somebody is to {@link #trim} in the background, so that a reserving reader finds room
 * without waiting for an eviction. Thread-safe; it has no lock.
 */
final class Budget {
    /** In percent of the budget: the difference is time enough for a trim at any speed that a link has. */
    private static final int HIGH_WATERMARK = 95;

    private static final int LOW_WATERMARK = 90;

    private final long maxBytes;
    private final ReadCounters counters;
    private final Retention retention;
    private final AtomicLong usedBytes = new AtomicLong();
    private final AtomicBoolean trimming = new AtomicBoolean();

    Budget(long maxBytes, ReadCounters counters) {
        this.maxBytes = maxBytes;
        this.counters = counters;
        this.retention = new Retention(maxBytes);
    }

    /** Takes room for {@code bytes}, evicting what it must. False when all that could go is in use. */
    boolean reserve(long bytes) {
        while (bytes <= maxBytes) {
            long used = usedBytes.get();
            if (used + bytes <= maxBytes) {
                if (usedBytes.compareAndSet(used, used + bytes)) {
                    return true;
                }
            } else if (!evictTo(maxBytes - bytes)) {
                return false;
            }
        }
        return false;
    }

    /** Whether the high watermark is passed and nobody trims yet; who is told true has to {@link #trim}. */
    boolean wantsTrim() {
        return usedBytes.get() > maxBytes / 100 * HIGH_WATERMARK && trimming.compareAndSet(false, true);
    }

    /** Evicts down to the low watermark. */
    void trim() {
        try {
            evictTo(maxBytes / 100 * LOW_WATERMARK);
        } finally {
            trimming.set(false);
        }
    }

    /** The disk is smaller than the budget: evicts an eighth of what there is, so that newer bytes find room. */
    void makeRoomOnDisk() {
        evictTo(usedBytes.get() / 8 * 7);
    }

    /** Evicts until no more than {@code targetBytes} are used. False when it could not get there. */
    boolean evictTo(long targetBytes) {
        List<Extent> inUse = new ArrayList<>();
        while (usedBytes.get() > targetBytes) {
            Optional<Extent> next = retention.poll();
            if (next.isEmpty()) {
                break;
            }
            Extent victim = next.get();
            long freed = victim.owner.beginEviction(victim);
            if (freed == Evictable.IN_USE) {
                inUse.add(victim);
            } else {
                retention.evicted(victim);
            }
            if (freed > 0) {
                usedBytes.addAndGet(-freed);
                counters.evictedBytes.add(freed);
                victim.owner.endEviction(victim);
            }
        }
        inUse.forEach(retention::putBack);
        return usedBytes.get() <= targetBytes;
    }

    /** Evicts one extent unless it is in use. */
    void evict(Extent extent) {
        long freed = extent.owner.beginEviction(extent);
        if (freed > 0) {
            retention.remove(extent);
            retention.evicted(extent);
            usedBytes.addAndGet(-freed);
            counters.evictedBytes.add(freed);
            extent.owner.endEviction(extent);
        }
    }

    /** Bytes that are there already, whether there is room for them or not. */
    void adopt(long bytes) {
        usedBytes.addAndGet(bytes);
    }

    /** Gives a reservation back that was not filled. */
    void release(long bytes) {
        usedBytes.addAndGet(-bytes);
    }

    /** The extents were read just now. They must be pinned. */
    void touch(List<Extent> extents) {
        extents.forEach(retention::used);
    }

    /** The extents have more blocks than before. They must be pinned. */
    void grown(List<Extent> extents) {
        extents.forEach(retention::grown);
    }

    /** The extents are gone together with their file. */
    void remove(List<Extent> extents) {
        for (Extent extent : extents) {
            retention.remove(extent);
            usedBytes.addAndGet(-extent.presentBytes);
        }
    }

    long usedBytes() {
        return usedBytes.get();
    }
}
