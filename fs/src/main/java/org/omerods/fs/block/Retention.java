package org.omerods.fs.block;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The order in which extents are given up. Three queues:
 *
 * <ul>
 *   <li><i>young</i>, first in first out: what came just now. All reads of a passing scan fall in here and count as one use.
 *   <li><i>kept</i>, W-TinyLFU: what leaves <i>young</i> stays only if it is used more often than what it would push out. So a
 *       checksum run over a large object passes by, and the levels that everybody looks at stay.
 *   <li><i>dropped</i>, first in first out: what was pushed out, still readable until its space is needed. A use saves it.
 * </ul>
 *
 * See Einziger, Friedman, Manes: "TinyLFU: A Highly Efficient Cache Admission Policy", ACM TOS 13(4), 2017; the frequency
 * sketch remembers what was evicted, too. Thread-safe. The cache inside is never called under the lock, since it calls back.
 */
final class Retention {
    /** Parts of the budget: more than a read-ahead window of 32 MiB in the default budget of 10 GiB. */
    private static final int YOUNG_PERCENT = 10;

    /** The rest of the budget is for <i>young</i> and <i>dropped</i>. */
    private static final int KEPT_PERCENT = 80;

    /** Reads of one extent without another between them are one use; but one that is read all day is in use. */
    private static final int READS_OF_ONE_USE = 64;

    private final ReentrantLock lock = new ReentrantLock();
    private final long maxYoungBytes;
    private final Cache<ExtentName, Extent> kept;

    /** With the bytes that each counts. Guarded by the lock, as are the two below. */
    private final Map<Extent, Long> young = new LinkedHashMap<>();

    private final Set<Extent> dropped = new LinkedHashSet<>();
    private long youngBytes;

    /** For telling one use from the next; a race costs a use more or less. */
    private volatile @Nullable Extent lastUsed;

    Retention(long budgetBytes) {
        this.maxYoungBytes = budgetBytes / 100 * YOUNG_PERCENT;
        this.kept = Caffeine.newBuilder()
                .maximumWeight(Math.max(1, budgetBytes / 100 * KEPT_PERCENT))
                .<ExtentName, Extent>weigher((_, extent) -> Math.toIntExact(extent.presentBytes))
                .executor(Runnable::run)
                .<ExtentName, Extent>evictionListener((_, extent, _) -> {
                    if (extent != null) {
                        drop(extent);
                    }
                })
                .build();
    }

    /** An extent was read. */
    void used(Extent extent) {
        switch (extent.place) {
            case YOUNG, LEAVING -> {}
            case NOWHERE -> grown(extent);
            case KEPT -> {
                if (lastUsed != extent || ++extent.readsOfThisUse % READS_OF_ONE_USE == 0) {
                    lastUsed = extent;
                    var _ = kept.getIfPresent(extent.name);
                }
            }
            case DROPPED -> putBack(extent);
        }
    }

    /** An extent has more blocks than before. */
    void grown(Extent extent) {
        boolean isKept;
        List<Extent> grownUp = new ArrayList<>();
        lock.lock();
        try {
            isKept = extent.place == Extent.Place.KEPT || extent.place == Extent.Place.DROPPED;
            if (!isKept && extent.place != Extent.Place.LEAVING) {
                extent.place = Extent.Place.YOUNG;
                Long before = young.put(extent, extent.presentBytes);
                youngBytes += extent.presentBytes - (before == null ? 0 : before);
                takeGrownUp(grownUp);
            }
        } finally {
            lock.unlock();
        }
        if (isKept) {
            putBack(extent);
        }
        grownUp.forEach(this::keep);
    }

    /** Under the lock. */
    private void takeGrownUp(List<Extent> grownUp) {
        Iterator<Map.Entry<Extent, Long>> eldest = young.entrySet().iterator();
        while (youngBytes > maxYoungBytes && eldest.hasNext()) {
            Map.Entry<Extent, Long> extent = eldest.next();
            eldest.remove();
            youngBytes -= extent.getValue();
            extent.getKey().place = Extent.Place.KEPT;
            grownUp.add(extent.getKey());
        }
    }

    private void keep(Extent extent) {
        kept.put(extent.name, extent);
    }

    private void drop(Extent extent) {
        lock.lock();
        try {
            if (extent.place == Extent.Place.KEPT) {
                extent.place = Extent.Place.DROPPED;
                dropped.add(extent);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The next one to go. It is in no queue then: the caller evicts it, or {@link #putBack}s it. */
    Optional<Extent> poll() {
        Optional<Extent> next = pollDropped();
        if (next.isEmpty()) {
            next = coldest();
        }
        if (next.isEmpty()) {
            next = pollYoung();
        }
        next.ifPresent(extent -> kept.asMap().remove(extent.name, extent));
        return next;
    }

    private Optional<Extent> pollDropped() {
        lock.lock();
        try {
            Optional<Extent> eldest = dropped.stream().findFirst();
            eldest.ifPresent(this::leave);
            return eldest;
        } finally {
            lock.unlock();
        }
    }

    private Optional<Extent> pollYoung() {
        lock.lock();
        try {
            Optional<Extent> eldest = young.keySet().stream().findFirst();
            eldest.ifPresent(this::leave);
            return eldest;
        } finally {
            lock.unlock();
        }
    }

    private Optional<Extent> coldest() {
        Optional<Extent> coldest = kept.policy()
                .eviction()
                .flatMap(order -> order.coldest(1).values().stream().findFirst());
        lock.lock();
        try {
            coldest.ifPresent(this::leave);
        } finally {
            lock.unlock();
        }
        return coldest;
    }

    /** Under the lock. */
    private void leave(Extent extent) {
        extent.place = Extent.Place.LEAVING;
        dropped.remove(extent);
        Long counted = young.remove(extent);
        youngBytes -= counted == null ? 0 : counted;
    }

    /** An extent that was to go is used, or has grown: it is judged anew. */
    void putBack(Extent extent) {
        lock.lock();
        try {
            dropped.remove(extent);
            extent.place = Extent.Place.KEPT;
        } finally {
            lock.unlock();
        }
        keep(extent);
    }

    /** The extent was evicted; what may be left in it, or come, makes it a new one. */
    void evicted(Extent extent) {
        lock.lock();
        try {
            leave(extent);
            extent.place = Extent.Place.NOWHERE;
        } finally {
            lock.unlock();
        }
    }

    /** The extent is gone for good, with its file. */
    void remove(Extent extent) {
        lock.lock();
        try {
            leave(extent);
        } finally {
            lock.unlock();
        }
        kept.asMap().remove(extent.name, extent);
    }
}
