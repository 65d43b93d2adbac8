package org.omerods.fs.block;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.omerods.fs.plan.ByteRange;

/** The extents of one object that have blocks or users, and which blocks are here. Guarded by the lock of its owner. */
final class ExtentMap {
    private final Evictable owner;
    private final long size;
    private final int blockBytes;
    private final int extentBytes;
    private final Map<Long, Extent> byStart = new HashMap<>();
    private long presentBytes;

    ExtentMap(Evictable owner, long size, int blockBytes, int extentBytes) {
        this.owner = owner;
        this.size = size;
        this.blockBytes = blockBytes;
        this.extentBytes = extentBytes;
    }

    /** The smallest range of whole blocks around {@code range}. */
    ByteRange blocksOf(ByteRange range) {
        return range.alignedTo(blockBytes, size);
    }

    /** Pieces that lie in one extent each. */
    List<ByteRange> pieces(ByteRange range) {
        return range.cutAt(extentBytes);
    }

    /** The extents of a range that exist, in order. */
    List<Extent> present(ByteRange range) {
        List<Extent> found = new ArrayList<>();
        for (ByteRange piece : pieces(range)) {
            Extent extent = byStart.get(startOf(piece));
            if (extent != null) {
                found.add(extent);
            }
        }
        return found;
    }

    /** The extents of a range, made where they do not exist, in order. */
    List<Extent> all(ByteRange range) {
        return pieces(range).stream()
                .map(piece -> byStart.computeIfAbsent(
                        startOf(piece),
                        from -> new Extent(
                                owner, ByteRange.of(from, extentBytes).within(size))))
                .toList();
    }

    /** The parts of {@code range} that are not here, in whole blocks, neighbours joined. */
    List<ByteRange> missing(ByteRange range) {
        List<ByteRange> missing = new ArrayList<>();
        for (ByteRange piece : pieces(range)) {
            long base = startOf(piece);
            Extent extent = byStart.get(base);
            BitSet present = extent == null ? new BitSet() : extent.present;
            int end = (int) Math.ceilDiv(piece.end() - base, blockBytes);
            int from = present.nextClearBit((int) ((piece.start() - base) / blockBytes));
            while (from < end) {
                int next = present.nextSetBit(from);
                int to = next < 0 ? end : Math.min(next, end);
                append(missing, new ByteRange(base + (long) from * blockBytes, base + (long) to * blockBytes));
                from = present.nextClearBit(to);
            }
        }
        return missing.stream().map(part -> part.within(size)).toList();
    }

    /** Whole blocks are here from now on. Their extents must exist. */
    void mark(ByteRange blocks) {
        for (ByteRange piece : pieces(blocks)) {
            Extent extent = byStart.get(startOf(piece));
            if (extent == null) {
                throw new IllegalStateException("blocks outside of any extent: " + piece);
            }
            long base = extent.range.start();
            int from = (int) ((piece.start() - base) / blockBytes);
            extent.present.set(from, (int) Math.ceilDiv(piece.end() - base, blockBytes));
            extent.presentBytes += piece.length();
            presentBytes += piece.length();
        }
    }

    /** Blocks of one extent are gone. Returns how many bytes were here. */
    long unmark(Extent extent, ByteRange blocks) {
        long base = extent.range.start();
        int to = (int) Math.ceilDiv(blocks.end() - base, blockBytes);
        long before = extent.presentBytes;
        int from = extent.present.nextSetBit((int) ((blocks.start() - base) / blockBytes));
        for (int block = from; block >= 0 && block < to; block = extent.present.nextSetBit(block + 1)) {
            extent.present.clear(block);
            extent.presentBytes -= ByteRange.of(base + (long) block * blockBytes, blockBytes)
                    .within(size)
                    .length();
        }
        long gone = before - extent.presentBytes;
        presentBytes -= gone;
        return gone;
    }

    boolean isComplete() {
        return presentBytes == size;
    }

    /** How many bytes are here. */
    long presentBytes() {
        return presentBytes;
    }

    void remove(Extent extent) {
        byStart.remove(extent.range.start(), extent);
    }

    /** Forgets all extents and returns them. */
    List<Extent> clear() {
        List<Extent> cleared = List.copyOf(byStart.values());
        byStart.clear();
        presentBytes = 0;
        return cleared;
    }

    private long startOf(ByteRange piece) {
        return piece.start() / extentBytes * extentBytes;
    }

    private static void append(List<ByteRange> ranges, ByteRange next) {
        if (!ranges.isEmpty() && ranges.getLast().end() == next.start()) {
            ranges.add(new ByteRange(ranges.removeLast().start(), next.end()));
        } else {
            ranges.add(next);
        }
    }
}
