package org.omerods.fs.block;

import java.util.Map;
import java.util.TreeMap;
import org.omerods.fs.plan.ByteRange;

/** How far an object was read from its beginning without a gap, whatever the order of the reads. Not thread-safe. */
final class ReadPrefix {
    /** The kernel's read-ahead comes out of order by some requests; those of a random reader are forgotten. */
    private static final int MAX_BEYOND = 64;

    /** Ends of ranges beyond the prefix, by their starts. */
    private final TreeMap<Long, Long> beyond = new TreeMap<>();

    private long end;

    long end() {
        return end;
    }

    void read(ByteRange range) {
        if (range.start() > end) {
            beyond.merge(range.start(), range.end(), Math::max);
            if (beyond.size() > MAX_BEYOND) {
                beyond.pollLastEntry();
            }
            return;
        }
        end = Math.max(end, range.end());
        for (Map.Entry<Long, Long> next = beyond.firstEntry();
                next != null && next.getKey() <= end;
                next = beyond.firstEntry()) {
            end = Math.max(end, next.getValue());
            beyond.pollFirstEntry();
        }
    }

    void restart() {
        end = 0;
        beyond.clear();
    }
}
