package org.omerods.fs.block;

import java.util.BitSet;
import java.util.List;
import org.omerods.fs.plan.ByteRange;

/**
 * A stretch of one block file that is evicted as a whole. Fields are guarded by the lock of its {@link Residency}, but for
 * the final ones.
 */
final class Extent {
    /** In which queue of the {@link Retention} it is. */
    enum Place {
        NOWHERE,
        YOUNG,
        KEPT,
        DROPPED,
        /** In none: somebody tries to evict it, or it is gone for good. */
        LEAVING
    }

    final Evictable owner;
    final ByteRange range;
    final ExtentName name;

    /** Written under the lock of the retention. */
    volatile Place place = Place.NOWHERE;

    /** A rough count, for the retention. */
    int readsOfThisUse;

    /** One bit for each block of the extent that is here and verified. */
    final BitSet present = new BitSet();

    /** One bit for each block that an earlier process left here, as far as its index tells: not compared with it yet. */
    final BitSet restored = new BitSet();

    /** Reads and fetches that need it to stay. */
    int pins;

    /** Its space is being given back: it must not be pinned before that is over. */
    boolean evicting;

    /** What the eviction that is under way gives back; empty at other times. */
    List<ByteRange> leaving = List.of();

    /** What it counts in the budget: of both kinds. Without the lock it is a hint. */
    long presentBytes;

    Extent(Evictable owner, ByteRange range) {
        this.owner = owner;
        this.range = range;
        this.name = new ExtentName(owner.name(), range.start());
    }
}
