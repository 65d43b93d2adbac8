package org.omerods.fs.block;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.omerods.fs.plan.ByteRange;
import org.omerods.storage.ObjectReader.Priority;

/**
 * Which blocks of one object are here, on their way, and in use. Bookkeeping alone: no I/O. Thread-safe; one lock guards
 * everything, and nothing else is locked or called under it.
 *
 * <p>Two invariants: the ranges of the fetches under way do not overlap, which is what makes each block be fetched once;
 * and an extent with a pin is not evicted, which is what keeps bytes still while they are read.
 */
final class Residency {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition evictionEnded = lock.newCondition();
    private final Evictable owner;
    private final long size;
    private final int blockBytes;
    private final int extentBytes;
    private final Map<Long, Extent> extents = new HashMap<>();
    private final NavigableMap<Long, Fetch> fetches = new TreeMap<>();
    private int users;
    private boolean retired;

    Residency(Evictable owner, long size, int blockBytes, int extentBytes) {
        this.owner = owner;
        this.size = size;
        this.blockBytes = blockBytes;
        this.extentBytes = extentBytes;
    }

    /** Pins a range when all of it is here. Returns its extents, none when something is missing. */
    List<Extent> pinIfPresent(ByteRange range) {
        lock.lock();
        try {
            if (retired || !missing(range).isEmpty()) {
                return List.of();
            }
            return pin(range);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Pins a range and says what is to be done for it; pieces that nobody fetches yet become the caller's. Empty when the
     * object is retired.
     */
    Optional<Claim> claim(ByteRange range, Priority priority) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (isEvicting(range)) {
                evictionEnded.await();
            }
            if (retired) {
                return Optional.empty();
            }
            List<ByteRange> missing = missing(range.alignedTo(blockBytes, size));
            List<Fetch> others = fetchesOf(range);
            for (Fetch other : others) {
                missing = missing.stream()
                        .flatMap(part -> part.minus(other.range()).stream())
                        .toList();
            }
            List<Fetch> own = missing.stream()
                    .flatMap(part -> part.cutAt(extentBytes).stream())
                    .map(piece -> new Fetch(piece, priority))
                    .toList();
            for (Fetch fetch : own) {
                fetches.put(fetch.range().start(), fetch);
                pin(fetch.range());
            }
            pin(range);
            return Optional.of(new Claim(range, own, others));
        } finally {
            lock.unlock();
        }
    }

    /** The bytes of a fetch are in the file and verified: from now on they are here. Returns the extents, still pinned. */
    List<Extent> publish(Fetch fetch) {
        lock.lock();
        try {
            fetches.remove(fetch.range().start());
            List<Extent> touched = extentsOf(fetch.range());
            for (Extent extent : touched) {
                ByteRange part = common(extent.range, fetch.range());
                extent.present.set(blockOf(part.start(), extent), blockOf(part.end() + blockBytes - 1, extent));
                extent.presentBytes += part.length();
            }
            return touched;
        } finally {
            lock.unlock();
        }
    }

    /** A fetch brought nothing: the next one who needs the range tries again. */
    void abandon(Fetch fetch) {
        lock.lock();
        try {
            fetches.remove(fetch.range().start());
        } finally {
            lock.unlock();
        }
    }

    /** Lets go of a range. Returns whether this was the last use of a retired object. */
    boolean unpin(ByteRange range) {
        lock.lock();
        try {
            for (Extent extent : extentsOf(range)) {
                extent.pins--;
                if (extent.pins == 0 && extent.presentBytes == 0) {
                    extents.remove(extent.range.start());
                }
            }
            users--;
            return retired && users == 0;
        } finally {
            lock.unlock();
        }
    }

    /** See {@link Evictable#beginEviction}. */
    long beginEviction(Extent extent) {
        lock.lock();
        try {
            if (extent.pins > 0 || extent.evicting || extent.presentBytes == 0) {
                return 0;
            }
            long bytes = extent.presentBytes;
            extent.present.clear();
            extent.presentBytes = 0;
            extent.evicting = true;
            users++;
            return bytes;
        } finally {
            lock.unlock();
        }
    }

    /** The space of an extent was given back. Returns whether this was the last use of a retired object. */
    boolean endEviction(Extent extent) {
        lock.lock();
        try {
            extents.remove(extent.range.start(), extent);
            users--;
            evictionEnded.signalAll();
            return retired && users == 0;
        } finally {
            lock.unlock();
        }
    }

    /** From now on nothing can be claimed. Returns whether nobody uses the object any more. */
    boolean retire() {
        lock.lock();
        try {
            boolean first = !retired;
            retired = true;
            return first && users == 0;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Forgets all blocks of an unused object and runs {@code detach} (quick, no locks) in the same moment. Returns the
     * extents that held something; none when the object is in use.
     */
    List<Extent> clearIfUnused(Runnable detach) {
        lock.lock();
        try {
            if (users > 0) {
                return List.of();
            }
            List<Extent> cleared = List.copyOf(extents.values());
            cleared.forEach(extent -> extent.evicting = true); // the budget may still know them
            extents.clear();
            detach.run();
            return cleared;
        } finally {
            lock.unlock();
        }
    }

    private List<Extent> pin(ByteRange range) {
        List<Extent> pinned = new ArrayList<>();
        for (ByteRange part : range.cutAt(extentBytes)) {
            long start = part.start() / extentBytes * extentBytes;
            Extent extent = extents.computeIfAbsent(
                    start,
                    from -> new Extent(owner, ByteRange.of(from, extentBytes).within(size)));
            extent.pins++;
            pinned.add(extent);
        }
        users++;
        return pinned;
    }

    private List<Extent> extentsOf(ByteRange range) {
        List<Extent> found = new ArrayList<>();
        for (ByteRange part : range.cutAt(extentBytes)) {
            Extent extent = extents.get(part.start() / extentBytes * extentBytes);
            if (extent != null) {
                found.add(extent);
            }
        }
        return found;
    }

    private boolean isEvicting(ByteRange range) {
        return extentsOf(range.alignedTo(extentBytes, size)).stream().anyMatch(extent -> extent.evicting);
    }

    private List<Fetch> fetchesOf(ByteRange range) {
        Long first = fetches.floorKey(range.start());
        return fetches.subMap(first == null ? range.start() : first, true, range.end(), false).values().stream()
                .filter(fetch -> fetch.range().overlaps(range))
                .toList();
    }

    /** The parts of {@code range} that are not here, in whole blocks, neighbours joined. */
    private List<ByteRange> missing(ByteRange range) {
        List<ByteRange> missing = new ArrayList<>();
        for (ByteRange part : range.cutAt(extentBytes)) {
            long base = part.start() / extentBytes * extentBytes;
            Extent extent = extents.get(base);
            BitSet present = extent == null ? new BitSet() : extent.present;
            int end = (int) ((part.end() - base + blockBytes - 1) / blockBytes);
            int from = present.nextClearBit((int) ((part.start() - base) / blockBytes));
            while (from < end) {
                int next = present.nextSetBit(from);
                int to = next < 0 ? end : Math.min(next, end);
                append(missing, new ByteRange(base + (long) from * blockBytes, base + (long) to * blockBytes));
                from = present.nextClearBit(to);
            }
        }
        return missing.stream().map(part -> part.within(size)).toList();
    }

    private static void append(List<ByteRange> ranges, ByteRange next) {
        if (!ranges.isEmpty() && ranges.getLast().end() == next.start()) {
            ranges.add(new ByteRange(ranges.removeLast().start(), next.end()));
        } else {
            ranges.add(next);
        }
    }

    private static ByteRange common(ByteRange a, ByteRange b) {
        return new ByteRange(Math.max(a.start(), b.start()), Math.min(a.end(), b.end()));
    }

    private int blockOf(long offset, Extent extent) {
        return (int) ((offset - extent.range.start()) / blockBytes);
    }
}
