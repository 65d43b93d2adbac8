package org.omerods.fs.block;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.omerods.fs.plan.ByteRange;

/** Which blocks of one object were fetched ahead and not asked for since. For the statistics alone. Thread-safe. */
final class PrefetchLedger {
    private static final int BLOCK_BYTES = 4 << 10;

    /** Blocks that are counted together: 1 MiB. */
    private static final int BLOCKS = 256;

    /** 16 GiB fetched ahead and never looked at; what lies further back counts as not used. */
    private static final int MAX_GROUPS = 16 << 10;

    private final LayoutCounters counters;

    private final Map<Long, BitSet> waiting = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, BitSet> eldest) {
            return size() > MAX_GROUPS;
        }
    };

    PrefetchLedger(LayoutCounters counters) {
        this.counters = counters;
    }

    synchronized void fetched(ByteRange range) {
        for (long block = range.start() / BLOCK_BYTES; block * BLOCK_BYTES < range.end(); block++) {
            waiting.computeIfAbsent(block / BLOCKS, _ -> new BitSet(BLOCKS)).set((int) (block % BLOCKS));
        }
    }

    synchronized void used(ByteRange range) {
        if (waiting.isEmpty()) {
            return;
        }
        long used = 0;
        for (long block = range.start() / BLOCK_BYTES; block * BLOCK_BYTES < range.end(); block++) {
            BitSet group = waiting.get(block / BLOCKS);
            if (group != null && group.get((int) (block % BLOCKS))) {
                group.clear((int) (block % BLOCKS));
                used += BLOCK_BYTES;
                if (group.isEmpty()) {
                    waiting.remove(block / BLOCKS);
                }
            }
        }
        counters.prefetchUsedBytes.add(used);
    }
}
