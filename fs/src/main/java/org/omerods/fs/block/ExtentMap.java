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
    private long restoredBlocks;

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

    /** The extents of a range when all of its blocks are here and verified; none otherwise. The way of every warm read. */
    List<Extent> ifAllPresent(ByteRange range) {
        if (isInOneExtent(range)) {
            Extent extent = byStart.get(startOf(range));
            return extent != null && hasAll(extent, range) ? List.of(extent) : List.of();
        }
        List<Extent> found = new ArrayList<>();
        for (ByteRange piece : pieces(range)) {
            Extent extent = byStart.get(startOf(piece));
            if (extent == null || !hasAll(extent, piece)) {
                return List.of();
            }
            found.add(extent);
        }
        return found;
    }

    private boolean hasAll(Extent extent, ByteRange piece) {
        return extent.present.nextClearBit(firstBlock(piece)) >= endBlock(piece);
    }

    private boolean isInOneExtent(ByteRange range) {
        return range.end() <= startOf(range) + extentBytes;
    }

    /** The extents of a range that exist, in order. */
    List<Extent> present(ByteRange range) {
        if (isInOneExtent(range)) {
            Extent extent = byStart.get(startOf(range));
            return extent == null || range.isEmpty() ? List.of() : List.of(extent);
        }
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

    /** The parts of {@code range} that are not here or not verified, in whole blocks, neighbours joined. */
    List<ByteRange> missing(ByteRange range) {
        List<ByteRange> missing = new ArrayList<>();
        for (ByteRange piece : pieces(range)) {
            Extent extent = byStart.get(startOf(piece));
            BitSet wanted = new BitSet();
            wanted.set(firstBlock(piece), endBlock(piece));
            if (extent != null) {
                wanted.andNot(extent.present);
            }
            appendRuns(missing, startOf(piece), wanted);
        }
        return missing.stream().map(part -> part.within(size)).toList();
    }

    /** The blocks of a range that are here by the index alone, neighbours joined within an extent. */
    List<ByteRange> restored(ByteRange range) {
        List<ByteRange> restored = new ArrayList<>();
        if (restoredBlocks == 0) {
            return restored;
        }
        for (ByteRange piece : pieces(range)) {
            Extent extent = byStart.get(startOf(piece));
            if (extent != null) {
                BitSet wanted = new BitSet();
                wanted.set(firstBlock(piece), endBlock(piece));
                wanted.and(extent.restored);
                List<ByteRange> runs = new ArrayList<>();
                appendRuns(runs, startOf(piece), wanted);
                restored.addAll(runs);
            }
        }
        return restored.stream().map(part -> part.within(size)).toList();
    }

    /** Whole blocks are here from now on. Their extents must exist. */
    void mark(ByteRange blocks) {
        for (ByteRange piece : pieces(blocks)) {
            Extent extent = byStart.get(startOf(piece));
            if (extent == null) {
                throw new IllegalStateException("blocks outside of any extent: " + piece);
            }
            extent.present.set(firstBlock(piece), endBlock(piece));
            extent.presentBytes += piece.length();
            presentBytes += piece.length();
        }
    }

    /** Blocks of one extent are here by the index. */
    void restore(Extent extent, BitSet blocks) {
        extent.restored.or(blocks);
        long bytes = blocks.stream().mapToLong(block -> bytesOf(extent, block)).sum();
        extent.presentBytes += bytes;
        presentBytes += bytes;
        restoredBlocks += blocks.cardinality();
    }

    /** Restored blocks of one extent were compared with the index: the {@code good} are here, others gone. */
    long settle(Extent extent, ByteRange run, BitSet good) {
        int first = firstBlock(run);
        long lost = 0;
        for (int block = first; block < endBlock(run); block++) {
            if (extent.restored.get(block)) {
                extent.restored.clear(block);
                restoredBlocks--;
                if (good.get(block - first)) {
                    extent.present.set(block);
                } else {
                    lost += bytesOf(extent, block);
                }
            }
        }
        extent.presentBytes -= lost;
        presentBytes -= lost;
        return lost;
    }

    /** Verified blocks of extents that nobody uses have to be compared with the index again. Returns how many bytes. */
    long doubt(ByteRange range) {
        long bytes = 0;
        for (Extent extent : present(range)) {
            if (extent.pins == 0 && !extent.evicting) {
                restoredBlocks += extent.present.cardinality();
                extent.restored.or(extent.present);
                extent.present.clear();
                bytes += extent.presentBytes;
            }
        }
        return bytes;
    }

    /** Blocks of one extent are gone. Returns how many bytes were here. */
    long unmark(Extent extent, ByteRange blocks) {
        long gone = 0;
        for (int block = firstBlock(blocks); block < endBlock(blocks); block++) {
            boolean unverified = extent.restored.get(block);
            if (unverified || extent.present.get(block)) {
                gone += bytesOf(extent, block);
                restoredBlocks -= unverified ? 1 : 0;
            }
        }
        extent.present.clear(firstBlock(blocks), endBlock(blocks));
        extent.restored.clear(firstBlock(blocks), endBlock(blocks));
        extent.presentBytes -= gone;
        presentBytes -= gone;
        return gone;
    }

    /** Whether everything is here and verified. */
    boolean isComplete() {
        return presentBytes == size && restoredBlocks == 0;
    }

    /** How many bytes are here. */
    long presentBytes() {
        return presentBytes;
    }

    void remove(Extent extent) {
        byStart.remove(extent.range.start(), extent);
    }

    List<Extent> held() {
        return byStart.values().stream()
                .filter(extent -> extent.presentBytes > 0)
                .toList();
    }

    /** Forgets all extents and returns them. */
    List<Extent> clear() {
        List<Extent> cleared = List.copyOf(byStart.values());
        byStart.clear();
        presentBytes = 0;
        restoredBlocks = 0;
        return cleared;
    }

    private long startOf(ByteRange piece) {
        return piece.start() / extentBytes * extentBytes;
    }

    /** The number of a piece's first block within its extent. */
    private int firstBlock(ByteRange piece) {
        return (int) ((piece.start() - startOf(piece)) / blockBytes);
    }

    private int endBlock(ByteRange piece) {
        return (int) Math.ceilDiv(piece.end() - startOf(piece), blockBytes);
    }

    private long bytesOf(Extent extent, int block) {
        return Math.min(extent.range.length() - (long) block * blockBytes, blockBytes);
    }

    private void appendRuns(List<ByteRange> ranges, long base, BitSet blocks) {
        int from = blocks.nextSetBit(0);
        while (from >= 0) {
            int to = blocks.nextClearBit(from);
            append(ranges, new ByteRange(base + (long) from * blockBytes, base + (long) to * blockBytes));
            from = blocks.nextSetBit(to);
        }
    }

    private static void append(List<ByteRange> ranges, ByteRange next) {
        if (!ranges.isEmpty() && ranges.getLast().end() == next.start()) {
            ranges.add(new ByteRange(ranges.removeLast().start(), next.end()));
        } else {
            ranges.add(next);
        }
    }
}
