package org.omerods.fs.block;

import java.util.concurrent.atomic.LongAdder;

/** What the reads did so far, counted from many threads. */
final class ReadCounters {
    final LongAdder bytesAsked = new LongAdder();
    final LongAdder demandBytes = new LongAdder();
    final LongAdder prefetchBytes = new LongAdder();
    final LongAdder pastCacheBytes = new LongAdder();
    final LongAdder hits = new LongAdder();
    final LongAdder misses = new LongAdder();
    final LongAdder waits = new LongAdder();
    final LongAdder storageReads = new LongAdder();
    final LongAdder verifications = new LongAdder();
    final LongAdder stale = new LongAdder();
    final LongAdder evictedBytes = new LongAdder();
    final LongAdder badBlocks = new LongAdder();
    final LongAdder checkedObjects = new LongAdder();
    final LongAdder wrongObjects = new LongAdder();

    BlockStatistics snapshot(long cachedBytes, long protectedBytes, long pinnedBytes, long completeFiles) {
        return new BlockStatistics(
                bytesAsked.sum(),
                demandBytes.sum(),
                prefetchBytes.sum(),
                pastCacheBytes.sum(),
                hits.sum(),
                misses.sum(),
                waits.sum(),
                storageReads.sum(),
                verifications.sum(),
                stale.sum(),
                evictedBytes.sum(),
                badBlocks.sum(),
                checkedObjects.sum(),
                wrongObjects.sum(),
                cachedBytes,
                protectedBytes,
                pinnedBytes,
                completeFiles);
    }
}
