package org.omerods.fs.block;

import java.util.concurrent.atomic.LongAdder;

/** What the knowledge of slides' layouts was worth, counted from many threads. */
final class LayoutCounters {
    final LongAdder parsed = new LongAdder();
    final LongAdder restored = new LongAdder();
    final LongAdder notUnderstood = new LongAdder();
    final LongAdder waves = new LongAdder();
    final LongAdder indexBytes = new LongAdder();
    final LongAdder prefetchUsedBytes = new LongAdder();
    final LongAdder piecesDropped = new LongAdder();

    PrefetchStatistics snapshot(long known, long knownBytes, long prefetchBytes, int queued) {
        long used = Math.min(prefetchUsedBytes.sum(), prefetchBytes);
        return new PrefetchStatistics(
                known,
                knownBytes,
                parsed.sum(),
                restored.sum(),
                notUnderstood.sum(),
                waves.sum(),
                indexBytes.sum(),
                used,
                prefetchBytes - used,
                queued,
                piecesDropped.sum());
    }
}
