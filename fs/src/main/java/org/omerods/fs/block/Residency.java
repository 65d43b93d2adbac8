package org.omerods.fs.block;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
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
    private final ExtentMap extents;

    /** Under way, by the start of their ranges. */
    private final NavigableMap<Long, Fetch> fetches = new TreeMap<>();

    /** Pinned ranges and evictions: while there are any, the block file must stay open. */
    private int users;

    private boolean retired;

    /** Whole blocks that evictions spare; disjoint, in order. */
    private List<ByteRange> spared = List.of();

    Residency(ExtentMap extents) {
        this.extents = extents;
    }

    /** Pins a range when all of it is here. Returns its extents, none when something is missing. */
    List<Extent> pinIfPresent(ByteRange range) {
        lock.lock();
        try {
            List<Extent> found = retired ? List.of() : extents.ifAllPresent(range);
            if (!found.isEmpty()) {
                found.forEach(extent -> extent.pins++);
                users++;
            }
            return found;
        } finally {
            lock.unlock();
        }
    }

    /** Whether all of a range is here just now. */
    boolean isPresent(ByteRange range) {
        lock.lock();
        try {
            return extents.missing(range).isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** The parts of a range that are neither here nor on their way, in whole blocks. */
    List<ByteRange> missing(ByteRange range) {
        lock.lock();
        try {
            return missing(range, fetchesOf(range));
        } finally {
            lock.unlock();
        }
    }

    private List<ByteRange> missing(ByteRange range, List<Fetch> others) {
        List<ByteRange> missing = extents.missing(extents.blocksOf(range));
        for (Fetch other : others) {
            missing = missing.stream()
                    .flatMap(part -> part.minus(other.range()).stream())
                    .toList();
        }
        return missing;
    }

    /**
     * Pins a range and says what is to be done for it; pieces that nobody fetches yet become the caller's. Empty when the
     * object is retired.
     */
    Optional<Claim> claim(ByteRange range, Priority priority) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (extents.present(range).stream().anyMatch(extent -> extent.evicting)) {
                evictionEnded.await();
            }
            if (retired) {
                return Optional.empty();
            }
            List<Fetch> others = fetchesOf(range);
            List<Fetch> own = newFetches(range, others, priority);
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

    /** Blocks that the index of an earlier process tells of. {@code start} is that of an extent, bits are its blocks. */
    Extent restore(long start, BitSet blocks) {
        lock.lock();
        try {
            Extent extent = extents.all(ByteRange.of(start, 1)).getFirst();
            extents.restore(extent, blocks);
            return extent;
        } finally {
            lock.unlock();
        }
    }

    /** Blocks in and around a range that have to be compared with the index, pinned each for itself. */
    List<ByteRange> pinRestored(ByteRange range) {
        lock.lock();
        try {
            if (retired) {
                return List.of();
            }
            List<ByteRange> runs = extents.restored(extents.blocksOf(range));
            runs.forEach(this::pin);
            return runs;
        } finally {
            lock.unlock();
        }
    }

    /**
     * A run of {@link #pinRestored} was compared: the {@code good} of its blocks are here from now on, the others gone. It
     * stays pinned. Of two who compared the same block the first one counts. Returns how many bytes are gone.
     */
    long settle(ByteRange run, BitSet good) {
        lock.lock();
        try {
            return extents.settle(extents.present(run).getFirst(), run, good);
        } finally {
            lock.unlock();
        }
    }

    /** See {@link ExtentMap#doubt}. */
    long doubt(ByteRange range) {
        lock.lock();
        try {
            return retired ? 0 : extents.doubt(range);
        } finally {
            lock.unlock();
        }
    }

    /** All extents that hold something. */
    List<Extent> held() {
        lock.lock();
        try {
            return extents.held();
        } finally {
            lock.unlock();
        }
    }

    /** Whether everything is here and verified. */
    boolean isComplete() {
        lock.lock();
        try {
            return extents.isComplete();
        } finally {
            lock.unlock();
        }
    }

    /** The bytes of a fetch are in the file and verified: from now on they are here. Its range stays pinned. Returns whether all of the object is. */
    boolean publish(Fetch fetch) {
        lock.lock();
        try {
            fetches.remove(fetch.range().start());
            extents.mark(fetch.range());
            return extents.isComplete();
        } finally {
            lock.unlock();
        }
    }

    /** A fetch brought nothing: the next one who needs the range tries again. Its range stays pinned. */
    void abandon(Fetch fetch) {
        lock.lock();
        try {
            fetches.remove(fetch.range().start());
        } finally {
            lock.unlock();
        }
    }

    /** The extents of a pinned range. */
    List<Extent> pinned(ByteRange range) {
        lock.lock();
        try {
            return extents.present(range);
        } finally {
            lock.unlock();
        }
    }

    /** Lets go of a range. Returns whether this was the last use of a retired object. */
    boolean unpin(ByteRange range) {
        lock.lock();
        try {
            for (Extent extent : extents.present(range)) {
                extent.pins--;
                if (extent.pins == 0 && extent.presentBytes == 0) {
                    extents.remove(extent);
                }
            }
            return leave();
        } finally {
            lock.unlock();
        }
    }

    /** See {@link Evictable#beginEviction}. */
    long beginEviction(Extent extent) {
        lock.lock();
        try {
            if (extent.pins > 0 || extent.evicting) {
                return Evictable.IN_USE;
            }
            List<ByteRange> leaving = withoutSpared(extent.range);
            long bytes = leaving.stream()
                    .mapToLong(part -> extents.unmark(extent, part))
                    .sum();
            if (bytes > 0) {
                extent.leaving = leaving;
                extent.evicting = true;
                users++;
            }
            return bytes;
        } finally {
            lock.unlock();
        }
    }

    /** What {@link #beginEviction} took from an extent. */
    List<ByteRange> leaving(Extent extent) {
        lock.lock();
        try {
            return extent.leaving;
        } finally {
            lock.unlock();
        }
    }

    /** The space of an extent was given back. Returns whether this was the last use of a retired object. */
    boolean endEviction(Extent extent) {
        lock.lock();
        try {
            extent.evicting = false;
            extent.leaving = List.of();
            if (extent.pins == 0 && extent.presentBytes == 0) {
                extents.remove(extent);
            }
            evictionEnded.signalAll();
            return leave();
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
            List<Extent> cleared = extents.clear();
            cleared.forEach(extent -> extent.evicting = true); // the budget may still know them
            detach.run();
            return cleared;
        } finally {
            lock.unlock();
        }
    }

    /** Evictions spare these from now on, and nothing else: whole blocks, disjoint. */
    void spare(List<ByteRange> ranges) {
        lock.lock();
        try {
            spared = ranges;
        } finally {
            lock.unlock();
        }
    }

    /** Whole blocks around some ranges, in order and joined. */
    List<ByteRange> blocksOf(List<ByteRange> ranges) {
        List<ByteRange> joined = new ArrayList<>();
        ranges.stream()
                .map(extents::blocksOf)
                .filter(blocks -> !blocks.isEmpty())
                .sorted(Comparator.comparingLong(ByteRange::start))
                .forEach(blocks -> {
                    if (!joined.isEmpty() && joined.getLast().end() >= blocks.start()) {
                        ByteRange last = joined.removeLast();
                        joined.add(new ByteRange(last.start(), Math.max(last.end(), blocks.end())));
                    } else {
                        joined.add(blocks);
                    }
                });
        return List.copyOf(joined);
    }

    /** How many bytes are here. */
    long presentBytes() {
        lock.lock();
        try {
            return extents.presentBytes();
        } finally {
            lock.unlock();
        }
    }

    private List<ByteRange> withoutSpared(ByteRange range) {
        List<ByteRange> rest = List.of(range);
        for (ByteRange kept : spared.stream().filter(range::overlaps).toList()) {
            rest = rest.stream().flatMap(part -> part.minus(kept).stream()).toList();
        }
        return rest;
    }

    private List<Extent> pin(ByteRange range) {
        List<Extent> pinned = extents.all(range);
        pinned.forEach(extent -> extent.pins++);
        users++;
        return pinned;
    }

    private boolean leave() {
        users--;
        return retired && users == 0;
    }

    private List<Fetch> fetchesOf(ByteRange range) {
        Long before = fetches.floorKey(range.start());
        long from = before == null ? range.start() : before;
        return fetches.subMap(from, true, range.end(), false).values().stream()
                .filter(fetch -> fetch.range().overlaps(range))
                .toList();
    }

    private List<Fetch> newFetches(ByteRange range, List<Fetch> others, Priority priority) {
        return missing(range, others).stream()
                .flatMap(part -> extents.pieces(part).stream())
                .map(piece -> new Fetch(piece, priority))
                .toList();
    }
}
